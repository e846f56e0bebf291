package tongguan.access.radius;

/** Why someone is not let onto the private APN, or is cut off it; never told to the gateway. */
enum Reason {
  OTHER_GATEWAY("other-gateway"),
  OTHER_APN("other-apn"),
  WRONG_PASSWORD("wrong-password"),
  /** It asks to be authenticated by EAP, which is not spoken here. */
  EAP("eap"),
  UNKNOWN_SIM("unknown-sim"),
  SIM_NOT_ACTIVE("sim-not-active"),
  OTHER_NUMBER("other-number"),
  UNPAIRED("unpaired"),
  DEVICE_LOST("device-lost"),
  DEVICE_NOT_ASSIGNED("device-not-assigned"),
  /** The SIM sits in other hardware than the device it is paired with. */
  OTHER_DEVICE("other-device"),
  /** The gateway gave it another address than its own. */
  OTHER_ADDRESS("other-address"),
  /** Two pieces of hardware with one SIM at the same time: one of them is a copy. */
  TWO_AT_ONCE("two-at-once");

  private final String code;

  Reason(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }
}
