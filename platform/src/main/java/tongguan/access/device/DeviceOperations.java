package tongguan.access.device;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.fleet.Device;
import tongguan.fleet.DeviceState;
import tongguan.fleet.Fleet;
import tongguan.fleet.NewDevice;
import tongguan.fleet.Sim;
import tongguan.identity.Identity;
import tools.jackson.databind.JsonNode;

/** The registry of devices: adding, changing, and what is neither a hand-over nor a loss. */
public final class DeviceOperations {
  private final Fleet fleet;
  private final DeviceInput reading;
  private final CutOff cutOff;

  public DeviceOperations(Fleet fleet, Identity identity, CutOff cutOff) {
    this.fleet = fleet;
    this.reading = new DeviceInput(identity);
    this.cutOff = cutOff;
  }

  public List<Operation> all() {
    return List.of(new Add(), new Change(), new SetState());
  }

  private void refuseTaken(Connection tx, NewDevice device, Optional<UUID> but)
      throws SQLException {
    fleet.stock().lock(tx);
    List<String> taken = fleet.devices().taken(tx, device, but.orElse(null));
    if (!taken.isEmpty()) {
      throw DeviceReach.taken(taken);
    }
  }

  private final class Add implements Operation {
    @Override
    public String name() {
      return "device.add";
    }

    @Override
    public String path() {
      return "/api/v1/devices";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    private NewDevice wanted(Connection tx, Officer officer, JsonNode input) throws SQLException {
      NewDevice device = reading.device(tx, officer, input);
      refuseTaken(tx, device, Optional.empty());
      return device;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      NewDevice device = wanted(tx, officer, input);
      return new Draft(
          new Texts("新增設備", "Add a device"),
          DeviceInput.lines(device),
          device.serial().text(),
          "device:" + device.serial().text(),
          Optional.empty());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      NewDevice device = wanted(tx, officer, input);
      return Map.of("id", fleet.devices().add(tx, device, officer.session().name()));
    }
  }

  private final class Change implements Operation {
    @Override
    public String name() {
      return "device.change";
    }

    @Override
    public String path() {
      return "/api/v1/devices/{id}/change";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    private Device now(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = DeviceReach.device(tx, fleet, officer, need(), parameters);
      if (device.version() != DeviceReach.version(input)) {
        throw DeviceReach.stale();
      }
      return device;
    }

    private NewDevice wanted(Connection tx, Officer officer, Device now, JsonNode input)
        throws SQLException {
      NewDevice wanted = reading.changed(tx, officer, now, input);
      if (!wanted.unit().equals(now.unit()) && now.state() == DeviceState.ASSIGNED) {
        throw Problem.of(
            409, "device-assigned", "設備交還後才能改隸其他單位。", "It changes units after it was returned.");
      }
      refuseTaken(tx, wanted, Optional.of(now.id()));
      return wanted;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device now = now(tx, officer, parameters, input);
      List<Line> lines = new ArrayList<>(DeviceInput.lines(wanted(tx, officer, now, input)));
      lines.add(DeviceReach.reason(input));
      return new Draft(
          new Texts("變更設備資料", "Change a device"),
          lines,
          now.id() + " " + now.version(),
          DeviceReach.subject(now),
          Optional.empty());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device now = now(tx, officer, parameters, input);
      NewDevice wanted = wanted(tx, officer, now, input);
      fleet
          .devices()
          .change(
              tx,
              now.id(),
              wanted,
              officer.session().name(),
              Map.of("reason", Input.reason(input), "unit", wanted.unit()));
      cutOff.unfit(tx, now.id());
      return Map.of();
    }
  }

  private final class SetState implements Operation {
    @Override
    public String name() {
      return "device.state";
    }

    @Override
    public String path() {
      return "/api/v1/devices/{id}/state";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    private static DeviceState.Act act(JsonNode input) {
      return switch (Input.text(input, "state", 20)) {
        case "in-stock" -> DeviceState.Act.TAKE_FROM_REPAIR;
        case "in-repair" -> DeviceState.Act.SEND_TO_REPAIR;
        case "retired" -> DeviceState.Act.RETIRE;
        default -> throw Input.refused("state", "in-stock, in-repair or retired");
      };
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      DeviceState.Act act = act(input);
      Device device = DeviceReach.device(tx, fleet, officer, need(), parameters);
      DeviceState then =
          device.state().after(act).orElseThrow(() -> DeviceReach.state(device.state().code()));
      return new Draft(
          new Texts("變更設備狀態", "Change the state of a device"),
          List.of(
              DeviceReach.line(device),
              new Line(new Texts("狀態", "State"), device.state().code() + " → " + then.code()),
              DeviceReach.reason(input)),
          device.id() + " " + device.version(),
          DeviceReach.subject(device),
          Optional.empty());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = DeviceReach.device(tx, fleet, officer, need(), parameters);
      String by = officer.session().name();
      DeviceState then = fleet.devices().act(tx, device, act(input), null);
      fleet.devices().note(tx, device.id(), then.code(), by, Map.of("reason", Input.reason(input)));
      if (then == DeviceState.RETIRED) {
        retire(tx, device, by);
      }
      return Map.of("state", then.code());
    }

    /** Nothing of a retired device lets anybody in; an order to wipe it stands all the same. */
    private void retire(Connection tx, Device device, String by) throws SQLException {
      fleet.devices().revokeKeys(tx, device.id(), "retired");
      cutOff.officers(tx, device.id(), "device-retired");
      cutOff.network(tx, device.id(), null, "device-retired", null);
      fleet.loans().endAll(tx, device.id());
      Optional<Sim> sim = fleet.sims().in(tx, device.id());
      if (sim.isPresent()) {
        fleet.sims().unpair(tx, sim.get(), by);
      }
    }
  }
}
