package tongguan.exchange.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.exchange.message.Arrival;
import tongguan.exchange.message.Notation;
import tongguan.exchange.message.Origin;
import tongguan.exchange.message.Reading;
import tongguan.exchange.message.Rejection;
import tools.jackson.databind.JsonNode;

/** Reads one JSON message: well formed, of a known kind, as its schema wants it, then facts. */
public final class JsonMessages {
  private static final int LONGEST_HEADER = 35;

  private final Schemas schemas;

  public JsonMessages(Schemas schemas) {
    this.schemas = schemas;
  }

  /** Looks at a message without judging it; the judgement is in the arrival's reader. */
  public Arrival look(byte[] raw) {
    if (raw.length > Limits.JSON_MESSAGE_BYTES) {
      return Arrival.broken(Notation.JSON, raw, tooLarge(raw.length));
    }
    Optional<Rejection> notText = JsonText.fault(raw);
    if (notText.isPresent()) {
      return Arrival.broken(Notation.JSON, raw, notText.get());
    }
    try {
      JsonNode tree = Json.read(raw);
      return new Arrival(
          Notation.JSON,
          new byte[0],
          raw,
          raw,
          header(tree, "kind"),
          header(tree, "reference"),
          header(tree, "sender"),
          time(tree),
          null,
          origin -> read(tree, origin),
          classification(tree));
    } catch (Json.Malformed malformed) {
      return Arrival.broken(Notation.JSON, raw, notJson(raw, malformed));
    }
  }

  private Reading read(JsonNode tree, Origin origin) {
    Optional<Rejection> unsound = JsonText.fault(tree);
    if (unsound.isPresent()) {
      return Reading.refused(unsound.get());
    }
    if (!tree.isObject()) {
      return Reading.refused(
          Rejection.at("", "wrong-type", shown(tree), "an object with kind, reference, payload"));
    }
    String word = tree.path("kind").stringValueOpt().orElse("");
    Optional<JsonKind> kind = JsonKind.of(word);
    if (kind.isEmpty()) {
      return Reading.refused(
          Rejection.at("/kind", "unknown-kind", word, String.join(", ", schemas.kinds())));
    }
    return schemas
        .fault(kind.get(), tree)
        .map(Reading::refused)
        .orElseGet(() -> new Reading.Facts(kind.get().facts(JsonMessage.of(tree, origin))));
  }

  private static Rejection tooLarge(int bytes) {
    return Rejection.at(
        "", "message-too-large", bytes + " bytes", "at most " + Limits.JSON_MESSAGE_BYTES);
  }

  static Rejection notJson(byte[] raw, Json.Malformed malformed) {
    long offset = Math.clamp(malformed.offset(), 0, raw.length);
    int from = (int) Math.max(0, offset - 20);
    int length = (int) Math.min(40, raw.length - from);
    String around = new String(raw, from, length, java.nio.charset.StandardCharsets.UTF_8);
    return new Rejection("not-json", "", null, offset, around, malformed.getMessage());
  }

  private static @Nullable String header(JsonNode tree, String name) {
    return tree.path(name)
        .stringValueOpt()
        .filter(text -> text.length() <= LONGEST_HEADER && JsonText.isStorable(text))
        .orElse(null);
  }

  /** Also of a message that is refused: a word that is none of ours counts as the highest. */
  private static int classification(JsonNode tree) {
    JsonNode word = tree.path("classification");
    int level = JsonMessage.CLASSIFICATIONS.indexOf(word.stringValueOpt().orElse(""));
    return word.isMissingNode() ? 0 : level < 0 ? JsonMessage.CLASSIFICATIONS.size() - 1 : level;
  }

  private static @Nullable Instant time(JsonNode tree) {
    String text = tree.path("eventTime").stringValueOpt().orElse("");
    try {
      return Formats.isMoment(text) ? OffsetDateTime.parse(text).toInstant() : null;
    } catch (DateTimeException notATime) {
      return null;
    }
  }

  private static String shown(JsonNode node) {
    return String.valueOf(node.getNodeType()).toLowerCase(java.util.Locale.ROOT);
  }
}
