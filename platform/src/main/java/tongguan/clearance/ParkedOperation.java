package tongguan.clearance;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
import tools.jackson.databind.JsonNode;

/** What a person does with a command that was tried too often: send it again, or give it up. */
record ParkedOperation(String word, Texts title, CommandState to) implements Operation {

  static List<ParkedOperation> both() {
    return List.of(
        new ParkedOperation("send-again", new Texts("重新送出", "Send again"), CommandState.UNKNOWN),
        new ParkedOperation("give-up", new Texts("放棄送出", "Give up"), CommandState.GIVEN_UP));
  }

  @Override
  public String name() {
    return "command." + word;
  }

  @Override
  public String path() {
    return "/api/v1/commands/{id}/" + word;
  }

  @Override
  public String need() {
    return Permissions.CLEARANCE_APPROVE;
  }

  private static Command parked(Connection tx, Officer officer, Map<String, String> parameters)
      throws SQLException {
    Command command =
        new CommandStore(tx)
            .one(
                Input.id(parameters.getOrDefault("id", ""), ParkedOperation::unknown),
                officer.sight(Permissions.CLEARANCE_APPROVE))
            .orElseThrow(ParkedOperation::unknown);
    if (command.state() != CommandState.PARKED) {
      throw notParked();
    }
    return command;
  }

  private static Problem notParked() {
    return Problem.of(
        409, "not-parked", "此項處理並非待人工決定。", "This command does not wait for a person's decision.");
  }

  private static Problem unknown() {
    return Problem.of(404, "unknown-command", "查無此項處理。", "There is no such command.");
  }

  @Override
  public Draft draft(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Command command = parked(tx, officer, parameters);
    return new Draft(
        title,
        List.of(
            new Line(new Texts("報單", "Declaration"), command.declaration()),
            new Line(new Texts("處理", "Act"), command.act().words().in(officer.chinese())),
            new Line(new Texts("通關系統", "Core system"), command.system()),
            new Line(
                new Texts("可能已送達", "May have arrived"),
                command.uncertain()
                    ? new Texts("是，通關系統或已執行", "yes, and may have been carried out")
                        .in(officer.chinese())
                    : new Texts("否", "no").in(officer.chinese())),
            new Line(
                new Texts("最後狀況", "Last heard"), Optional.ofNullable(command.answer()).orElse("-")),
            new Line(new Texts("理由", "Reason"), Input.reason(input))),
        command.id() + " " + command.attempts(),
        "command:" + command.id(),
        Optional.empty());
  }

  @Override
  public Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Command command = parked(tx, officer, parameters);
    CommandStore store = new CommandStore(tx);
    boolean moved =
        to == CommandState.GIVEN_UP
            ? store.move(command, to, Duration.ZERO, null, command.code(), Input.reason(input))
            : store.again(command, Input.reason(input));
    if (!moved) {
      throw notParked();
    }
    return Map.of("state", to.code());
  }
}
