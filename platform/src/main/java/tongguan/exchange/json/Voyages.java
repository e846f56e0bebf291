package tongguan.exchange.json;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tongguan.record.Fact;
import tongguan.record.Told;

/** What a message about something else says of the voyage that it names. */
final class Voyages {
  private Voyages() {}

  static Fact.Voyage fact(Told told, Fields voyage, @Nullable Instant arrived) {
    return new Fact.Voyage(
        told,
        voyage.voyage(),
        voyage.textOrNull("vesselName"),
        voyage.textOrNull("registration"),
        null,
        null,
        null,
        null,
        null,
        arrived,
        null,
        null);
  }
}
