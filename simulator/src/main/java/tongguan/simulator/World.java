package tongguan.simulator;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import tongguan.simulator.air.Flight;
import tongguan.simulator.port.Call;
import tongguan.simulator.port.SeaCall;
import tongguan.simulator.port.Serials;
import tongguan.simulator.port.Yard;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.wire.Journal;

/**
 * Weeks of port life, voyage by voyage in the order of arrival; only the current voyage and what
 * stands in the yards are in memory. About three quarters of the containers come in, the others go
 * out. More ships come after the end, so that work is open everywhere.
 */
final class World {
  private static final Duration AHEAD = Duration.ofDays(3);

  /** How long the last ship that counts has lain at its berth. */
  private static final Duration BERTHED = Duration.ofHours(10);

  private static final int LEAST_CALL = 20;
  private static final int LARGEST_CALL = 2_000;
  private static final int CALLS_OF_A_SMALL_WORLD = 40;
  private static final int CONTAINERS_A_DAY = 400;

  private final Journal journal;
  private final long seed;
  private final LocalDateTime until;
  private final Progress progress;
  private final Serials serials = new Serials();
  private final Yard yard = new Yard();

  World(Journal journal, long seed, LocalDateTime until, Progress progress) {
    this.journal = journal;
    this.seed = seed;
    this.until = until;
    this.progress = progress;
  }

  void live(int containers) throws IOException {
    int usual = Math.clamp(containers / CALLS_OF_A_SMALL_WORLD, LEAST_CALL, LARGEST_CALL);
    int calls = Math.ceilDiv(containers, usual);
    Duration span = Duration.ofDays(Math.clamp(containers / CONTAINERS_A_DAY, 14, 120));
    Duration between = span.dividedBy(calls);
    int ahead = (int) AHEAD.dividedBy(between);
    for (int call = 0; call < calls + ahead; call++) {
      LocalDateTime arrival =
          until
              .minus(between.multipliedBy(calls - 1 - call))
              .minus(BERTHED)
              .truncatedTo(ChronoUnit.MINUTES);
      sail(call, arrival, call < calls ? Math.min(usual, containers - call * usual) : usual);
      if (call % 2 == 0) {
        fly(call / 2, arrival.plusHours(7), Math.max(30, usual / 3));
      }
      progress.done(call + 1, calls + ahead);
    }
  }

  private void sail(int index, LocalDateTime arrival, int containers) throws IOException {
    Dice dice = new Dice(seed, "ship", index);
    Call call = Call.of(dice, index, arrival);
    new SeaCall(journal, yard, serials, dice, call).sail(containers);
    journal.closeVoyage(dice);
  }

  private void fly(int index, LocalDateTime arrival, int parcels) throws IOException {
    Dice dice = new Dice(seed, "flight", index);
    new Flight(journal, serials, dice, index, arrival).fly(parcels);
    journal.closeVoyage(dice);
  }
}
