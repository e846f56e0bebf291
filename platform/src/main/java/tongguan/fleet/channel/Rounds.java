package tongguan.fleet.channel;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.Limits;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;
import tongguan.fleet.channel.StreamStore.Change;

/**
 * Asks the database on behalf of all streams of this node: every half second, and when an order was
 * given. One statement tells what has changed and one reads the orders that are new here, however
 * many streams there are. It has a connection of its own, so that it never waits behind requests.
 */
final class Rounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
  private static final long SWEEP = Duration.ofSeconds(30).toNanos();
  private static final long DAY = Duration.ofDays(1).toNanos();
  private static final int MONTHS_AHEAD = 2;

  private final Database lane;
  private final Streams streams;
  private final Grants grants;
  private final Policies policies;
  private final Thread thread;
  private volatile boolean ending;

  private long swept = System.nanoTime();
  private @Nullable Long madeMonths;
  private String policyMark = "";

  Rounds(Database lane, Streams streams, Grants grants, Policies policies) {
    this.lane = lane;
    this.streams = streams;
    this.grants = grants;
    this.policies = policies;
    this.thread = Thread.ofPlatform().daemon().name("device-streams").start(this::work);
  }

  private void work() {
    while (!ending) {
      try {
        round();
        listen();
      } catch (RuntimeException failure) {
        if (!ending) {
          LOG.warn("asking for the streams of devices failed and is tried again", failure);
          pause();
        }
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(AFTER_FAILURE);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until an order is given somewhere, or it is time again. */
  private void listen() {
    boolean _ =
        lane.query(connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("listen " + CommandStore.BELL);
          }
          return connection
                  .unwrap(PGConnection.class)
                  .getNotifications((int) Limits.STREAM_ROUND.toMillis())
                  .length
              > 0;
        });
  }

  private void round() {
    if (!streams.isEmpty()) {
      List<Grants.Difference> differences =
          lane.query(connection -> grants.differences(connection, streams.node()));
      differences.forEach(this::settle);
      tellPolicies(false);
      boolean _ =
          lane.query(connection -> {
            List<Change> changes = new StreamStore(connection).changes(streams.node());
            deliver(connection, changes);
            return true;
          });
    }
    note();
    long now = System.nanoTime();
    if (now - swept >= SWEEP) {
      swept = now;
      sweep();
    }
    if (madeMonths == null || now - madeMonths >= DAY) {
      madeMonths = now;
      boolean _ = lane.query(c -> Sql.of(c, "select fleet.make_months(?)", MONTHS_AHEAD).exists());
    }
  }

  /** To all where one has changed or it is time to look again, else to those that are new here. */
  private void tellPolicies(boolean again) {
    List<UUID> fresh = drained(streams.fresh());
    String mark = lane.query(policies::mark);
    boolean all = again || !mark.equals(policyMark);
    if (all || !fresh.isEmpty()) {
      for (PolicyStore.ToTell one :
          lane.query(c -> policies.untold(c, streams.node(), all ? null : fresh))) {
        boolean _ =
            lane.inTransaction(tx -> {
              policies.tell(tx, one);
              return true;
            });
      }
      policyMark = mark;
    }
  }

  private void settle(Grants.Difference difference) {
    boolean _ =
        lane.inTransaction(tx -> {
          grants.settle(tx, difference);
          return true;
        });
  }

  private void deliver(Connection connection, List<Change> changes) throws SQLException {
    List<UUID> devices = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.Ordered order && streams.wants(order)) {
        devices.add(order.device());
        numbers.add(order.number());
      }
    }
    if (!devices.isEmpty()) {
      put(new CommandStore(connection).commands(devices, numbers));
    }
    // Ends come last, so that an order to wipe of the same moment still goes out.
    for (Change change : changes) {
      if (change instanceof Change.Over over) {
        streams.end(over);
      }
    }
  }

  private void put(List<Command> commands) {
    Map<UUID, List<Command>> byDevice = new HashMap<>();
    for (Command command : commands) {
      byDevice.computeIfAbsent(command.device(), device -> new ArrayList<>()).add(command);
    }
    byDevice.forEach((device, own) -> streams.of(device).ifPresent(held -> held.put(own)));
  }

  /** Writes down what went out and which streams are over. */
  private void note() {
    List<Command> sent = drained(streams.sent());
    List<Held> left = drained(streams.left());
    if (sent.isEmpty() && left.isEmpty()) {
      return;
    }
    boolean _ =
        lane.query(connection -> {
          if (!sent.isEmpty()) {
            new CommandStore(connection)
                .sent(
                    sent.stream().map(Command::device).toList(),
                    sent.stream().map(Command::number).toList());
          }
          if (!left.isEmpty()) {
            new StreamStore(connection)
                .leave(
                    left.stream().map(Held::device).toList(), left.stream().map(Held::id).toList());
          }
          return true;
        });
  }

  private static <T> List<T> drained(Queue<T> queue) {
    List<T> drained = new ArrayList<>();
    for (T item = queue.poll(); item != null; item = queue.poll()) {
      drained.add(item);
    }
    return drained;
  }

  /** Everything anew, whatever a round may have missed; and what ran out without an answer. */
  private void sweep() {
    tellPolicies(true);
    List<Held> before = streams.all().stream().filter(Held::isRegistered).toList();
    boolean _ =
        lane.query(connection -> {
          int unused = new CommandStore(connection).expire();
          Set<UUID> known = new HashSet<>();
          for (StreamStore.Registered stream : new StreamStore(connection).all(streams.node())) {
            known.add(stream.stream());
            if (stream.over() != null) {
              streams.end(new Change.Over(stream.device(), stream.stream(), stream.over()));
            }
          }
          before.stream()
              .filter(held -> !known.contains(held.id()))
              .forEach(held -> held.end("replaced"));
          return true;
        });
  }

  @Override
  public void close() {
    ending = true;
    try {
      thread.join(Limits.STREAM_ROUND.plusSeconds(2).toMillis());
      note();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException databaseAway) {
      LOG.debug("the end of this node's streams was not written down", databaseAway);
    }
  }
}
