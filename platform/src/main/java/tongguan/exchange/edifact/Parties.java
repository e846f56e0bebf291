package tongguan.exchange.edifact;

import org.jspecify.annotations.Nullable;

/** Parties of NAD segments. */
final class Parties {

  private Parties() {}

  /** The name: C080, or the first line of C058 where senders put it all. */
  static @Nullable String name(Segment nad) {
    String structured = nad.joined(4);
    return Texts.orNull(structured.isEmpty() ? nad.value(3, 1) : structured);
  }
}
