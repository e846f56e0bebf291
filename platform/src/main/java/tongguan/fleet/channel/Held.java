package tongguan.fleet.channel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tongguan.base.Limits;

/**
 * One device's held stream on this node, between whoever has something for it and the thread that
 * writes it. What waits here is in the database, too, so that ending a stream loses nothing.
 */
public final class Held implements AutoCloseable {
  private final UUID id;
  private final UUID device;
  private final byte[] serial;
  private final Streams streams;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private final Queue<Command> waiting = new ArrayDeque<>();
  private @Nullable String end;

  /** The highest number that was put here; what is asked again is not sent again. */
  private long highest;

  /** The number of the order to wipe that was put here; 0 for none. */
  private long wipe;

  /** Whether nothing but a wipe is for it: the device was cut off. */
  private boolean cutOff;

  private volatile boolean registered;

  Held(UUID id, UUID device, byte[] serial, Streams streams) {
    this.id = id;
    this.device = device;
    this.serial = serial;
    this.streams = streams;
  }

  /** What there is for the device. */
  public sealed interface Next {
    record Order(Command command) implements Next {}

    /** Nothing in that time. */
    record Nothing() implements Next {}

    /**
     * Nothing more will come.
     *
     * @param why for the log
     */
    record End(String why) implements Next {}
  }

  /** Waits for it; an end comes before all that waits, but for an order to wipe. */
  public Next next(Duration patience) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (true) {
        Command first = waiting.peek();
        if (end != null && (first == null || !first.isWipe())) {
          return new Next.End(end);
        }
        if (first != null) {
          return new Next.Order(waiting.remove());
        }
        if (left <= 0) {
          return new Next.Nothing();
        }
        left = something.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Next.End("stopping");
    } finally {
      lock.unlock();
    }
  }

  /** It is on the wire. */
  public void sent(Command command) {
    streams.sent(command);
  }

  /** In the order of their numbers, an order to wipe before all others and then alone. */
  void put(List<Command> commands) {
    lock.lock();
    try {
      Optional<Command> toWipe = commands.stream().filter(Command::isWipe).findFirst();
      if (toWipe.isPresent()) {
        if (wipe < toWipe.get().number()) {
          wipe = toWipe.get().number();
          waiting.clear();
          waiting.add(toWipe.get());
        }
      } else if (wipe == 0 && !cutOff) {
        for (Command command : commands) {
          if (command.number() > highest) {
            highest = command.number();
            waiting.add(command);
          }
        }
        if (waiting.size() > Limits.STREAM_QUEUE) {
          waiting.clear();
          end = "slow";
        }
      }
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether this order has not come by here yet. */
  boolean wants(long number, boolean toWipe) {
    lock.lock();
    try {
      return end == null && (toWipe ? number > wipe : wipe == 0 && !cutOff && number > highest);
    } finally {
      lock.unlock();
    }
  }

  /** It is in the registry of streams from now on. */
  void registered(boolean holds, List<Command> commands) {
    lock.lock();
    try {
      cutOff = !holds;
    } finally {
      lock.unlock();
    }
    put(commands);
    registered = true;
  }

  boolean isRegistered() {
    return registered;
  }

  void end(String why) {
    lock.lock();
    try {
      if (end == null) {
        end = why;
      }
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  UUID id() {
    return id;
  }

  UUID device() {
    return device;
  }

  byte[] serial() {
    return serial;
  }

  /** The device is no longer there. */
  @Override
  public void close() {
    streams.left(this);
  }
}
