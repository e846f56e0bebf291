package tongguan.access.device;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.fleet.Device;
import tongguan.fleet.Fleet;
import tongguan.fleet.Parsed;
import tongguan.fleet.Sim;
import tongguan.identity.Identity;
import tongguan.identity.Units;
import tools.jackson.databind.JsonNode;

/** Whose devices and SIMs an officer reaches: what is out of reach is not there. */
final class DeviceReach {
  static final Texts REASON = new Texts("理由", "Reason");
  static final Texts UNIT = new Texts("單位", "Unit");

  private DeviceReach() {}

  static boolean reaches(Officer officer, String permission, Device device) {
    return officer.may(permission) && officer.sight(permission).reaches(device.district());
  }

  static boolean reaches(Officer officer, String permission, Sim sim) {
    return officer.may(permission) && officer.sight(permission).reaches(sim.district());
  }

  /** The device of the path, locked until the transaction ends. */
  static Device device(
      Connection tx,
      Fleet fleet,
      Officer officer,
      String permission,
      Map<String, String> parameters)
      throws SQLException {
    return device(tx, fleet, officer, permission, id(parameters));
  }

  static Device device(Connection tx, Fleet fleet, Officer officer, String permission, UUID id)
      throws SQLException {
    return fleet
        .devices()
        .locked(tx, id)
        .filter(found -> reaches(officer, permission, found))
        .orElseThrow(DeviceReach::unknownDevice);
  }

  static UUID id(Map<String, String> parameters) {
    return Input.id(parameters.getOrDefault("id", ""), DeviceReach::unknownDevice);
  }

  /** A unit that the officer may give devices to. */
  static Units.Unit unit(
      Connection tx, Identity identity, Officer officer, String permission, JsonNode input)
      throws SQLException {
    return identity
        .units()
        .one(tx, Input.text(input, "unit", 20))
        .filter(found -> officer.sight(permission).reaches(found.district()))
        .orElseThrow(() -> Input.refused("unit", "code of a unit within reach"));
  }

  /** The value that was typed, or the problem that says what was expected. */
  static <T> T value(Parsed<T> parsed, String member, Officer officer) {
    return switch (parsed) {
      case Parsed.Good<T>(T value) -> value;
      case Parsed.Bad<T>(Texts expected) ->
          throw Input.refused(member, expected.in(officer.chinese()));
    };
  }

  static int version(JsonNode input) {
    return Input.number(input, "version", 1, Integer.MAX_VALUE);
  }

  static Line line(Device device) {
    return new Line(
        new Texts("設備", "Device"),
        (device.serial() + " " + device.kind().code() + " " + device.model()).strip());
  }

  static Line line(Sim sim) {
    return new Line(new Texts("SIM 卡", "SIM"), sim.iccid() + " " + sim.msisdn());
  }

  static Line reason(JsonNode input) {
    return new Line(REASON, Input.reason(input));
  }

  static String subject(Device device) {
    return "device:" + device.serial();
  }

  static String subject(Sim sim) {
    return "sim:" + sim.iccid();
  }

  static Problem unknownDevice() {
    return Problem.of(404, "unknown-device", "查無此設備。", "There is no such device.");
  }

  static Problem unknownSim() {
    return Problem.of(404, "unknown-sim", "查無此 SIM 卡。", "There is no such SIM.");
  }

  static Problem stale() {
    return Problem.of(
        409, "stale", "資料已被他人變更，請重新載入。", "Someone else has changed this meanwhile; load it again.");
  }

  /** What cannot be done to a device in the state it is in. */
  static Problem state(String state) {
    return Problem.of(
            409, "device-state", "設備目前的狀態不可執行此操作。", "This is not done to a device in its state.")
        .with("state", state);
  }

  /** Values that another device or SIM has already. */
  static Problem taken(java.util.List<String> members) {
    return Problem.of(
            409, "taken", "此識別資料已屬於其他設備或 SIM 卡。", "This belongs to another device or SIM already.")
        .with("members", members);
  }
}
