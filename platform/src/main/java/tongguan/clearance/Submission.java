package tongguan.clearance;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.operation.Draft.Line;
import tongguan.base.Ids;
import tongguan.base.Json;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.record.key.DeclarationNumber;
import tools.jackson.databind.JsonNode;

/**
 * One act that an officer wishes to do, with nothing in its way: the declaration's row is locked
 * until the end of the transaction, and the officer is signed in at the core system.
 */
public final class Submission {
  private final DeclarationNumber number;
  private final Act act;
  private final Standing now;
  private final Values values;
  private final String system;
  private final String user;

  private Submission(
      DeclarationNumber number, Act act, Standing now, Values values, String system, String user) {
    this.number = number;
    this.act = act;
    this.now = now;
    this.values = values;
    this.system = system;
    this.user = user;
  }

  /**
   * @throws Problem where there is no such declaration for this officer, where something bars the
   *     act, where a value is missing, or where the officer has not signed in at the core system
   */
  static Submission of(
      Connection tx, Officer officer, CoreSystems systems, String typed, Act act, JsonNode input)
      throws SQLException {
    DeclarationNumber number = Clearance.number(typed);
    Standing now =
        new ClearanceStore(tx)
            .locked(number, officer.sight(act.need()))
            .orElseThrow(Clearance::unknown);
    List<Bar> bars = Course.bars(act, now);
    if (!bars.isEmpty()) {
      throw Clearance.barred(bars, officer.chinese());
    }
    String system = systems.of(act, now);
    String user =
        systems
            .user(officer.session().id(), system)
            .orElseThrow(() -> Clearance.signInFirst(system));
    return new Submission(number, act, now, Values.of(act, input, now), system, user);
  }

  public DeclarationNumber number() {
    return number;
  }

  public Texts title() {
    return act.words();
  }

  /** What is shown of it: the declaration, the act, these lines, and who is told. */
  public List<Line> lines(boolean chinese, List<Line> between) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(new Texts("報單", "Declaration"), number.value()));
    lines.add(new Line(new Texts("處理", "Act"), act.words().in(chinese)));
    lines.addAll(between);
    lines.add(new Line(new Texts("通關系統", "Core system"), system + " (" + user + ")"));
    return lines;
  }

  List<Line> values() {
    return values.lines();
  }

  /** Everything that it rests on. */
  public String state() {
    return now + " " + system + " " + user;
  }

  /** Makes it a command for the core system, in the caller's transaction. */
  UUID submit(Connection tx, Officer officer, Ids ids) throws SQLException {
    UUID command = ids.next();
    boolean added =
        new CommandStore(tx)
            .add(command, number.value(), act, Json.text(values.json()), system, officer, user);
    if (!added) {
      throw Problem.of(
          409,
          "act-pending",
          "此報單另有處理尚待通關系統回覆。",
          "Another act on this declaration waits for the core system's answer.");
    }
    return command;
  }
}
