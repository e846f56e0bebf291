package tongguan.steward.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import tongguan.steward.base.Json;
import tongguan.steward.base.Limits;
import tongguan.steward.base.Texts;
import tongguan.steward.control.State;
import tongguan.steward.desk.Modem;
import tongguan.steward.enrol.Identity;
import tongguan.steward.wire.PlatformLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The steward's report, every so many seconds, and the latency of the one before. */
public final class Heartbeat {
  private static final String PATH = "/api/v1/device/heartbeat";

  private final String agent;
  private final Machine machine;
  private final Supplier<Modem.Reading> modem;
  private OptionalInt latency = OptionalInt.empty();

  /** {@code modem}: its last reading; asking the bus must not keep a report from going out. */
  public Heartbeat(String agent, Machine machine, Supplier<Modem.Reading> modem) {
    this.agent = agent;
    this.machine = machine;
    this.modem = modem;
  }

  /** The platform's time, and after how long it wants to hear the next. */
  public record Answer(Instant time, Duration next) {}

  /**
   * How the device is.
   *
   * @param lapsed whether it is locked only because nothing was heard of the platform
   * @param carriedOut the highest number of an order that was carried out before the rest was true
   * @param policy the revision of the policy in force
   */
  public record Standing(
      long carriedOut,
      boolean locked,
      boolean lapsed,
      boolean tampered,
      long policy,
      Map<String, State> states) {}

  /** Throws if the platform is away or does not take it. */
  public Answer send(Identity identity, Standing standing) throws IOException {
    byte[] report = Json.write(report(standing)).getBytes(StandardCharsets.UTF_8);
    long begin = System.nanoTime();
    PlatformLine.Reply reply =
        PlatformLine.exchange(identity.tls(), identity.platform(), "POST", PATH, report);
    if (!reply.succeeded()) {
      throw new IOException("the platform answered the heartbeat with " + reply.status());
    }
    latency = OptionalInt.of((int) Duration.ofNanos(System.nanoTime() - begin).toMillis());
    return answer(reply);
  }

  private ObjectNode report(Standing standing) {
    ObjectNode report = Json.object();
    report.put("agent", agent);
    report.put("locked", standing.locked());
    report.put("lapsed", standing.lapsed());
    report.put("carriedOut", standing.carriedOut());
    report.put("tampered", standing.tampered());
    report.put("policy", standing.policy());
    machine.macs().forEach(report.putArray("macs")::add);
    ArrayNode interfaces = report.putArray("interfaces");
    standing
        .states()
        .forEach((name, state) ->
            interfaces
                .addObject()
                .put("name", name)
                .put("state", state.word())
                .put("detail", Texts.oneLine(state.detail(), 200)));
    machine.battery().ifPresent(percent -> report.put("battery", percent));
    latency.ifPresent(millis -> report.put("latencyMs", millis));
    Modem.Reading reading = modem.get();
    Optional<Integer> dbm = reading.dbm();
    if (dbm.isPresent()) {
      report.put("signalDbm", dbm.get());
    } else {
      machine.wirelessDbm().ifPresent(value -> report.put("signalDbm", value));
    }
    reading
        .position()
        .ifPresent(at -> report.put("latitude", at.latitude()).put("longitude", at.longitude()));
    return report;
  }

  private static Answer answer(PlatformLine.Reply reply) throws IOException {
    try {
      JsonNode json = Json.read(new String(reply.body(), StandardCharsets.UTF_8));
      long next = Json.number(json, "next", Limits.HEARTBEAT.toSeconds());
      return new Answer(Instant.parse(Json.text(json, "time")), bounded(next));
    } catch (Json.Malformed | DateTimeException nonsense) {
      throw new IOException("not the answer to a heartbeat: " + nonsense.getMessage(), nonsense);
    }
  }

  /** Neither a flood nor silence, whatever is said. */
  public static Duration bounded(long seconds) {
    return Duration.ofSeconds(
        Math.clamp(
            seconds, Limits.HEARTBEAT_SHORTEST.toSeconds(), Limits.HEARTBEAT_LONGEST.toSeconds()));
  }
}
