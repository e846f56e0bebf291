package tongguan.exchange;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.exchange.message.Rejection;

/** What became of a message, with the reason where it is quarantined. */
record Verdict(UUID message, Outcome outcome, @Nullable Rejection reason) {

  static Verdict of(UUID message, Outcome outcome) {
    return new Verdict(message, outcome, null);
  }

  static Verdict quarantined(UUID message, Rejection reason) {
    return new Verdict(message, Outcome.QUARANTINED, reason);
  }
}
