package tongguan.access.source;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a steward adds to the requests that it carries: {@code v=1; agent=<version>; mac=<mac>;
 * locked=<0|1>}. It can only refuse.
 */
public sealed interface StewardHeader {
  String NAME = "X-Steward";

  record None() implements StewardHeader {}

  /**
   * @param mac in small letters with colons
   */
  record Attested(String mac) implements StewardHeader {}

  record Malformed() implements StewardHeader {}

  Pattern FORM =
      Pattern.compile(
          "v=1; agent=[A-Za-z0-9.+-]{1,40}; mac=([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}); locked=[01]");

  static StewardHeader of(List<String> values) {
    if (values.isEmpty()) {
      return new None();
    }
    Matcher matcher = FORM.matcher(values.getFirst());
    return values.size() == 1 && matcher.matches()
        ? new Attested(matcher.group(1).toLowerCase(Locale.ROOT))
        : new Malformed();
  }
}
