package tongguan.simulator.core;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What this system knows of a declaration. Of one that it first hears of through an order it knows
 * nothing, which it takes for leave: what happened before was with another system.
 */
final class Declared {
  @Nullable Boolean held;
  @Nullable Boolean released;
  boolean seized;

  /** For inspection, which has not been told of yet. */
  boolean flagged;

  String method = "M";
  String last = "unknown";
  private Instant at = Instant.EPOCH;
  private int steps;

  /** Later than anything told of it before, by a second at least: some messages know no less. */
  Instant next(Instant now) {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    at = second.isAfter(at) ? second : at.plusSeconds(1);
    steps++;
    return at;
  }

  /** As the world's writer left it. */
  static Declared of(JsonNode line) {
    Declared known = new Declared();
    known.held = line.path("held").asBoolean();
    known.released = line.path("released").asBoolean();
    known.seized = line.path("seized").asBoolean();
    known.method = line.path("method").asString("M");
    known.last = line.path("step").asString("unknown");
    known.told(OffsetDateTime.parse(line.path("at").asString("")).toInstant());
    return known;
  }

  /** Taken up again from the journal. */
  void told(Instant when) {
    at = when.isAfter(at) ? when : at;
    steps++;
  }

  ObjectNode json(String number) {
    return Json.object()
        .put("declaration", number)
        .put("lastStep", last)
        .put("held", Boolean.TRUE.equals(held))
        .put("released", Boolean.TRUE.equals(released))
        .put("seized", seized)
        .put("flagged", flagged)
        .put("steps", steps);
  }
}
