package tongguan.access.radius;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.audit.Actor;
import tongguan.audit.Entry;

/**
 * Something about a subscriber that goes into the audit: a refusal, or what somebody should look
 * at.
 *
 * @param act {@code network.access} where someone was refused, {@code network.alarm} where someone
 *     is on, or was, who should not be
 * @param sim and device: what the registry knew of the SIM
 */
record Incident(
    String act,
    Gateway gateway,
    Reason reason,
    Subscriber subscriber,
    Optional<UUID> sim,
    Optional<UUID> device,
    Map<String, Object> details) {
  static final String REFUSAL = "network.access";
  static final String ALARM = "network.alarm";

  static Incident refusal(Gateway gateway, Reason reason, Subscriber subscriber, Known known) {
    return of(REFUSAL, gateway, reason, subscriber, known);
  }

  static Incident alarm(Gateway gateway, Reason reason, Subscriber subscriber, Known known) {
    return of(ALARM, gateway, reason, subscriber, known);
  }

  private static Incident of(
      String act, Gateway gateway, Reason reason, Subscriber subscriber, Known known) {
    return new Incident(
        act,
        gateway,
        reason,
        subscriber,
        known.sim().map(Known.Sim::id),
        known.sim().flatMap(Known.Sim::device).map(Known.Device::id),
        Map.of());
  }

  Incident with(Map<String, Object> more) {
    return new Incident(act, gateway, reason, subscriber, sim, device, more);
  }

  boolean isAlarm() {
    return act.equals(ALARM);
  }

  Entry entry() {
    Map<String, Object> all = new LinkedHashMap<>(details);
    all.put("gateway", gateway.name());
    all.put("imsi", subscriber.imsi());
    all.put("msisdn", subscriber.msisdn());
    all.put("imeisv", subscriber.imeisv());
    all.put("apn", subscriber.apn());
    Actor actor =
        new Actor(
            "",
            "gateway:" + gateway.name(),
            "",
            device.map(UUID::toString).orElse(""),
            gateway.address().getHostAddress(),
            "");
    return Entry.refused(act, reason.code(), actor, "")
        .about(sim.map(id -> "sim:" + id).orElse(""))
        .with(all);
  }
}
