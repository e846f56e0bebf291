package tongguan.access.radius;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import tongguan.base.StartFailure;

/**
 * Where this node answers the operator's gateways.
 *
 * @param address that of the private link or the IPsec tunnel, never one of the open internet
 * @param authentication port for Access-Request; 0 for any free one
 * @param accounting port for Accounting-Request; 0 for any free one
 */
public record RadiusSettings(InetAddress address, int authentication, int accounting) {
  public static final String VARIABLE = "TONGGUAN_RADIUS";

  /** Reads {@code TONGGUAN_RADIUS=address:1812:1813}; without it this node does not listen. */
  public static Optional<RadiusSettings> of(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(VARIABLE))
        .filter(text -> !text.isBlank())
        .map(text -> parse(text.strip()));
  }

  static RadiusSettings parse(String text) {
    int last = text.lastIndexOf(':');
    int middle = text.lastIndexOf(':', last - 1);
    if (middle <= 0) {
      throw unreadable(text);
    }
    try {
      String address = text.substring(0, middle).replaceAll("^\\[|]$", "");
      return new RadiusSettings(
          InetAddress.ofLiteral(address),
          port(text, text.substring(middle + 1, last)),
          port(text, text.substring(last + 1)));
    } catch (IllegalArgumentException notAnAddress) {
      throw unreadable(text);
    }
  }

  private static int port(String text, String digits) {
    if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 65_535) {
      throw unreadable(text);
    }
    return Integer.parseInt(digits);
  }

  private static StartFailure unreadable(String text) {
    return StartFailure.usage(
        VARIABLE
            + " \""
            + text
            + "\" cannot be read; write address:port:port, as 10.9.0.2:1812:1813 or [fd00::2]:1812:1813.");
  }
}
