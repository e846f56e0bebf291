package tongguan.fleet;

import java.util.regex.Pattern;

/**
 * A maker's serial number, by which a person knows a device: capitals, digits, dash, dot, slash.
 */
public record Serial(String text) {
  private static final Pattern FORM = Pattern.compile("[A-Z0-9][A-Z0-9./-]{2,39}");

  public Serial {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a serial number");
    }
  }

  public static Parsed<Serial> parse(String typed) {
    String text = Typed.capitals(typed).replaceAll("\\s", "");
    return FORM.matcher(text).matches()
        ? new Parsed.Good<>(new Serial(text))
        : Parsed.bad(
            "序號：3 至 40 個英文字母、數字、連字號、點或斜線",
            "a serial number: 3 to 40 letters, digits, dashes, dots, slashes");
  }
}
