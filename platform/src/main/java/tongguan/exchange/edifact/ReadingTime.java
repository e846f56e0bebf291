package tongguan.exchange.edifact;

import java.util.function.LongSupplier;
import tongguan.base.Limits;

/**
 * The time that one message may take to be read. Reading is linear, so that it is used up only
 * where a bound does not hold what it promises, or the machine has stood still; then the message is
 * refused and the thread is free again.
 */
final class ReadingTime {
  /** A look at the clock costs some 25 ns, which a walk need not pay at each of its steps. */
  private static final int STEPS_BETWEEN_LOOKS = 64;

  private final LongSupplier nanos;
  private final Faults faults;
  private final long began;
  private int steps;
  private boolean over;

  ReadingTime(LongSupplier nanos, Faults faults) {
    this.nanos = nanos;
    this.faults = faults;
    this.began = nanos.getAsLong();
  }

  /** Asked at each segment of a walk; says so to the faults once it is over. */
  boolean isOver(int position) {
    if (!over && steps++ % STEPS_BETWEEN_LOOKS == 0) {
      over = nanos.getAsLong() - began > Limits.EDIFACT_READING.toNanos();
      if (over) {
        String most = "≤ " + Limits.EDIFACT_READING.toSeconds() + " s";
        faults.add(Fault.TOOK_TOO_LONG, Math.max(1, position), "", 0, 0, null, most);
      }
    }
    return over;
  }
}
