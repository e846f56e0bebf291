package tongguan.steward.guard;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.steward.base.Uptime;

/** The platform's clock, carried on by a clock that nobody on the device can set. */
public final class PlatformTime {
  private record Reading(Instant at, long uptime) {}

  private final Uptime uptime;
  private volatile @Nullable Reading reading;

  public PlatformTime(Uptime uptime) {
    this.uptime = uptime;
  }

  public void heard(Instant at) {
    reading = new Reading(at, uptime.millis());
  }

  /** Empty until the platform has said what time it is. */
  public Optional<Instant> now() {
    Reading last = reading;
    return last == null
        ? Optional.empty()
        : Optional.of(last.at().plusMillis(uptime.millis() - last.uptime()));
  }
}
