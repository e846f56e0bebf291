package tongguan.fleet;

import java.util.regex.Pattern;

/** The number on a SIM card, check digit included (ITU-T E.118; up to 20 digits in practice). */
public record Iccid(String text) {
  private static final Pattern FORM = Pattern.compile("89[0-9]{16,18}");

  public Iccid {
    if (!FORM.matcher(text).matches() || !Luhn.holds(text)) {
      throw new IllegalArgumentException("not an ICCID");
    }
  }

  /** Also as cards tell it, filled up with an F. */
  public static Parsed<Iccid> parse(String typed) {
    String digits = Typed.compact(typed).replaceFirst("F$", "");
    return FORM.matcher(digits).matches() && Luhn.holds(digits)
        ? new Parsed.Good<>(new Iccid(digits))
        : Parsed.bad(
            "ICCID：89 開頭的 18 至 20 位數字，末碼為正確的檢查碼",
            "an ICCID: 18 to 20 digits from 89, the last a right check digit");
  }
}
