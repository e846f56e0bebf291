package tongguan.fleet;

import java.util.regex.Pattern;

/** A SIM's telephone number with its country's code (ITU-T E.164), digits only. */
public record Msisdn(String text) {
  private static final Pattern FORM = Pattern.compile("[1-9][0-9]{6,14}");
  private static final String TAIWAN = "886";

  public Msisdn {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not an MSISDN");
    }
  }

  /** With {@code +} or {@code 00} before it, or as it is dialled at home: {@code 0912 345 678}. */
  public static Parsed<Msisdn> parse(String typed) {
    String digits = Typed.compact(typed);
    if (digits.startsWith("+")) {
      digits = digits.substring(1);
    } else if (digits.startsWith("00")) {
      digits = digits.substring(2);
    } else if (digits.startsWith("0")) {
      digits = TAIWAN + digits.substring(1);
    }
    return FORM.matcher(digits).matches()
        ? new Parsed.Good<>(new Msisdn(digits))
        : Parsed.bad(
            "門號：含國碼 7 至 15 位數字", "a telephone number: 7 to 15 digits with the country's code");
  }
}
