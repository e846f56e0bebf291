package tongguan.simulator;

import java.io.PrintStream;
import java.time.Duration;
import java.time.ZonedDateTime;

/**
 * Weeks of port life, voyage by voyage: about three quarters of the containers come in, the others
 * go out. Ships and flights are spread evenly, the last ones after {@code until}, so that work is
 * open everywhere.
 */
final class World {
  private static final Duration AHEAD = Duration.ofDays(3);

  private final Journal journal;
  private final long seed;
  private final ZonedDateTime until;
  private final PrintStream progress;
  private long serial;

  World(Journal journal, long seed, ZonedDateTime until, PrintStream progress) {
    this.journal = journal;
    this.seed = seed;
    this.until = until;
    this.progress = progress;
  }

  /** A number that nothing else in this world has. */
  long nextSerial() {
    return ++serial;
  }

  void live(int containers) {
    int perCall = Math.clamp(containers / 40, 20, 2_000);
    int calls = Math.ceilDiv(containers, perCall);
    Duration span = Duration.ofDays(Math.clamp(containers / 400, 14, 120));
    for (int call = 0; call < calls; call++) {
      ZonedDateTime arrival = moment(call, calls, span);
      new SeaCall(this, journal, seed, call, arrival)
          .sail(Math.min(perCall, containers - call * perCall));
      if (call % 2 == 0) {
        new Flight(this, journal, seed, call / 2, arrival.plusHours(7))
            .fly(Math.max(8, perCall / 4));
      }
      if (progress(call, calls)) {
        progress.printf("\rsample world: %d of %d voyages", call + 1, calls);
      }
    }
    progress.println();
  }

  private boolean progress(int call, int calls) {
    return call % Math.max(1, calls / 50) == 0 || call == calls - 1;
  }

  private ZonedDateTime moment(int call, int calls, Duration span) {
    long seconds = span.plus(AHEAD).toSeconds();
    return until
        .minus(span)
        .plusSeconds(seconds * call / Math.max(1, calls - 1))
        .withSecond(0)
        .withNano(0);
  }
}
