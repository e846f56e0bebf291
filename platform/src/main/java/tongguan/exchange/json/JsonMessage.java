package tongguan.exchange.json;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import tongguan.exchange.message.Origin;
import tongguan.record.Told;
import tools.jackson.databind.JsonNode;

/** A message that fits its schema: its envelope read, its payload to be read by its kind. */
record JsonMessage(
    String reference,
    Instant eventTime,
    Told.Function function,
    int classification,
    Origin origin,
    Fields payload) {
  /** 普通, 密, 機密; the place in the list is the level. */
  static final List<String> CLASSIFICATIONS = List.of("ordinary", "secret", "confidential");

  static JsonMessage of(JsonNode tree, Origin origin) {
    Fields envelope = new Fields(tree);
    return new JsonMessage(
        envelope.text("reference"),
        OffsetDateTime.parse(envelope.text("eventTime")).toInstant(),
        Told.Function.valueOf(envelope.text("function", "original").toUpperCase(Locale.ROOT)),
        CLASSIFICATIONS.indexOf(envelope.text("classification", "ordinary")),
        origin,
        envelope.object("payload"));
  }

  /** The stamp of facts that happened when the message says. */
  Told told() {
    return origin.told(eventTime, function).classified(classification);
  }

  boolean cancels() {
    return function == Told.Function.CANCEL;
  }
}
