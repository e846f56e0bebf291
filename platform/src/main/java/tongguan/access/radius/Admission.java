package tongguan.access.radius;

/** The decision: who may be on the private APN. Accounting is held against the same rules. */
sealed interface Admission {

  /**
   * @param otherDevice in other hardware than its own, which the policy lets pass with an alarm
   */
  record Granted(Known.Sim sim, Known.Device device, boolean otherDevice) implements Admission {}

  record Refused(Reason reason) implements Admission {}

  /** Of who asks to be let in, or is in by a session that begins. */
  static Admission of(Known known, Subscriber subscriber) {
    if (!known.apn()) {
      return new Refused(known.gateway() ? Reason.OTHER_APN : Reason.OTHER_GATEWAY);
    }
    return switch (standing(known)) {
      case Refused refused -> refused;
      case Granted granted -> identified(granted, known.policy(), subscriber);
    };
  }

  /** What must hold of SIM and device as long as they are on, whatever the gateway says of them. */
  static Admission standing(Known known) {
    if (!known.gateway()) {
      return new Refused(Reason.OTHER_GATEWAY);
    }
    if (known.sim().isEmpty()) {
      return new Refused(Reason.UNKNOWN_SIM);
    }
    Known.Sim sim = known.sim().get();
    if (!sim.state().equals("active")) {
      return new Refused(Reason.SIM_NOT_ACTIVE);
    }
    if (sim.device().isEmpty()) {
      return new Refused(Reason.UNPAIRED);
    }
    Known.Device device = sim.device().get();
    return switch (device.state()) {
      case "assigned" -> new Granted(sim, device, false);
      case "lost" -> new Refused(Reason.DEVICE_LOST);
      default -> new Refused(Reason.DEVICE_NOT_ASSIGNED);
    };
  }

  /** Its telephone number and its hardware are those that the registry knows. */
  private static Admission identified(Granted granted, Known.Policy policy, Subscriber subscriber) {
    if (!granted.sim().msisdn().equals(subscriber.msisdn())) {
      return new Refused(Reason.OTHER_NUMBER);
    }
    String expected = granted.device().imei();
    if (!expected.isEmpty() && expected.equals(subscriber.hardware())) {
      return granted;
    }
    return policy.otherDevice()
        ? new Granted(granted.sim(), granted.device(), true)
        : new Refused(Reason.OTHER_DEVICE);
  }
}
