package tongguan.access.device;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.base.Limits;
import tongguan.base.Problem.Texts;
import tongguan.fleet.ApnAddress;
import tongguan.fleet.Device;
import tongguan.fleet.DeviceKind;
import tongguan.fleet.Iccid;
import tongguan.fleet.Imei;
import tongguan.fleet.Imsi;
import tongguan.fleet.Mac;
import tongguan.fleet.Msisdn;
import tongguan.fleet.NewDevice;
import tongguan.fleet.NewSim;
import tongguan.fleet.Serial;
import tongguan.identity.Identity;
import tools.jackson.databind.JsonNode;

/** What is typed of a device or a SIM, each value in its one form from here on. */
final class DeviceInput {
  static final int MODEL = 100;
  private static final int TYPED = 100;

  private final Identity identity;

  DeviceInput(Identity identity) {
    this.identity = identity;
  }

  NewDevice device(Connection tx, Officer officer, JsonNode input) throws SQLException {
    return new NewDevice(
        DeviceReach.value(Serial.parse(Input.text(input, "serial", TYPED)), "serial", officer),
        kind(officer, input),
        Input.optionalText(input, "model", MODEL).orElse(""),
        DeviceReach.unit(tx, identity, officer, Permissions.DEVICES_ADMINISTER, input).code(),
        imei(officer, input).orElse(null),
        macs(officer, input).orElse(List.of()));
  }

  /** The device with what is given changed; an empty IMEI takes the one there away. */
  NewDevice changed(Connection tx, Officer officer, Device now, JsonNode input)
      throws SQLException {
    Imei imei = now.imei() == null ? null : new Imei(now.imei());
    return new NewDevice(
        new Serial(now.serial()),
        input.has("kind") ? kind(officer, input) : now.kind(),
        input.has("model") ? Input.optionalText(input, "model", MODEL).orElse("") : now.model(),
        input.has("unit")
            ? DeviceReach.unit(tx, identity, officer, Permissions.DEVICES_ADMINISTER, input).code()
            : now.unit(),
        input.has("imei") ? imei(officer, input).orElse(null) : imei,
        macs(officer, input).orElseGet(() -> now.macs().stream().map(Mac::new).toList()));
  }

  NewSim sim(Connection tx, Officer officer, JsonNode input) throws SQLException {
    return new NewSim(
        DeviceReach.value(Iccid.parse(Input.text(input, "iccid", TYPED)), "iccid", officer),
        DeviceReach.value(Imsi.parse(Input.text(input, "imsi", TYPED)), "imsi", officer),
        DeviceReach.value(Msisdn.parse(Input.text(input, "msisdn", TYPED)), "msisdn", officer),
        DeviceReach.value(
            ApnAddress.parse(Input.text(input, "address", TYPED)), "address", officer),
        DeviceReach.unit(tx, identity, officer, Permissions.DEVICES_ADMINISTER, input).code());
  }

  private static DeviceKind kind(Officer officer, JsonNode input) {
    return DeviceReach.value(DeviceKind.parse(Input.text(input, "kind", TYPED)), "kind", officer);
  }

  private static Optional<Imei> imei(Officer officer, JsonNode input) {
    return Input.optionalText(input, "imei", TYPED)
        .map(typed -> DeviceReach.value(Imei.parse(typed), "imei", officer));
  }

  /** Each once; empty where they are not given at all. */
  private static Optional<List<Mac>> macs(Officer officer, JsonNode input) {
    JsonNode given = input.path("macs");
    if (given.isMissingNode() || given.isNull()) {
      return Optional.empty();
    }
    if (!given.isArray() || given.size() > Limits.MACS_OF_DEVICE) {
      throw Input.refused("macs", "list of at most " + Limits.MACS_OF_DEVICE + " MAC addresses");
    }
    Set<Mac> macs = new LinkedHashSet<>();
    for (JsonNode mac : given) {
      macs.add(DeviceReach.value(Mac.parse(mac.asString("")), "macs", officer));
    }
    return Optional.of(List.copyOf(macs));
  }

  static List<Line> lines(NewDevice device) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(new Texts("序號", "Serial number"), device.serial().text()));
    lines.add(new Line(new Texts("種類", "Kind"), device.kind().code()));
    lines.add(new Line(new Texts("型號", "Model"), orNone(device.model())));
    lines.add(new Line(DeviceReach.UNIT, device.unit()));
    Imei imei = device.imei();
    lines.add(new Line(new Texts("IMEI", "IMEI"), orNone(imei == null ? null : imei.text())));
    lines.add(
        new Line(
            new Texts("MAC 位址", "MAC addresses"),
            orNone(String.join(", ", device.macs().stream().map(Mac::text).toList()))));
    return lines;
  }

  static List<Line> lines(NewSim sim) {
    return List.of(
        new Line(new Texts("ICCID", "ICCID"), sim.iccid().text()),
        new Line(new Texts("IMSI", "IMSI"), sim.imsi().text()),
        new Line(new Texts("門號", "Telephone number"), sim.msisdn().text()),
        new Line(new Texts("專屬位址", "Its own address"), sim.address().text()),
        new Line(DeviceReach.UNIT, sim.unit()));
  }

  static String orNone(@Nullable String text) {
    return text == null || text.isEmpty() ? "-" : text;
  }
}
