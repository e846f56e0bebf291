package tongguan.exchange.edifact;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Free text and codes of a message as the record keeps them. */
final class Texts {

  private Texts() {}

  /** Absent when there is nothing; characters that cannot be shown are blanks. */
  static @Nullable String orNull(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) ? ' ' : c)
        .forEach(shown::appendCodePoint);
    String stripped = shown.toString().strip();
    return stripped.isEmpty() ? null : stripped;
  }

  /** A code: upper case, no blanks around; absent when longer than codes are. */
  static @Nullable String code(String text, int longest) {
    String code = orNull(text);
    return code == null || code.length() > longest ? null : code.toUpperCase(Locale.ROOT);
  }
}
