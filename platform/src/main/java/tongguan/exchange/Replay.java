package tongguan.exchange;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.base.Problem.Texts;
import tongguan.exchange.MessageList.Listed;
import tools.jackson.databind.JsonNode;

/** The second try of a message that was quarantined, once what was wrong has been mended. */
final class Replay implements Operation {
  private final Exchange exchange;

  Replay(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public String name() {
    return "message.replay";
  }

  @Override
  public String path() {
    return "/api/v1/messages/{id}/replay";
  }

  @Override
  public String need() {
    return Permissions.MESSAGES_ACT;
  }

  private Listed message(Connection tx, Officer officer, Map<String, String> parameters)
      throws SQLException {
    return exchange
        .listed(
            tx,
            Input.id(parameters.getOrDefault("id", ""), MessageRoutes::unknown),
            officer.sight(Permissions.MESSAGES_ACT).clearance())
        .orElseThrow(MessageRoutes::unknown);
  }

  @Override
  public Draft draft(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Listed message = message(tx, officer, parameters);
    return new Draft(
        new Texts("重新處理訊息", "Replay a message"),
        List.of(
            new Line(new Texts("訊息", "Message"), message.id().toString()),
            new Line(new Texts("發送系統", "Sender"), message.sender()),
            new Line(new Texts("種類", "Kind"), Optional.ofNullable(message.kind()).orElse("-")),
            new Line(
                new Texts("參考號", "Reference"),
                Optional.ofNullable(message.reference()).orElse("-")),
            new Line(new Texts("目前結果", "Outcome so far"), message.outcome().code())),
        message.id() + " " + message.outcome().code() + " " + message.attempts(),
        "message:" + message.id(),
        Optional.empty());
  }

  @Override
  public Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    return exchange.replay(tx, message(tx, officer, parameters), officer.chinese());
  }
}
