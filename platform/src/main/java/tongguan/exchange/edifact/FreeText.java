package tongguan.exchange.edifact;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongguan.base.Limits;

/** Texts of several FTX segments put together: each once, cut where it grows beyond bounds. */
final class FreeText {
  private final Set<String> texts = new LinkedHashSet<>();
  private int length;

  void add(@Nullable String text) {
    if (text == null || length >= Limits.EDIFACT_TEXT_CHARACTERS || texts.contains(text)) {
      return;
    }
    int room = Limits.EDIFACT_TEXT_CHARACTERS - length;
    String cut = text.length() <= room ? text : text.substring(0, room - 1) + '…';
    texts.add(cut);
    length += cut.length();
  }

  @Nullable String whole() {
    return texts.isEmpty() ? null : String.join("; ", texts);
  }
}
