package tongguan.audit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.Limits;

/** The background work of the log: the order at once, months and checkpoints now and then. */
final class Clockwork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);
  private static final long PAUSE_MILLIS = 200;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 5_000;
  private static final int FAILED = -1;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long DAY = TimeUnit.DAYS.toNanos(1);

  private final Sequencer sequencer;
  private final Runnable eachMinute;
  private final Runnable eachDay;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread;

  Clockwork(Sequencer sequencer, Runnable eachMinute, Runnable eachDay) {
    this.sequencer = sequencer;
    this.eachMinute = eachMinute;
    this.eachDay = eachDay;
    this.thread = Thread.ofPlatform().daemon().name("audit-sequencer").start(this::work);
  }

  private void work() {
    long minute = System.nanoTime() - MINUTE;
    long day = System.nanoTime() - DAY;
    boolean ended = false;
    while (!ended) {
      long now = System.nanoTime();
      int done = unlessItFails(sequencer::round);
      if (now - minute >= MINUTE && done < Limits.AUDIT_ROUND) {
        minute = now;
        unlessItFails(eachMinute);
      }
      if (now - day >= DAY) {
        day = now;
        unlessItFails(eachDay);
      }
      ended =
          done < Limits.AUDIT_ROUND
              && ends(done == FAILED ? PAUSE_AFTER_FAILURE_MILLIS : PAUSE_MILLIS);
    }
    // What was written last, and a last checkpoint over it.
    unlessItFails(sequencer::round);
    unlessItFails(eachMinute);
  }

  @FunctionalInterface
  private interface Round {
    int run();
  }

  private static void unlessItFails(Runnable work) {
    int _ =
        unlessItFails(() -> {
          work.run();
          return 0;
        });
  }

  /** The database may be away for a while; the log waits for it. */
  private static int unlessItFails(Round work) {
    try {
      return work.run();
    } catch (RuntimeException failure) {
      LOG.warn("the audit log's background work failed and is tried again", failure);
      return FAILED;
    }
  }

  private boolean ends(long pauseMillis) {
    try {
      return end.await(pauseMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException notOurs) {
      return true;
    }
  }

  @Override
  public void close() {
    end.countDown();
    try {
      thread.join(Limits.SOCKET_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
