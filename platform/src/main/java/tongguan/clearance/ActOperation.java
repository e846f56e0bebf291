package tongguan.clearance;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Deferrable;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.base.Ids;
import tongguan.base.Json;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.record.key.DeclarationNumber;
import tools.jackson.databind.JsonNode;

/**
 * An act on a declaration: what bars it is told, what it comes to is shown, and once confirmed it
 * is a command for the core system. Two of them, because acts that loosen a check need another
 * permission.
 */
final class ActOperation implements Deferrable {
  private final String need;
  private final Ids ids;
  private final CoreSystems systems;

  private ActOperation(String need, Ids ids, CoreSystems systems) {
    this.need = need;
    this.ids = ids;
    this.systems = systems;
  }

  static List<ActOperation> both(Ids ids, CoreSystems systems) {
    return List.of(
        new ActOperation(Permissions.CLEARANCE_ACT, ids, systems),
        new ActOperation(Permissions.CLEARANCE_APPROVE, ids, systems));
  }

  @Override
  public String name() {
    return need.equals(Permissions.CLEARANCE_ACT) ? "clearance.act" : "clearance.approve";
  }

  @Override
  public String path() {
    return "/api/v1/declarations/{number}/"
        + (need.equals(Permissions.CLEARANCE_ACT) ? "acts" : "approvals");
  }

  @Override
  public String need() {
    return need;
  }

  private Act act(JsonNode input) {
    return Act.of(Input.text(input, "act", 30))
        .filter(act -> act.need().equals(need))
        .orElseThrow(() -> Input.refused("act", "act of GET /api/v1/declarations/{number}/next"));
  }

  private record Wish(
      DeclarationNumber number, Act act, Standing now, Values values, String system, String user) {}

  private Wish wish(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    DeclarationNumber number = Clearance.number(parameters.getOrDefault("number", ""));
    Standing now =
        new ClearanceStore(tx).locked(number, officer.sight(need)).orElseThrow(Clearance::unknown);
    Act act = act(input);
    List<Bar> bars = Course.bars(act, now);
    if (!bars.isEmpty()) {
      throw Clearance.barred(bars, officer.chinese());
    }
    String system = systems.of(act, now);
    String user =
        systems
            .user(officer.session().id(), system)
            .orElseThrow(() -> Clearance.signInFirst(system));
    return new Wish(number, act, now, Values.of(act, input, now), system, user);
  }

  @Override
  public Basis basis(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    DeclarationNumber number = Clearance.number(parameters.getOrDefault("number", ""));
    Standing now =
        new ClearanceStore(tx).locked(number, officer.sight(need)).orElseThrow(Clearance::unknown);
    Optional<Command> open = new CommandStore(tx).open(number.value());
    Map<String, Object> told = now.told();
    open.ifPresent(other -> {
      told.put("openAct", other.act().words().in(officer.chinese()));
      told.put("openOfficer", other.officerName());
      told.put("openSince", other.confirmedAt());
    });
    boolean waits = act(input) != Act.HOLD && act(input) != Act.SEIZE;
    return new Basis(now.version(), told, open.isPresent() && waits);
  }

  @Override
  public Draft draft(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(tx, officer, parameters, input);
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(new Texts("報單", "Declaration"), wish.number().value()));
    lines.add(new Line(new Texts("處理", "Act"), wish.act().words().in(officer.chinese())));
    lines.addAll(wish.values().lines());
    lines.add(new Line(new Texts("通關系統", "Core system"), wish.system() + " (" + wish.user() + ")"));
    return new Draft(
        wish.act().words(),
        lines,
        wish.now() + " " + wish.system() + " " + wish.user(),
        "declaration:" + wish.number().value(),
        Optional.empty());
  }

  @Override
  public Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(tx, officer, parameters, input);
    UUID command = ids.next();
    boolean added =
        new CommandStore(tx)
            .add(
                command,
                wish.number().value(),
                wish.act(),
                Json.text(wish.values().json()),
                wish.system(),
                officer,
                wish.user());
    if (!added) {
      throw Problem.of(
          409,
          "act-pending",
          "此報單另有處理尚待通關系統回覆。",
          "Another act on this declaration waits for the core system's answer.");
    }
    return Map.of("command", command, "state", CommandState.WAITING.code());
  }
}
