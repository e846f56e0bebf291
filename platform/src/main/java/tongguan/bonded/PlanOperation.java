package tongguan.bonded;

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
import tongguan.base.Ids;
import tongguan.base.Limits;
import tongguan.base.Problem.Texts;
import tools.jackson.databind.JsonNode;

/** Plans a bonded check, for premises of the officer's own district. */
record PlanOperation(Ids ids) implements Operation {

  @Override
  public String name() {
    return "bonded.plan";
  }

  @Override
  public String path() {
    return "/api/v1/bonded-visits";
  }

  @Override
  public String need() {
    return Permissions.CLEARANCE_ACT;
  }

  @Override
  public long bodyBytes() {
    return Limits.BONDED_BODY_BYTES;
  }

  private record Wish(Plan plan, VisitStore.Sent officer) {}

  private Wish wish(Connection tx, Officer officer, JsonNode input) throws SQLException {
    Plan plan = Plan.of(input);
    VisitStore store = new VisitStore(tx);
    if (!store.reaches(plan.premises().number(), officer.sight(need()))) {
      throw Input.refused("premises", "premises that your district watches");
    }
    return new Wish(
        plan,
        store
            .officer(plan.officer())
            .orElseThrow(() -> Input.refused("officer", "account of an officer")));
  }

  @Override
  public Draft draft(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(tx, officer, input);
    Plan plan = wish.plan();
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line(
            new Texts("保稅場所", "Premises"),
            plan.premises().number() + " " + plan.premises().name()));
    lines.add(new Line(new Texts("統一編號", "Company number"), plan.company()));
    lines.add(new Line(new Texts("日期", "Date"), plan.plannedFor().toString()));
    lines.add(new Line(new Texts("關員", "Officer"), wish.officer().name()));
    for (Plan.Item item : plan.items()) {
      lines.add(
          new Line(
              new Texts("帳載", "In the books"),
              item.code()
                  + " "
                  + item.description()
                  + " "
                  + item.book().toPlainString()
                  + " "
                  + item.unit()));
    }
    return new Draft(
        new Texts("排定保稅查核", "Plan a bonded check"),
        lines,
        wish.officer().id().toString(),
        "premises:" + plan.premises().number(),
        Optional.empty());
  }

  @Override
  public Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(tx, officer, input);
    UUID id = ids.next();
    new VisitStore(tx).plan(id, wish.plan(), wish.officer(), officer.session().account());
    return Map.of("id", id);
  }
}
