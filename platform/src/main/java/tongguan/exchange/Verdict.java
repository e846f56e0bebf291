package tongguan.exchange;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.exchange.message.Rejection;

/**
 * What became of a message, with the reason where it is quarantined.
 *
 * @param warnings what was left out of a message that is applied now
 */
record Verdict(
    UUID message, Outcome outcome, @Nullable Rejection reason, List<Rejection> warnings) {

  static Verdict of(UUID message, Outcome outcome) {
    return new Verdict(message, outcome, null, List.of());
  }

  static Verdict applied(UUID message, List<Rejection> warnings) {
    return new Verdict(message, Outcome.APPLIED, null, warnings);
  }

  static Verdict quarantined(UUID message, Rejection reason) {
    return new Verdict(message, Outcome.QUARANTINED, reason, List.of());
  }
}
