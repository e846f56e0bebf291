package tongguan.access.device;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import tongguan.fleet.NewSim;
import tongguan.fleet.Sim;
import tongguan.fleet.SimState;
import tongguan.identity.Identity;
import tools.jackson.databind.JsonNode;

/** The registry of SIMs: adding, blocking and letting in, and which sits in which device. */
public final class SimOperations {
  private final Fleet fleet;
  private final DeviceInput reading;
  private final CutOff cutOff;

  public SimOperations(Fleet fleet, Identity identity, CutOff cutOff) {
    this.fleet = fleet;
    this.reading = new DeviceInput(identity);
    this.cutOff = cutOff;
  }

  public List<Operation> all() {
    return List.of(new Add(), new SetState(), new Pair());
  }

  /** The SIM of the path, locked until the transaction ends. */
  private Sim within(Connection tx, Officer officer, Map<String, String> parameters)
      throws SQLException {
    return fleet
        .sims()
        .locked(tx, Input.id(parameters.getOrDefault("id", ""), DeviceReach::unknownSim))
        .filter(found -> DeviceReach.reaches(officer, Permissions.DEVICES_ADMINISTER, found))
        .orElseThrow(DeviceReach::unknownSim);
  }

  private final class Add implements Operation {
    @Override
    public String name() {
      return "sim.add";
    }

    @Override
    public String path() {
      return "/api/v1/sims";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    private NewSim wanted(Connection tx, Officer officer, JsonNode input) throws SQLException {
      NewSim sim = reading.sim(tx, officer, input);
      fleet.stock().lock(tx);
      List<String> taken = fleet.sims().taken(tx, sim);
      if (!taken.isEmpty()) {
        throw DeviceReach.taken(taken);
      }
      return sim;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      NewSim sim = wanted(tx, officer, input);
      return new Draft(
          new Texts("新增 SIM 卡", "Add a SIM"),
          DeviceInput.lines(sim),
          sim.iccid().text(),
          "sim:" + sim.iccid().text(),
          Optional.empty());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      return Map.of("id", fleet.sims().add(tx, wanted(tx, officer, input)));
    }
  }

  private final class SetState implements Operation {
    @Override
    public String name() {
      return "sim.state";
    }

    @Override
    public String path() {
      return "/api/v1/sims/{id}/state";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    private SimState wanted(Connection tx, Sim sim, JsonNode input) throws SQLException {
      SimState wanted =
          SimState.of(Input.text(input, "state", 20))
              .orElseThrow(() -> Input.refused("state", "in-stock, active, blocked or retired"));
      boolean lost =
          sim.device() != null
              && fleet.devices().one(tx, sim.device()).orElseThrow().state() == DeviceState.LOST;
      if (!sim.state().next().contains(wanted) || (lost && wanted != SimState.RETIRED)) {
        throw Problem.of(
                409, "sim-state", "SIM 卡目前的狀態不可執行此操作。", "This is not done to a SIM in its state.")
            .with("state", sim.state().code())
            .with("deviceLost", lost);
      }
      return wanted;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Sim sim = within(tx, officer, parameters);
      SimState then = wanted(tx, sim, input);
      return new Draft(
          new Texts("變更 SIM 卡狀態", "Change the state of a SIM"),
          List.of(
              DeviceReach.line(sim),
              new Line(new Texts("狀態", "State"), sim.state().code() + " → " + then.code()),
              DeviceReach.reason(input)),
          sim.id() + " " + sim.version(),
          DeviceReach.subject(sim),
          Optional.empty());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Sim sim = within(tx, officer, parameters);
      SimState then = wanted(tx, sim, input);
      fleet.sims().setState(tx, sim, then, officer.session().name());
      if (then != SimState.ACTIVE) {
        cutOff.network(tx, null, sim.id(), "sim-" + then.code(), null);
      }
      return Map.of("state", then.code());
    }
  }

  private final class Pair implements Operation {
    @Override
    public String name() {
      return "sim.pair";
    }

    @Override
    public String path() {
      return "/api/v1/sims/{id}/pair";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    /** The device that it is to sit in; empty where it is to sit in none. */
    private Optional<Device> device(Connection tx, Officer officer, JsonNode input)
        throws SQLException {
      Optional<String> id = Input.optionalText(input, "device", 36);
      if (id.isEmpty()) {
        return Optional.empty();
      }
      Device device =
          DeviceReach.device(
              tx, fleet, officer, need(), Input.id(id.get(), DeviceReach::unknownDevice));
      if (device.state() == DeviceState.LOST || device.state() == DeviceState.RETIRED) {
        throw DeviceReach.state(device.state().code());
      }
      return Optional.of(device);
    }

    // Devices are locked before SIMs everywhere, so that no two operations wait for each other.
    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Optional<Device> device = device(tx, officer, input);
      Sim sim = within(tx, officer, parameters);
      refuse(tx, sim, device);
      List<Line> lines = new ArrayList<>();
      lines.add(DeviceReach.line(sim));
      lines.add(
          new Line(
              new Texts("所在設備", "In the device"),
              DeviceInput.orNone(sim.deviceSerial())
                  + " → "
                  + device.map(Device::serial).orElse("-")));
      Optional<Sim> replaced =
          device.isPresent() ? fleet.sims().in(tx, device.get().id()) : Optional.empty();
      replaced.ifPresent(other -> lines.add(new Line(new Texts("取出", "Taken out"), other.iccid())));
      lines.add(DeviceReach.reason(input));
      return new Draft(
          new Texts("SIM 卡配對", "Pair a SIM and a device"),
          lines,
          sim.id()
              + " "
              + sim.version()
              + " "
              + device.map(found -> found.id() + " " + found.version()).orElse("-"),
          DeviceReach.subject(sim),
          Optional.empty());
    }

    private void refuse(Connection tx, Sim sim, Optional<Device> device) throws SQLException {
      if (sim.state() == SimState.RETIRED) {
        throw Problem.of(409, "sim-state", "SIM 卡已停用。", "This SIM is retired.")
            .with("state", sim.state().code());
      }
      if (device.map(Device::id).equals(Optional.ofNullable(sim.device()))) {
        throw Problem.of(409, "paired-already", "配對沒有改變。", "It is so already.");
      }
      if (sim.device() != null) {
        // Out of a lost device nobody takes a SIM that the report has to hold.
        DeviceState state = fleet.devices().one(tx, sim.device()).orElseThrow().state();
        if (state == DeviceState.LOST) {
          throw DeviceReach.state(state.code());
        }
      }
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Optional<Device> device = device(tx, officer, input);
      Sim sim = within(tx, officer, parameters);
      String by = officer.session().name();
      cutOff.network(tx, null, sim.id(), "sim-paired-anew", null);
      if (device.isEmpty()) {
        fleet.sims().unpair(tx, sim, by);
        return Map.of();
      }
      Device into = device.get();
      Optional<Sim> replaced = fleet.sims().in(tx, into.id());
      cutOff.network(tx, into.id(), replaced.map(Sim::id).orElse(null), "sim-paired-anew", null);
      fleet.sims().pair(tx, sim, into, by);
      return Map.of();
    }
  }
}
