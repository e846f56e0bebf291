package tongguan.access.radius;

import tongguan.access.radius.wire.Packet;
import tongguan.access.radius.wire.ThreeGpp;
import tongguan.access.radius.wire.Type;

/**
 * Whom a gateway speaks of, as it says (3GPP TS 29.061 §16.4); what it does not say, or not in the
 * form that it has, is empty.
 *
 * @param imsi who the SIM is
 * @param msisdn its telephone number, without a plus
 * @param imeisv the hardware that the SIM sits in, with its software version
 * @param apn the access point, as we keep its name
 */
record Subscriber(String imsi, String msisdn, String imeisv, String apn) {
  /** What is left of an IMEI without check digit and software version (3GPP TS 23.003 §6.2). */
  private static final int HARDWARE = 14;

  static Subscriber of(Packet packet) {
    return new Subscriber(
        digits(ThreeGpp.text(packet, ThreeGpp.IMSI), 14, 15),
        digits(packet.text(Type.CALLING_STATION_ID).replaceFirst("^\\+", ""), 7, 15),
        digits(ThreeGpp.text(packet, ThreeGpp.IMEISV), HARDWARE, 16),
        Gateway.apn(packet.text(Type.CALLED_STATION_ID)));
  }

  private static String digits(String text, int least, int most) {
    boolean fits =
        text.length() >= least
            && text.length() <= most
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return fits ? text : "";
  }

  String hardware() {
    return hardware(imeisv);
  }

  static String hardware(String imeisv) {
    return imeisv.length() < HARDWARE ? "" : imeisv.substring(0, HARDWARE);
  }
}
