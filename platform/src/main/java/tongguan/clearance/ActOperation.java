package tongguan.clearance;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Deferrable;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Input;
import tongguan.base.Ids;
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

  private Submission wish(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    return Submission.of(
        tx, officer, systems, parameters.getOrDefault("number", ""), act(input), input);
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
    Submission wish = wish(tx, officer, parameters, input);
    return new Draft(
        wish.title(),
        wish.lines(officer.chinese(), wish.values()),
        wish.state(),
        "declaration:" + wish.number().value(),
        Optional.empty());
  }

  @Override
  public Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    UUID command = wish(tx, officer, parameters, input).submit(tx, officer, ids);
    return Map.of("command", command, "state", CommandState.WAITING.code());
  }
}
