package tongguan.access.radius.wire;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;

/** What a mobile operator's gateway adds under vendor 10415 (3GPP TS 29.061 §16.4.7). */
public final class ThreeGpp {
  static final int VENDOR = 10415;
  public static final int IMSI = 1;
  public static final int CHARGING_ID = 2;
  public static final int PDP_TYPE = 3;
  public static final int SGSN_ADDRESS = 6;
  public static final int GGSN_ADDRESS = 7;
  public static final int IMSI_MCC_MNC = 8;
  public static final int GGSN_MCC_MNC = 9;
  public static final int NSAPI = 10;
  public static final int SELECTION_MODE = 12;
  public static final int CHARGING_CHARACTERISTICS = 13;
  public static final int SGSN_MCC_MNC = 18;
  public static final int IMEISV = 20;
  public static final int RAT_TYPE = 21;
  public static final int USER_LOCATION_INFO = 22;
  public static final int MS_TIME_ZONE = 23;

  private ThreeGpp() {}

  public static String text(Packet packet, int type) {
    return packet.vendor(VENDOR, type).map(Packet::printable).orElse("");
  }

  /** Of a value that is octets and no text. */
  public static String hex(Packet packet, int type) {
    return packet.vendor(VENDOR, type).map(HexFormat.of()::formatHex).orElse("");
  }

  public static Optional<InetAddress> address(Packet packet, int type) {
    return packet.vendor(VENDOR, type).flatMap(Packet::addressOf);
  }
}
