package tongguan.record.key;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Text as people and machines type numbers, brought to the characters that numbers are made of:
 * full width becomes half width (Unicode NFKC), lower case upper case, and what cannot be seen is
 * gone.
 */
public final class Typed {
  /** Longer than any key with its separators; what is longer is not a key. */
  public static final int LONGEST = 80;

  private Typed() {}

  /** Upper case, half width, single blanks, no invisible characters; separators are kept. */
  public static String plain(String typed) {
    String text = typed.length() > 4 * LONGEST ? typed.substring(0, 4 * LONGEST) : typed;
    StringBuilder plain = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toUpperCase(Locale.ROOT)
        .codePoints()
        .map(Typed::asciiSeparator)
        .filter(point -> point >= 0)
        .forEach(plain::appendCodePoint);
    return plain.toString().strip();
  }

  /**
   * Letters A to Z and digits only: the canonical form of numbers that people group as they like.
   */
  public static String compact(String typed) {
    String plain = plain(typed);
    StringBuilder compact = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (isLetterOrDigit(c)) {
        compact.append(c);
      }
    }
    return compact.toString();
  }

  /**
   * Whether a text holds nothing but A to Z, digits and the separators that {@link #compact}
   * removes.
   */
  public static boolean isNumberLike(String typed) {
    String plain = plain(typed);
    return !plain.isEmpty()
        && plain.chars().allMatch(c -> isLetterOrDigit((char) c) || " -./_,:#()".indexOf(c) >= 0);
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Typographic dashes and blanks as their ASCII selves; -1 for what is invisible. */
  private static int asciiSeparator(int point) {
    int type = Character.getType(point);
    if (type == Character.DASH_PUNCTUATION || point == '\u2212') {
      return '-';
    }
    if (type == Character.SPACE_SEPARATOR || Character.isWhitespace(point)) {
      return ' ';
    }
    boolean invisible =
        type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
    return invisible ? -1 : point;
  }
}
