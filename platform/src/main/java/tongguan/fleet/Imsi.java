package tongguan.fleet;

import java.util.regex.Pattern;

/** The subscriber's identity on a SIM (ITU-T E.212): it has no check digit. */
public record Imsi(String text) {
  private static final Pattern FORM = Pattern.compile("[0-9]{14,15}");

  public Imsi {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not an IMSI");
    }
  }

  public static Parsed<Imsi> parse(String typed) {
    String digits = Typed.compact(typed);
    return FORM.matcher(digits).matches()
        ? new Parsed.Good<>(new Imsi(digits))
        : Parsed.bad("IMSI：14 或 15 位數字", "an IMSI: 14 or 15 digits");
  }
}
