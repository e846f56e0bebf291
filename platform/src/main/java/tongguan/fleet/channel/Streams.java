package tongguan.fleet.channel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import tongguan.base.Ids;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.database.SharedRead;
import tongguan.fleet.authority.Certificates;
import tongguan.fleet.channel.StreamStore.Change;
import tongguan.fleet.channel.StreamStore.Opened;
import tongguan.fleet.channel.StreamStore.Opening;

/**
 * The streams that devices hold on this node, at most one for each device. What comes over them is
 * in the database and read by {@link Rounds}, for all of them at once.
 */
public final class Streams {
  /** This run of this node. */
  private final UUID node;

  private final Ids ids;
  private final Certificates certificates;
  private final SharedRead<Opening, Opened> openings;
  private final Map<UUID, Held> held = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final Queue<Command> sent = new ConcurrentLinkedQueue<>();
  private final Queue<Held> left = new ConcurrentLinkedQueue<>();
  private final Queue<UUID> fresh = new ConcurrentLinkedQueue<>();
  private volatile boolean closing;

  Streams(Database database, Ids ids, Certificates certificates) {
    this.node = ids.next();
    this.ids = ids;
    this.certificates = certificates;
    this.openings =
        new SharedRead<>(
            database,
            Limits.STREAM_LANES,
            Limits.STREAMS_TOGETHER,
            (connection, asked) -> new StreamStore(connection).open(node, asked));
  }

  /** A stream that was opened, and what the device is told first. */
  public record Begun(
      Held held, java.time.Instant time, int heartbeatSeconds, int lockHours, int wipeDays) {}

  /**
   * Opens a stream for a device that was let in; one that it had before ends.
   *
   * @param serial of the certificate that it came in by
   * @throws Problem 503 where this node holds as many as it can, or is about to leave
   */
  public Begun open(UUID device, byte[] serial) {
    if (closing) {
      throw Problem.unavailable("stopping", 2, "系統正在停止。", "The platform is stopping.");
    }
    if (open.incrementAndGet() > Limits.STREAMS) {
      open.decrementAndGet();
      throw Problem.unavailable(
          "streams-full", 30, "連線數已達上限，請稍後再試。", "This node holds as many streams as it can.");
    }
    Held stream = new Held(ids.next(), device, serial, this);
    Held before = held.put(device, stream);
    if (before != null) {
      before.end("replaced");
    }
    boolean begun = false;
    try {
      Opened opened = openings.read(new Opening(stream.id(), device, serial));
      if (opened.firstSight()) {
        certificates.seen(serial, device);
      }
      stream.registered(opened.holds(), opened.commands());
      fresh.add(device);
      begun = true;
      return new Begun(
          stream, opened.time(), opened.heartbeatSeconds(), opened.lockHours(), opened.wipeDays());
    } finally {
      if (!begun) {
        left(stream);
      }
      if (closing) {
        stream.end("stopping");
      }
    }
  }

  void left(Held stream) {
    if (held.remove(stream.device(), stream) || stream.isRegistered()) {
      left.add(stream);
    }
    open.decrementAndGet();
  }

  void sent(Command command) {
    sent.add(command);
  }

  /** How many devices hold one here. */
  public int count() {
    return open.get();
  }

  UUID node() {
    return node;
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  Optional<Held> of(UUID device) {
    return Optional.ofNullable(held.get(device));
  }

  List<Held> all() {
    return List.copyOf(held.values());
  }

  /** Whether this order has yet to go over a stream of this node. */
  boolean wants(Change.Ordered order) {
    Held stream = held.get(order.device());
    return stream != null && stream.wants(order.number(), order.wipe());
  }

  void end(Change.Over over) {
    Held stream = held.get(over.device());
    if (stream != null && stream.id().equals(over.stream())) {
      stream.end(over.why());
    }
  }

  Queue<Command> sent() {
    return sent;
  }

  /** Whose streams were opened since the last time. */
  Queue<UUID> fresh() {
    return fresh;
  }

  Queue<Held> left() {
    return left;
  }

  /** All of them end, and none begins any more. */
  void endAll() {
    closing = true;
    held.values().forEach(stream -> stream.end("stopping"));
  }
}
