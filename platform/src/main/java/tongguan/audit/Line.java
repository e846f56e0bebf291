package tongguan.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tongguan.base.Json;
import tongguan.base.Limits;

/**
 * An entry as a node hands it to the database, within the bounds of the log; what is costly to
 * write is written once.
 *
 * @param texts those between the node's time and the count of results, in the order of the columns
 * @param details JSON on one line; more than the log takes is left out, and that is said
 */
record Line(
    UUID id, Instant nodeAt, List<String> texts, long results, String details, String correlation) {

  static Line of(UUID id, Instant nodeAt, Entry entry) {
    return new Line(
        id,
        nodeAt,
        texts(entry),
        entry.results(),
        details(entry.details()),
        plain(entry.correlation()));
  }

  /** The same read, with its count. */
  Line found(long count) {
    return new Line(id, nodeAt, texts, count, details, correlation);
  }

  private static List<String> texts(Entry entry) {
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

  private static String details(Map<String, Object> details) {
    if (details.isEmpty()) {
      return "{}";
    }
    String json = OneLine.ofJson(Json.text(details));
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    return bytes <= Limits.AUDIT_DETAILS_BYTES ? json : Json.text(Map.of("leftOutBytes", bytes));
  }
}
