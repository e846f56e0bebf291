package tongguan.base.outbound;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spares everyone the wait for who does not answer: after some failures in a row nobody is asked
 * for a while, then one, and only when that one was answered are all again. Safe for any number of
 * threads.
 */
public final class Breaker {
  private final int failures;
  private final long restNanos;
  private final LongSupplier nanos;
  private int inARow;
  private long restsUntil;
  private boolean trying;

  /**
   * @param nanos a monotonic clock
   */
  public Breaker(int failures, Duration rest, LongSupplier nanos) {
    this.failures = failures;
    this.restNanos = rest.toNanos();
    this.nanos = nanos;
  }

  /** Whether to ask; whoever gets a yes tells what came of it. */
  public synchronized boolean lets() {
    if (inARow < failures) {
      return true;
    }
    if (trying || nanos.getAsLong() - restsUntil < 0) {
      return false;
    }
    trying = true;
    return true;
  }

  /** Whether somebody is spared at present; asking this asks nobody. */
  public synchronized boolean rests() {
    return inARow >= failures;
  }

  public synchronized void answered() {
    inARow = 0;
    trying = false;
  }

  public synchronized void failed() {
    inARow++;
    trying = false;
    restsUntil = nanos.getAsLong() + restNanos;
  }
}
