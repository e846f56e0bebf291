package tongguan.inspection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Sight;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.base.Ids;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.clearance.Act;
import tongguan.clearance.Clearance;
import tongguan.clearance.Course;
import tongguan.clearance.Standing;
import tools.jackson.databind.JsonNode;

/**
 * Takes a flag away without the inspection that it asked for, with a reason. It stands until the
 * core system has taken it away.
 */
final class LiftOperation implements Operation {
  private final Clearance clearance;
  private final Ids ids;

  LiftOperation(Clearance clearance, Ids ids) {
    this.clearance = clearance;
    this.ids = ids;
  }

  @Override
  public String name() {
    return "inspection.lift";
  }

  @Override
  public String path() {
    return "/api/v1/flags/{id}/lift";
  }

  @Override
  public String need() {
    return Permissions.INSPECTION_APPROVE;
  }

  private record Wish(FlagStore.Flag flag, Standing now, Clearance.Way way) {}

  private Wish wish(Connection tx, Officer officer, Map<String, String> parameters)
      throws SQLException {
    Sight sight = officer.sight(need());
    UUID id = Input.id(parameters.getOrDefault("id", ""), LiftOperation::unknown);
    FlagStore.Flag flag = new FlagStore(tx).one(id, sight).orElseThrow(LiftOperation::unknown);
    Standing now =
        Optional.ofNullable(
                clearance.locked(tx, List.of(flag.declaration()), sight).get(flag.declaration()))
            .orElseThrow(LiftOperation::unknown);
    if (!Course.bars(Act.LIFT_FLAG, now).isEmpty() || !new FlagStore(tx).stands(id)) {
      throw Problem.of(409, "not-flagged", "此注檢已解除或已完成檢查。", "This flag does not stand any more.");
    }
    return new Wish(flag, now, clearance.way(officer, Act.LIFT_FLAG, now));
  }

  private static Problem unknown() {
    return Problem.of(404, "unknown-flag", "查無此注檢。", "There is no such flag.");
  }

  @Override
  public Draft draft(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(tx, officer, parameters);
    FlagStore.Flag flag = wish.flag();
    return new Draft(
        Act.LIFT_FLAG.words(),
        List.of(
            new Line(new Texts("報單", "Declaration"), flag.declaration()),
            new Line(new Texts("掃描號碼", "Scanned"), flag.scanned()),
            new Line(new Texts("注檢人員", "Flagged by"), flag.by()),
            new Line(new Texts("注檢理由", "Flagged because"), reason(flag, officer.chinese())),
            new Line(new Texts("理由", "Reason"), Input.reason(input)),
            new Line(
                new Texts("通關系統", "Core system"),
                wish.way().system() + " (" + wish.way().user() + ")")),
        wish.now() + " " + flag.id(),
        "declaration:" + flag.declaration(),
        Optional.empty());
  }

  private static String reason(FlagStore.Flag flag, boolean chinese) {
    return FlagReason.of(flag.reason()).map(one -> one.words().in(chinese)).orElse(flag.reason());
  }

  @Override
  public Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(tx, officer, parameters);
    UUID command = ids.next();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("flag", wish.flag().id());
    values.put("reason", Input.reason(input));
    clearance.submit(
        tx,
        officer,
        Act.LIFT_FLAG,
        values,
        List.of(new Clearance.Wish(command, wish.flag().declaration(), wish.now())));
    return Map.of("command", command, "state", "waiting");
  }
}
