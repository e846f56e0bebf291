package tongguan.access.radius;

import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;

/**
 * What the registry knows of a subscriber at this moment.
 *
 * @param gateway whether the gateway that asks still counts
 * @param apn whether the access point is ours at that gateway
 */
record Known(boolean gateway, boolean apn, Optional<Sim> sim, Policy policy) {

  record Sim(UUID id, String state, String msisdn, InetAddress address, Optional<Device> device) {}

  /**
   * @param imei its first 14 digits; empty where nobody has entered them
   */
  record Device(UUID id, String state, String imei) {}

  /**
   * @param otherDevice whether a SIM in other hardware than its own is let in, with an alarm
   */
  record Policy(boolean otherDevice, int sessionSeconds, int idleSeconds, int silenceSeconds) {}
}
