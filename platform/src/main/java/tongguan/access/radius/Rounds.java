package tongguan.access.radius;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.access.radius.DisconnectStore.Order;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.identity.Sessions;

/**
 * What is done again and again: sessions that have gone silent end, on every node; where a node has
 * a link to the gateways, orders to them go out, and who they are is read anew. Nodes share the
 * work by row locks; none waits for another, and no lock is held while a gateway is asked.
 */
final class Rounds implements AutoCloseable, DisconnectStore.Signal {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  /** Orders of other nodes are found as soon as that. */
  private static final long PAUSE_MILLIS = 250;

  /** After a signal, until its transaction has committed. */
  private static final long SHORT_PAUSE_MILLIS = 20;

  private static final long ALERT = TimeUnit.SECONDS.toNanos(2);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long SWEEP = TimeUnit.SECONDS.toNanos(5);
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final int SWEPT_AT_ONCE = 500;
  private static final int REFUSAL_DAYS = 90;

  /** Error-Cause (RFC 5176 §3.5). */
  private static final long UNSUPPORTED_SERVICE = 405;

  private static final long UNSUPPORTED_EXTENSION = 406;
  private static final long NO_SUCH_SESSION = 503;

  private final Database database;
  private final Gateways gateways;
  private final Sessions officers;
  private final Audit audit;
  private final Semaphore signals = new Semaphore(0);
  private final Semaphore places = new Semaphore(Limits.DISCONNECTS_AT_ONCE);
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private volatile long alertUntil = System.nanoTime();
  private volatile boolean open = true;
  private @Nullable Ordering ordering;
  private @Nullable Thread thread;

  Rounds(Database database, Gateways gateways, Sessions officers, Audit audit) {
    this.database = database;
    this.gateways = gateways;
    this.officers = officers;
    this.audit = audit;
  }

  /**
   * @param orders how a node speaks to gateways; null for one that has no link to them
   */
  void start(@Nullable Ordering orders) {
    ordering = orders;
    thread = Thread.ofPlatform().daemon().name("radius-rounds").start(this::work);
  }

  @Override
  public void raise() {
    alertUntil = System.nanoTime() + ALERT;
    signals.release();
  }

  private void work() {
    long refreshed = System.nanoTime() - SECOND;
    long swept = System.nanoTime() - SWEEP;
    long forgotten = System.nanoTime() - HOUR;
    while (open) {
      long now = System.nanoTime();
      Ordering by = ordering;
      if (by != null) {
        if (now - refreshed >= SECOND) {
          refreshed = now;
          unlessItFails(gateways::refresh);
        }
        unlessItFails(() -> order(by));
      }
      if (now - swept >= SWEEP) {
        swept = now;
        unlessItFails(this::sweep);
      }
      if (now - forgotten >= HOUR) {
        forgotten = now;
        unlessItFails(this::forget);
      }
      pause();
    }
  }

  private static void unlessItFails(Runnable work) {
    try {
      work.run();
    } catch (Problem away) {
      LOG.debug("the database is away; the next round tries again", away);
    } catch (RuntimeException failure) {
      LOG.warn("a round of the private network failed and is tried again", failure);
    }
  }

  private void pause() {
    boolean alert = alertUntil - System.nanoTime() > 0;
    try {
      boolean _ =
          signals.tryAcquire(alert ? SHORT_PAUSE_MILLIS : PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      int _ = signals.drainPermits();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends what is due; each order by a thread of its own. */
  private void order(Ordering by) {
    int free = places.drainPermits();
    if (free == 0) {
      return;
    }
    List<Order> due = List.of();
    try {
      due = database.inTransaction(tx -> new DisconnectStore(tx).claim(free));
    } finally {
      places.release(free - due.size());
    }
    for (Order order : due) {
      senders.execute(() -> {
        try {
          unlessItFails(() -> send(order, by));
        } finally {
          places.release();
        }
      });
    }
  }

  private void send(Order order, Ordering by) {
    Optional<Gateway> gateway = gateways.named(order.gateway());
    if (gateway.isEmpty()) {
      return;
    }
    switch (by.say(order, gateway.get())) {
      case Ordering.Heard.Nothing _ -> {
        // It is due again by then, on whatever node.
      }
      case Ordering.Heard.Acknowledged _ -> settle(order, gateway.get(), "ack", null);
      case Ordering.Heard.Refused refused -> refused(order, gateway.get(), refused.cause());
    }
  }

  private void refused(Order order, Gateway gateway, long cause) {
    boolean unknownWay = cause == UNSUPPORTED_SERVICE || cause == UNSUPPORTED_EXTENSION;
    if (unknownWay && !order.change()) {
      boolean _ =
          database.inTransaction(tx -> {
            new DisconnectStore(tx).askOtherwise(order);
            return true;
          });
      raise();
      return;
    }
    settle(order, gateway, "nak", cause);
  }

  private void settle(Order order, Gateway gateway, String answer, @Nullable Long cause) {
    boolean _ =
        database.inTransaction(tx -> {
          DisconnectStore store = new DisconnectStore(tx);
          if (store.answered(order, answer, cause)) {
            audit.write(tx, entry(order, gateway, answer, cause));
            if (order.loss() != null) {
              store.acknowledge(order.loss());
            }
          }
          return true;
        });
  }

  private static Entry entry(Order order, Gateway gateway, String answer, @Nullable Long cause) {
    boolean gone = cause == null || cause == NO_SUCH_SESSION;
    Actor actor =
        new Actor("", "gateway:" + gateway.name(), "", "", gateway.address().getHostAddress(), "");
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("answer", answer);
    details.put("why", order.why());
    details.put("attempts", order.attempts());
    details.put("kind", order.change() ? "change" : "disconnect");
    if (cause != null) {
      details.put("errorCause", cause);
    }
    String record = "apn-session:" + order.session();
    if (!gone) {
      LOG.warn(
          "alarm: gateway {} refused to end a session (Error-Cause {})", gateway.name(), cause);
      return Entry.refused("network.disconnect", "gateway-refused", actor, "")
          .about(record)
          .with(details);
    }
    return Entry.done("network.disconnect", actor, record, "").with(details);
  }

  /** Ends what has been silent for too long, with all that hung on it. */
  void sweep() {
    int ended;
    do {
      ended = database.inTransaction(this::sweep);
    } while (ended == SWEPT_AT_ONCE);
  }

  private int sweep(Connection tx) throws SQLException {
    List<String> silent = new SessionStore(tx).endSilent(SWEPT_AT_ONCE);
    int _ = officers.endOfNetwork(tx, silent, "network-silent");
    return silent.size();
  }

  private void forget() {
    int _ = database.query(connection -> RefusalStore.forget(connection, REFUSAL_DAYS));
    boolean _ =
        database.inTransaction(tx -> {
          for (String session : new DisconnectStore(tx).giveUp()) {
            LOG.warn("alarm: no gateway has answered the order to end session {}", session);
            audit.write(
                tx,
                Entry.refused("network.disconnect", "given-up", Actor.PLATFORM, "")
                    .about("apn-session:" + session));
          }
          return true;
        });
  }

  @Override
  public void close() {
    open = false;
    senders.shutdown();
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join(Limits.DRAIN.toMillis());
        boolean _ = senders.awaitTermination(Limits.DRAIN.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
