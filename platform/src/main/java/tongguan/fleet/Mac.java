package tongguan.fleet;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** The address of one network interface (IEEE 802), as {@code 02:00:5e:10:00:01}. */
public record Mac(String text) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
  private static final Pattern TYPED =
      Pattern.compile(
          "[0-9A-F]{12}|[0-9A-F]{2}(([:-])[0-9A-F]{2})(\\2[0-9A-F]{2}){4}|[0-9A-F]{4}(\\.[0-9A-F]{4}){2}");

  public Mac {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a MAC address");
    }
  }

  /**
   * With colons, dashes, dots or nothing between; not a group's address, which no interface has.
   */
  public static Parsed<Mac> parse(String typed) {
    String text = Typed.capitals(typed);
    String hex = text.replaceAll("[:.-]", "").toLowerCase(Locale.ROOT);
    if (!TYPED.matcher(text).matches() || isOfAGroup(hex) || hex.equals("000000000000")) {
      return Parsed.bad(
          "MAC 位址：12 個十六進位數字，例如 02:00:5e:10:00:01",
          "a MAC address: 12 hexadecimal digits, as 02:00:5e:10:00:01");
    }
    return new Parsed.Good<>(
        new Mac(HexFormat.ofDelimiter(":").formatHex(HexFormat.of().parseHex(hex))));
  }

  private static boolean isOfAGroup(String hex) {
    return (HexFormat.fromHexDigit(hex.charAt(1)) & 1) == 1;
  }
}
