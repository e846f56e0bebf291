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
import tongguan.fleet.HandOvers;
import tongguan.fleet.Signature;
import tongguan.identity.Account;
import tongguan.identity.Identity;
import tongguan.identity.LoginName;
import tools.jackson.databind.JsonNode;

/** Handing out and taking back: both sides sign on the screen, the officer in charge confirms. */
public final class HandOverOperations {
  private static final int GOODS = 500;

  private final Fleet fleet;
  private final Identity identity;
  private final CutOff cutOff;

  public HandOverOperations(Fleet fleet, Identity identity, CutOff cutOff) {
    this.fleet = fleet;
    this.identity = identity;
    this.cutOff = cutOff;
  }

  public List<Operation> all() {
    return List.of(new HandOut(), new Return());
  }

  private static HandOvers.Goods goods(JsonNode input) {
    return new HandOvers.Goods(
        Input.optionalText(input, "accessories", GOODS).orElse(""),
        Input.optionalText(input, "condition", GOODS).orElse(""));
  }

  private static HandOvers.Side side(
      UUID account, String name, JsonNode input, String member, Officer officer) {
    return new HandOvers.Side(
        account, name, DeviceReach.value(Signature.parse(input.path(member)), member, officer));
  }

  private static HandOvers.Side oneself(Officer officer, JsonNode input, String member) {
    return side(officer.session().account(), officer.session().name(), input, member, officer);
  }

  /** What changes hands and what it looks like, as both sides see it before they sign. */
  private List<Line> lines(Connection tx, Device device, String giver, String taker, JsonNode input)
      throws SQLException {
    HandOvers.Goods goods = goods(input);
    List<Line> lines = new ArrayList<>();
    lines.add(DeviceReach.line(device));
    fleet.sims().in(tx, device.id()).ifPresent(sim -> lines.add(DeviceReach.line(sim)));
    lines.add(new Line(new Texts("交付人", "Given by"), giver));
    lines.add(new Line(new Texts("收受人", "Taken by"), taker));
    lines.add(new Line(new Texts("配件", "Accessories"), DeviceInput.orNone(goods.accessories())));
    lines.add(new Line(new Texts("外觀狀況", "Condition"), DeviceInput.orNone(goods.condition())));
    return lines;
  }

  private static Problem samePerson() {
    return Problem.of(
        409, "same-person", "交付人與收受人不可為同一人。", "No one hands a device over to themselves.");
  }

  private static String named(Account account) {
    return account.name() + " " + account.nameZh() + " " + account.nameEn();
  }

  private static String named(Officer officer) {
    return officer.session().name()
        + " "
        + officer.session().nameZh()
        + " "
        + officer.session().nameEn();
  }

  private final class HandOut implements Operation {
    @Override
    public String name() {
      return "device.hand-out";
    }

    @Override
    public String path() {
      return "/api/v1/devices/{id}/hand-out";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    private Device device(Connection tx, Officer officer, Map<String, String> parameters)
        throws SQLException {
      Device device = DeviceReach.device(tx, fleet, officer, need(), parameters);
      if (device.state().after(DeviceState.Act.HAND_OUT).isEmpty()) {
        throw DeviceReach.state(device.state().code());
      }
      if (device.wipePending()) {
        throw Problem.of(
            409,
            "wipe-pending",
            "此設備尚未回報完成清除，不可交付。",
            "It was told to wipe itself and has not proven that it did; it is not handed out.");
      }
      return device;
    }

    /** Whoever may not use the device is not told apart from whoever is not there. */
    private Account taker(Connection tx, Officer officer, Device device, JsonNode input)
        throws SQLException {
      Optional<LoginName> name = LoginName.parse(Input.text(input, "taker", 64));
      Optional<Account> taker =
          name.isPresent() ? identity.accounts().named(tx, name.get()) : Optional.empty();
      if (taker.isEmpty()
          || taker.get().ended()
          || !fleet.devices().fits(tx, device.id(), taker.get().unit())) {
        throw Input.refused("taker", "account of an officer whose unit may use this device");
      }
      if (taker.get().id().equals(officer.session().account())) {
        throw samePerson();
      }
      return taker.get();
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = device(tx, officer, parameters);
      Account taker = taker(tx, officer, device, input);
      oneself(officer, input, "giverSignature");
      side(taker.id(), taker.name(), input, "takerSignature", officer);
      return new Draft(
          new Texts("交付設備", "Hand out a device"),
          lines(tx, device, named(officer), named(taker), input),
          device.id() + " " + device.version(),
          DeviceReach.subject(device),
          Optional.of(taker.id()));
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = device(tx, officer, parameters);
      Account taker = taker(tx, officer, device, input);
      UUID id =
          fleet
              .handOvers()
              .handOut(
                  tx,
                  device,
                  oneself(officer, input, "giverSignature"),
                  side(taker.id(), taker.name(), input, "takerSignature", officer),
                  goods(input));
      return Map.of("id", id);
    }
  }

  private final class Return implements Operation {
    @Override
    public String name() {
      return "device.return";
    }

    @Override
    public String path() {
      return "/api/v1/devices/{id}/return";
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    private Device device(Connection tx, Officer officer, Map<String, String> parameters)
        throws SQLException {
      Device device = DeviceReach.device(tx, fleet, officer, need(), parameters);
      if (device.state().after(DeviceState.Act.TAKE_BACK).isEmpty()) {
        throw DeviceReach.state(device.state().code());
      }
      if (officer.session().account().equals(device.holder())) {
        throw samePerson();
      }
      return device;
    }

    private Account holder(Connection tx, Device device) throws SQLException {
      UUID holder = java.util.Objects.requireNonNull(device.holder(), "an assigned device is held");
      return identity.accounts().one(tx, holder).orElseThrow();
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = device(tx, officer, parameters);
      Account holder = holder(tx, device);
      side(holder.id(), holder.name(), input, "giverSignature", officer);
      oneself(officer, input, "takerSignature");
      return new Draft(
          new Texts("交還設備", "Take a device back"),
          lines(tx, device, named(holder), named(officer), input),
          device.id() + " " + device.version(),
          DeviceReach.subject(device),
          Optional.of(holder.id()));
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Device device = device(tx, officer, parameters);
      Account holder = holder(tx, device);
      UUID id =
          fleet
              .handOvers()
              .takeBack(
                  tx,
                  device,
                  side(holder.id(), holder.name(), input, "giverSignature", officer),
                  oneself(officer, input, "takerSignature"),
                  goods(input));
      cutOff.officers(tx, device.id(), "device-returned");
      return Map.of("id", id);
    }
  }
}
