package tongguan.access.device;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.base.Json;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.fleet.Device;
import tongguan.fleet.DeviceState;
import tongguan.fleet.Fleet;
import tools.jackson.databind.JsonNode;

/** Wiping a device, and going on with one that cannot prove its wipe any more: two persons each. */
public final class WipeOperations {
  private final Fleet fleet;
  private final CutOff cutOff;
  private final Orders orders;

  public WipeOperations(Fleet fleet, CutOff cutOff, Orders orders) {
    this.fleet = fleet;
    this.cutOff = cutOff;
    this.orders = orders;
  }

  public List<Operation> all() {
    return List.of(new Wipe(), new Waive());
  }

  /**
   * Bound to the device, for ever: one that has been told already is not told twice, because after
   * the first time it has no key left to prove the second with.
   *
   * @return the number of the order
   */
  long order(Connection tx, Device device, @Nullable UUID loss, String by) throws SQLException {
    Optional<Long> pending = fleet.losses().waitingWipe(tx, device.id());
    if (pending.isPresent()) {
      return pending.get();
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("loss", loss);
    orders.queue(tx, device.id(), "wipe", Json.text(body), null, by);
    return fleet.losses().waitingWipe(tx, device.id()).orElseThrow();
  }

  private boolean isReachedBy(
      Connection tx, Officer decider, String permission, Map<String, String> parameters)
      throws SQLException {
    return fleet
        .devices()
        .one(tx, DeviceReach.id(parameters))
        .filter(device -> DeviceReach.reaches(decider, permission, device))
        .isPresent();
  }

  /** Two persons, and neither is the one whose traces are on the device. */
  private final class Wipe implements Operation {
    @Override
    public String name() {
      return "device.wipe";
    }

    @Override
    public String path() {
      return "/api/v1/devices/{id}/wipe";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    @Override
    public String secondPerson() {
      return Permissions.DEVICES_APPROVE;
    }

    @Override
    public boolean isWithinReach(Connection tx, Officer decider, Map<String, String> parameters)
        throws SQLException {
      return isReachedBy(tx, decider, secondPerson(), parameters);
    }

    /** Drafted by who asks, and again by who decides. */
    private Device device(Connection tx, Officer officer, Map<String, String> parameters)
        throws SQLException {
      String by = officer.may(need()) ? need() : secondPerson();
      Device device = DeviceReach.device(tx, fleet, officer, by, parameters);
      if (fleet.losses().waitingWipe(tx, device.id()).isPresent()) {
        throw Problem.of(
            409, "wipe-pending", "此設備已有待執行的清除命令。", "It has been told to wipe itself already.");
      }
      return device;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = device(tx, officer, parameters);
      return new Draft(
          new Texts("清除設備資料", "Wipe a device"),
          List.of(
              DeviceReach.line(device),
              new Line(new Texts("持有人", "Held by"), DeviceInput.orNone(device.holderName())),
              DeviceReach.reason(input)),
          device.id() + " " + device.version(),
          DeviceReach.subject(device),
          Optional.ofNullable(device.holder()));
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = device(tx, officer, parameters);
      String by = officer.session().name();
      long number = order(tx, device, null, by);
      cutOff.officers(tx, device.id(), "device-wiped");
      fleet
          .devices()
          .note(
              tx,
              device.id(),
              "wipe-ordered",
              by,
              Map.of("number", number, "reason", Input.reason(input)));
      return Map.of("number", number);
    }
  }

  /**
   * A device whose key is gone, or that never had a steward, cannot sign that it wiped itself and
   * could never be enrolled again. Two persons who have it before them answer for that instead.
   */
  private final class Waive implements Operation {
    @Override
    public String name() {
      return "device.waive-wipe";
    }

    @Override
    public String path() {
      return "/api/v1/devices/{id}/waive-wipe";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    @Override
    public String secondPerson() {
      return Permissions.DEVICES_APPROVE;
    }

    @Override
    public boolean isWithinReach(Connection tx, Officer decider, Map<String, String> parameters)
        throws SQLException {
      return isReachedBy(tx, decider, secondPerson(), parameters);
    }

    /** It lies before those who decide: what is lost or in somebody's hands cannot be looked at. */
    private Device device(Connection tx, Officer officer, Map<String, String> parameters)
        throws SQLException {
      String by = officer.may(need()) ? need() : secondPerson();
      Device device = DeviceReach.device(tx, fleet, officer, by, parameters);
      if (device.state() != DeviceState.IN_STOCK && device.state() != DeviceState.IN_REPAIR) {
        throw DeviceReach.state(device.state().code());
      }
      if (!device.wipePending()) {
        throw Problem.of(
            409, "no-wipe-pending", "此設備沒有待證明的清除命令。", "No wipe waits for this device's proof.");
      }
      return device;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = device(tx, officer, parameters);
      return new Draft(
          new Texts("免除清除證明", "Waive the proof of a wipe"),
          List.of(
              DeviceReach.line(device),
              new Line(
                  new Texts("兩人共同確認", "Both answer for"),
                  "設備已在手上，儲存裝置已更換、銷毀或重設；紀錄為「免除」，不記為「已清除」 "
                      + "The device is at hand, its storage was replaced, destroyed or reset; it is recorded as waived, not as wiped"),
              new Line(
                  new Texts("之後", "From then on"),
                  "舊金鑰不再有效，設備可重新註冊 Its old keys hold no more, and it can be enrolled anew"),
              DeviceReach.reason(input)),
          device.id() + " " + device.version(),
          DeviceReach.subject(device),
          Optional.ofNullable(device.holder()));
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input) {
      throw new IllegalStateException("nobody waives the proof of a wipe alone");
    }

    @Override
    public Map<String, Object> applyFor(
        Connection tx, Officer decider, Asked asked, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = device(tx, decider, parameters);
      String reason = Input.reason(input);
      long number =
          fleet.losses().waive(tx, device, asked.account(), decider.session().account(), reason);
      fleet
          .devices()
          .note(
              tx,
              device.id(),
              "wipe-waived",
              decider.session().name(),
              Map.of("number", number, "request", asked.request(), "reason", reason));
      return Map.of("number", number);
    }
  }
}
