package tongguan.access.radius;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tongguan.access.radius.wire.SharedSecret;
import tongguan.access.radius.wire.Signature;

/**
 * A gateway of the operator's (GGSN, PGW), as it is known at this moment.
 *
 * @param apns the access points that are ours, in small letters
 * @param password what devices give for the access point; empty where it asks for none
 */
record Gateway(
    String name,
    InetAddress address,
    SharedSecret secret,
    List<String> apns,
    Signature.Place signing,
    Optional<Password> password,
    int dynamicPort) {

  /** Bytes that no log shows. */
  record Password(byte[] octets) {
    @Override
    public String toString() {
      return "Password";
    }
  }

  /**
   * An access point's name as we keep it: in small letters, without the operator's part behind it
   * (3GPP TS 23.003 §9.1.2).
   */
  static String apn(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst("\\.mnc[0-9]{3}\\.mcc[0-9]{3}\\.gprs$", "");
  }
}
