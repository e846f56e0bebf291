package tongguan.steward.gateway;

/** What only the steward can say of the device, as the platform reads it. */
public record Attestation(String agent, String mac, boolean locked) {
  static final String FIELD = "X-Steward";

  String value() {
    return "v=1; agent=" + agent + "; mac=" + mac + "; locked=" + (locked ? "1" : "0");
  }
}
