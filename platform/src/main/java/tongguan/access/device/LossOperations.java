package tongguan.access.device;

import java.sql.Connection;
import java.sql.SQLException;
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
import tongguan.fleet.Losses;
import tongguan.fleet.Losses.Step;
import tongguan.fleet.Sim;
import tongguan.fleet.SimState;
import tools.jackson.databind.JsonNode;

/** Cutting a lost device off (設備遺失中斷服務), and having it back. */
public final class LossOperations {
  private final Fleet fleet;
  private final CutOff cutOff;
  private final WipeOperations wipes;

  public LossOperations(Fleet fleet, CutOff cutOff, WipeOperations wipes) {
    this.fleet = fleet;
    this.cutOff = cutOff;
    this.wipes = wipes;
  }

  public List<Operation> all() {
    return List.of(new Lost(), new Found());
  }

  /**
   * One transaction cuts everything off, and nothing in it waits for a network. The officer who
   * holds the device or is on it may report it, and whoever sees the district's devices.
   */
  private final class Lost implements Operation {
    @Override
    public String name() {
      return "device.lost";
    }

    @Override
    public String path() {
      return "/api/v1/devices/{id}/lost";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ACT;
    }

    private Device device(Connection tx, Officer officer, Map<String, String> parameters)
        throws SQLException {
      Device device =
          fleet
              .devices()
              .locked(tx, DeviceReach.id(parameters))
              .filter(found ->
                  isOwn(officer, found)
                      || DeviceReach.reaches(officer, Permissions.DEVICES_READ, found))
              .orElseThrow(DeviceReach::unknownDevice);
      if (device.state() == DeviceState.LOST) {
        throw Problem.of(
            409, "already-lost", "此設備已通報遺失，服務已中斷。", "It was reported already and is cut off.");
      }
      if (device.state().after(DeviceState.Act.REPORT_LOST).isEmpty()) {
        throw DeviceReach.state(device.state().code());
      }
      return device;
    }

    private static boolean isOwn(Officer officer, Device device) {
      return officer.session().account().equals(device.holder())
          || officer.session().device().equals(device.id().toString());
    }

    // Neither version nor holder belong to what is confirmed: whatever else happens to the device
    // in between, the report of a loss has to hold.
    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = device(tx, officer, parameters);
      return new Draft(
          new Texts("設備遺失中斷服務", "Cut a lost device off"),
          List.of(
              DeviceReach.line(device),
              new Line(
                  new Texts("立即", "At once"),
                  "登入結束、憑證廢止、SIM 卡停用、專屬網路連線中斷、清除設備資料 "
                      + "Sessions end, certificates are revoked, the SIM is blocked, the private network lets go, the device is wiped"),
              DeviceReach.reason(input)),
          device.id().toString(),
          DeviceReach.subject(device),
          Optional.empty());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = device(tx, officer, parameters);
      String by = officer.session().name();
      Losses losses = fleet.losses();
      UUID loss = losses.open(tx, device, officer.session().account(), by, Input.reason(input));
      Optional<Sim> sim = sim(tx, device);
      losses.done(tx, loss, Step.SIM, block(tx, sim, by));
      losses.done(
          tx,
          loss,
          Step.CERTIFICATES,
          Map.of("count", fleet.devices().revokeKeys(tx, device.id(), "lost")));
      int officers = cutOff.officers(tx, device.id(), "device-lost");
      losses.done(tx, loss, Step.SESSIONS, Map.of("count", officers));
      int network =
          cutOff.network(tx, device.id(), sim.map(Sim::id).orElse(null), "device-lost", loss);
      losses.done(tx, loss, Step.GATEWAY, Map.of("count", network));
      losses.done(tx, loss, Step.WIPE, Map.of("number", wipes.order(tx, device, loss, by)));
      return Map.of("id", loss, "state", DeviceState.LOST.code());
    }

    private Optional<Sim> sim(Connection tx, Device device) throws SQLException {
      Optional<Sim> sim = fleet.sims().in(tx, device.id());
      return sim.isPresent() ? fleet.sims().locked(tx, sim.get().id()) : sim;
    }

    private Map<String, ?> block(Connection tx, Optional<Sim> sim, String by) throws SQLException {
      if (sim.isEmpty()) {
        return Map.of("count", 0);
      }
      if (sim.get().state() != SimState.RETIRED) {
        fleet.sims().setState(tx, sim.get(), SimState.BLOCKED, by);
      }
      return Map.of("count", 1, "iccid", sim.get().iccid());
    }
  }

  private final class Found implements Operation {
    @Override
    public String name() {
      return "device.found";
    }

    @Override
    public String path() {
      return "/api/v1/devices/{id}/found";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    private Device device(Connection tx, Officer officer, Map<String, String> parameters)
        throws SQLException {
      Device device = DeviceReach.device(tx, fleet, officer, need(), parameters);
      if (device.state().after(DeviceState.Act.FIND).isEmpty()) {
        throw DeviceReach.state(device.state().code());
      }
      return device;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = device(tx, officer, parameters);
      return new Draft(
          new Texts("設備尋回", "A lost device is found"),
          List.of(
              DeviceReach.line(device),
              new Line(
                  new Texts("之後", "From then on"),
                  "設備入庫；憑證仍廢止，須重新註冊；SIM 卡仍停用，須另行啟用"
                      + (device.wipePending() ? "；清除命令仍待設備回報" : "")
                      + " In stock; certificates stay revoked until it is enrolled anew; the SIM stays blocked until it is activated"
                      + (device.wipePending() ? "; the wipe still waits for the device" : "")),
              DeviceReach.reason(input)),
          device.id() + " " + device.version() + " " + device.wipePending(),
          DeviceReach.subject(device),
          Optional.empty());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = device(tx, officer, parameters);
      fleet
          .losses()
          .close(
              tx,
              device,
              fleet.losses().open(tx, device.id()).orElseThrow(),
              officer.session().account(),
              officer.session().name(),
              Input.reason(input));
      return Map.of("state", DeviceState.IN_STOCK.code());
    }
  }
}
