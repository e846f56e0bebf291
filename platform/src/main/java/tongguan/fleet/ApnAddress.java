package tongguan.fleet;

import java.net.InetAddress;

/** The address on the private APN that belongs to one SIM alone, IPv4 or IPv6. */
public record ApnAddress(String text) {

  /** A literal address; no name is looked up. */
  public static Parsed<ApnAddress> parse(String typed) {
    try {
      String text = Typed.capitals(typed);
      InetAddress address = InetAddress.ofLiteral(text);
      boolean usable =
          !address.isAnyLocalAddress()
              && !address.isLoopbackAddress()
              && !address.isLinkLocalAddress()
              && !address.isMulticastAddress();
      if (usable && text.matches("[0-9]+(\\.[0-9]+){3}|[0-9A-F:]*:[0-9A-F:]*")) {
        return new Parsed.Good<>(new ApnAddress(address.getHostAddress()));
      }
    } catch (IllegalArgumentException notAnAddress) {
      // answered below
    }
    return Parsed.bad("IP 位址，例如 10.64.3.7", "an IP address, as 10.64.3.7");
  }
}
