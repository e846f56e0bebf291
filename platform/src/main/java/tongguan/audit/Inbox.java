package tongguan.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tongguan.base.Limits;

/**
 * What waits to be written, and when that is due. Whoever waits for the disk is not kept: a round
 * begins at once. Announcements have as long as their reads take, so where many come they are
 * gathered for a part of that; entries that follow an answer wait a little for company, since
 * nobody waits for them.
 */
final class Inbox {
  private static final long LINGER = Limits.AUDIT_LINGER.toNanos();
  private static final long LONGEST_GATHERING = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST_WAIT = TimeUnit.HOURS.toNanos(1);
  private static final long PAUSE_AFTER_FAILURE = TimeUnit.SECONDS.toNanos(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private final Queue<Written> written = new ArrayDeque<>();
  private final Queue<Announced> announced = new ArrayDeque<>();
  private final Queue<Announced> followed = new ArrayDeque<>();
  private boolean hurried;
  private boolean closed;
  private long lastRound = System.nanoTime();
  private long followDue;

  /** How long reads take from their announcement on, smoothed. */
  private long readNanos;

  /** An entry whose writer waits for the disk. */
  record Written(Line line, CompletableFuture<Boolean> durable) {}

  /**
   * What goes into one transaction.
   *
   * @param last whether nothing can come after it
   */
  record Round(
      List<Written> written, List<Announced> announced, List<Announced> followed, boolean last) {}

  /** False where there is no room, or nobody to take it. */
  boolean add(Written entry) {
    return locked(() -> {
      boolean room = hasRoom();
      if (room) {
        written.add(entry);
        changed.signal();
      }
      return room;
    });
  }

  boolean add(Announced read) {
    return locked(() -> {
      boolean room = hasRoom();
      if (room) {
        announced.add(read);
        // The first one sets the time of the round; who comes after it goes along.
        if (announced.size() == 1) {
          changed.signal();
        }
      }
      return room;
    });
  }

  private boolean hasRoom() {
    return !closed && written.size() + announced.size() + followed.size() < Limits.AUDIT_QUEUE;
  }

  /** A read took so long from its announcement on; it waits for that now, where it must. */
  void readTook(long nanos, boolean waits) {
    // Without the lock: what readers lose of each other does not matter to an estimate.
    readNanos += (nanos - readNanos) / 8;
    if (waits) {
      boolean _ =
          locked(() -> {
            if (!hurried && !announced.isEmpty()) {
              hurried = true;
              changed.signal();
            }
            return hurried;
          });
    }
  }

  /** The answer is known. */
  void follow(Announced read) {
    boolean _ =
        locked(() -> {
          if (followed.isEmpty()) {
            followDue = System.nanoTime() + LINGER;
            changed.signal();
          }
          return followed.add(read);
        });
  }

  /** What could not be written is tried again after a pause; false where the log is closing. */
  boolean followAgain(List<Announced> reads) {
    return locked(() -> {
      followDue = System.nanoTime() + PAUSE_AFTER_FAILURE;
      return !closed && followed.addAll(reads);
    });
  }

  /** Waits for the next round. */
  Round next() {
    lock.lock();
    try {
      for (long wait = untilDue(); wait > 0; wait = untilDue()) {
        boolean _ = changed.awaitNanos(wait) > 0;
      }
    } catch (InterruptedException notOurs) {
      // A round that comes early does no harm.
    } finally {
      lock.unlock();
    }
    return take();
  }

  private long untilDue() {
    if (closed || hurried || !written.isEmpty()) {
      return 0;
    }
    long now = System.nanoTime();
    long wait = LONGEST_WAIT;
    if (!announced.isEmpty()) {
      wait = lastRound + Math.min(readNanos / 2, LONGEST_GATHERING) - now;
    }
    return followed.isEmpty() ? wait : Math.min(wait, followDue - now);
  }

  private Round take() {
    lock.lock();
    try {
      lastRound = System.nanoTime();
      hurried = false;
      boolean follow = closed || lastRound >= followDue;
      return new Round(
          some(written),
          some(announced),
          follow ? some(followed) : List.of(),
          closed && written.isEmpty() && announced.isEmpty() && followed.isEmpty());
    } finally {
      lock.unlock();
    }
  }

  private static <T> List<T> some(Queue<T> queue) {
    List<T> taken = new ArrayList<>(Math.min(queue.size(), Limits.AUDIT_BATCH));
    while (!queue.isEmpty() && taken.size() < Limits.AUDIT_BATCH) {
      taken.add(queue.remove());
    }
    return taken;
  }

  void close() {
    boolean _ =
        locked(() -> {
          closed = true;
          changed.signal();
          return true;
        });
  }

  @FunctionalInterface
  private interface Change {
    boolean make();
  }

  private boolean locked(Change change) {
    lock.lock();
    try {
      return change.make();
    } finally {
      lock.unlock();
    }
  }
}
