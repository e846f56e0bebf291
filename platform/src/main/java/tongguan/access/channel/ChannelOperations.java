package tongguan.access.channel;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.fleet.Device;
import tongguan.fleet.DeviceState;
import tongguan.fleet.Fleet;
import tongguan.fleet.authority.Enrolments;
import tongguan.fleet.channel.Channel;
import tools.jackson.databind.JsonNode;

/** Enrolling a device, and telling it something. */
public final class ChannelOperations {
  private final Fleet fleet;
  private final Channel channel;
  private final Supplier<Optional<URI>> door;

  /**
   * @param door where devices reach this installation; empty where it has no door for them
   */
  public ChannelOperations(Fleet fleet, Channel channel, Supplier<Optional<URI>> door) {
    this.fleet = fleet;
    this.channel = channel;
    this.door = door;
  }

  public List<Operation> all() {
    return List.of(new Enrol(), new Tell());
  }

  /** The device of the path, locked; what is out of reach is not there. */
  private Device device(
      Connection tx, Officer officer, String permission, Map<String, String> parameters)
      throws SQLException {
    return fleet
        .devices()
        .locked(tx, Input.id(parameters.getOrDefault("id", ""), ChannelOperations::unknownDevice))
        .filter(found -> reaches(officer, permission, found))
        .orElseThrow(ChannelOperations::unknownDevice);
  }

  private static boolean reaches(Officer officer, String permission, Device device) {
    Optional<String> district = officer.sight(permission).district();
    return district.isEmpty() || district.get().equals(device.district());
  }

  private static Problem unknownDevice() {
    return Problem.of(404, "unknown-device", "查無此設備。", "There is no such device.");
  }

  private static Line line(Device device) {
    return new Line(
        new Texts("設備", "Device"),
        (device.serial() + " " + device.kind().code() + " " + device.model()).strip());
  }

  private static Line reason(JsonNode input) {
    return new Line(new Texts("理由", "Reason"), Input.reason(input));
  }

  /** A one-time code, which is shown once and kept nowhere. */
  private final class Enrol implements Operation {
    @Override
    public String name() {
      return "device.enrolment";
    }

    @Override
    public String path() {
      return "/api/v1/devices/{id}/enrolment";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    private Device ready(Connection tx, Officer officer, Map<String, String> parameters)
        throws SQLException {
      Device device = device(tx, officer, need(), parameters);
      Optional<String> obstacle = channel.enrolments().obstacle(tx, device);
      if (obstacle.isPresent()) {
        throw Problem.of(
                409,
                "enrolment-obstacle",
                "設備目前不可註冊：遺失、除役，或清除尚未由設備回報。",
                "The device cannot be enrolled now: it is lost or retired, or has yet to prove that it wiped itself.")
            .with("why", obstacle.get());
      }
      return device;
    }

    private URI door() {
      return door.get()
          .orElseThrow(() ->
              Problem.of(
                  409,
                  "no-device-door",
                  "此平台未開啟設備連線埠（TLS）。",
                  "This installation has no door for devices: it was started without TLS."));
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = ready(tx, officer, parameters);
      URI unused = door();
      return new Draft(
          new Texts("註冊設備", "Enrol a device"),
          List.of(
              line(device),
              new Line(
                  new Texts("註冊碼效期（分鐘）", "The code holds for (minutes)"),
                  String.valueOf(channel.enrolments().minutes(tx))),
              new Line(
                  new Texts("之後", "From then on"),
                  "設備現有憑證於註冊時失效 Its present certificates hold no more once it is enrolled"),
              reason(input)),
          device.id() + " " + device.version(),
          "device:" + device.serial(),
          Optional.empty());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = ready(tx, officer, parameters);
      Enrolments.Made made =
          channel
              .enrolments()
              .begin(tx, device.id(), officer.session().account(), officer.session().name());
      Map<String, Object> reply = new LinkedHashMap<>();
      reply.put("endsAt", made.endsAt().toString());
      reply.put("code", new Once(made.code().text()));
      String qr =
          "tongguan-enrol:1:%s:%s:%s"
              .formatted(door(), made.code().text(), channel.authority().pin());
      reply.put("qr", new Once(qr));
      return reply;
    }
  }

  /** Locking it, a message to whoever holds it, or the question how it is. */
  private final class Tell implements Operation {
    private static final Map<String, Texts> KINDS =
        Map.of(
            "lock", new Texts("鎖定設備", "Lock the device"),
            "message", new Texts("傳送訊息", "Send it a message"),
            "diagnostics", new Texts("收集診斷資料", "Collect its diagnostics"));

    @Override
    public String name() {
      return "device.command";
    }

    @Override
    public String path() {
      return "/api/v1/devices/{id}/command";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    private static String kind(JsonNode input) {
      String kind = Input.text(input, "kind", 20);
      if (!KINDS.containsKey(kind)) {
        throw Input.refused("kind", "lock, message or diagnostics");
      }
      return kind;
    }

    private Device ready(Connection tx, Officer officer, Map<String, String> parameters)
        throws SQLException {
      Device device = device(tx, officer, need(), parameters);
      if (device.state() != DeviceState.ASSIGNED) {
        throw Problem.of(
                409,
                "device-state",
                "設備目前的狀態不可執行此操作。",
                "This is not done to a device in its state.")
            .with("state", device.state().code());
      }
      return device;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = ready(tx, officer, parameters);
      String kind = kind(input);
      List<Line> lines = new java.util.ArrayList<>();
      lines.add(line(device));
      if (kind.equals("message")) {
        lines.add(new Line(new Texts("訊息", "Message"), text(input)));
      }
      lines.add(reason(input));
      return new Draft(
          java.util.Objects.requireNonNull(KINDS.get(kind)),
          lines,
          device.id() + " " + device.state().code(),
          "device:" + device.serial(),
          Optional.empty());
    }

    private static String text(JsonNode input) {
      return Input.text(input, "text", Limits.COMMAND_TEXT_CHARACTERS);
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = ready(tx, officer, parameters);
      String kind = kind(input);
      Map<String, String> body =
          switch (kind) {
            case "lock" -> Map.of("why", "administrator");
            case "message" -> Map.of("text", text(input));
            default -> Map.of();
          };
      @Nullable Instant endsAt =
          kind.equals("lock") ? null : channel.commands().later(tx, Limits.COMMAND_LIFE);
      String by = officer.session().name();
      long number = channel.commands().queue(tx, device.id(), kind, Json.text(body), endsAt, by);
      fleet
          .devices()
          .note(
              tx,
              device.id(),
              "command",
              by,
              Map.of("kind", kind, "number", number, "reason", Input.reason(input)));
      return Map.of("number", number);
    }
  }
}
