package tongguan.fleet;

import java.util.regex.Pattern;

/**
 * The number of a modem without its check digit: what is left of an IMEISV without the software's
 * version, too (3GPP TS 23.003 §6.2).
 */
public record Imei(String text) {
  private static final Pattern FORM = Pattern.compile("[0-9]{14}");
  private static final Pattern WITH_CHECK_DIGIT = Pattern.compile("[0-9]{15}");

  public Imei {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not an IMEI");
    }
  }

  /** Typed with its check digit, which must be right: 14 digits could be 15 with one left out. */
  public static Parsed<Imei> parse(String typed) {
    String digits = Typed.compact(typed);
    return WITH_CHECK_DIGIT.matcher(digits).matches() && Luhn.holds(digits)
        ? new Parsed.Good<>(new Imei(digits.substring(0, 14)))
        : Parsed.bad("IMEI：15 位數字，末碼為正確的檢查碼", "an IMEI: 15 digits, the last a right check digit");
  }
}
