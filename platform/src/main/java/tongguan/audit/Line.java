package tongguan.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tongguan.base.Json;
import tongguan.base.Limits;

/** An entry as a node hands it to the database, within the bounds of the log. */
record Line(UUID id, Instant nodeAt, Entry entry) {

  /** The texts between the node's time and the count of results, in the order of the columns. */
  List<String> texts() {
    Actor actor = entry.actor();
    return List.of(
        plain(entry.act()),
        entry.outcome().code(),
        plain(entry.code()),
        plain(actor.account()),
        plain(actor.name()),
        plain(actor.unit()),
        plain(actor.device()),
        plain(actor.address()),
        plain(actor.session()),
        plain(entry.record()));
  }

  static String plain(String text) {
    return OneLine.of(text, Limits.AUDIT_TEXT_CHARACTERS);
  }

  String correlation() {
    return plain(entry.correlation());
  }

  /** JSON on one line; more than the log takes is left out, and that is said. */
  String details() {
    String json = OneLine.ofJson(Json.text(entry.details()));
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    return bytes <= Limits.AUDIT_DETAILS_BYTES ? json : Json.text(Map.of("leftOutBytes", bytes));
  }
}
