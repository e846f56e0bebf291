package tongguan.steward;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import tongguan.steward.base.Limits;

/** Pauses between tries: each up to twice the one before, and no two devices in step. */
final class Backoff {
  private long millis = Limits.BACKOFF_FIRST.toMillis();

  Duration next() {
    long most = millis;
    millis = Math.min(millis * 2, Limits.BACKOFF_LAST.toMillis());
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }

  void succeeded() {
    millis = Limits.BACKOFF_FIRST.toMillis();
  }
}
