package tongguan.exchange.message;

import org.jspecify.annotations.Nullable;

/**
 * Why a message is not applied, in terms that the person who must mend it can act on. All texts may
 * hold what the sender wrote, so they are cut to {@value #LONGEST_VALUE} characters and cleaned of
 * what cannot be stored.
 *
 * @param code a stable word for the kind of fault; the texts of both languages hang on it
 * @param where the place within the message: a JSON pointer, or "segment 7 TDT, element 8 component
 *     1"
 * @param position the place counted: the segment in an EDIFACT message (UNH is 1), nothing for JSON
 * @param offset bytes from the message's start, where it is known
 * @param value what was found there
 * @param expected what should have been there
 */
public record Rejection(
    String code,
    String where,
    @Nullable Integer position,
    @Nullable Long offset,
    @Nullable String value,
    @Nullable String expected) {
  static final int LONGEST_VALUE = 240;

  public Rejection {
    where = shown(where);
    value = value == null ? null : shown(value);
    expected = expected == null ? null : shown(expected);
  }

  /** A fault at a place that only a name is known of. */
  public static Rejection at(
      String where, String code, @Nullable String value, @Nullable String expected) {
    return new Rejection(code, where, null, null, value, expected);
  }

  /** PostgreSQL stores no NUL, and control characters would break a line of a reason file. */
  private static String shown(String value) {
    String cut = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + '…' : value;
    StringBuilder shown = new StringBuilder(cut.length());
    cut.codePoints()
        .map(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) ? '\uFFFD' : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
