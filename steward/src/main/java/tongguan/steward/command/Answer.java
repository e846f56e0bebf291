package tongguan.steward.command;

import tongguan.steward.base.Json;
import tongguan.steward.base.Texts;
import tongguan.steward.enrol.Identity;
import tools.jackson.databind.node.ObjectNode;

/** What became of a command: {@code outcome} is done, refused or failed. */
public record Answer(long number, String kind, String outcome, String detail) {
  static Answer done(Command command, String detail) {
    return new Answer(command.number(), command.kind(), "done", detail);
  }

  static Answer refused(Command command, String why) {
    return new Answer(command.number(), command.kind(), "refused", why);
  }

  static Answer failed(Command command, String why) {
    return new Answer(command.number(), command.kind(), "failed", why);
  }

  /** With the signature of the key that the connection shows, too. */
  String signedBy(Identity identity) {
    ObjectNode json = json();
    json.put(
        "signature",
        identity.sign(
            String.join(
                "\n",
                "tongguan-answer-v1",
                identity.device(),
                Long.toString(number),
                kind,
                outcome,
                Texts.sha256(detail))));
    return Json.write(json);
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("number", number);
    json.put("kind", kind);
    json.put("outcome", outcome);
    json.put("detail", detail);
    return json;
  }
}
