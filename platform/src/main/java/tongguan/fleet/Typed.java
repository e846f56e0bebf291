package tongguan.fleet;

import java.text.Normalizer;
import java.util.Locale;

/** Text as people type it, made into what the rules look at. */
final class Typed {
  /** No identifier is longer, however it is spaced out. */
  private static final int LONGEST = 100;

  private Typed() {}

  /** Full width folded to half, capitals, without blanks around; empty where it is far too long. */
  static String capitals(String typed) {
    return typed.length() > LONGEST
        ? ""
        : Normalizer.normalize(typed.strip(), Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
  }

  /**
   * The same without blanks, dashes, dots and brackets within, as numbers are printed on labels.
   */
  static String compact(String typed) {
    return capitals(typed).replaceAll("[\\s()./-]", "");
  }
}
