package tongguan.core;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.database.SqlFailure;
import tongguan.exchange.Exchange;
import tongguan.exchange.Senders;

/**
 * Fetches the events of one core system and hands them to {@code exchange}, as a sender of its own
 * that speaks for itself only. Over all nodes one is at it, by a lease in the database and not by a
 * lock, because fetching waits for the network. The cursor moves after the messages are stored; so
 * a crash fetches some again, which {@code exchange} knows already.
 */
final class EventsLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventsLoop.class);

  private final Database database;
  private final Exchange exchange;
  private final CoreSystem system;
  private final SystemSettings settings;
  private final UUID node;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread worker;

  EventsLoop(
      Database database, Exchange exchange, CoreSystem system, SystemSettings settings, UUID node) {
    this.database = database;
    this.exchange = exchange;
    this.system = system;
    this.settings = settings;
    this.node = node;
    this.worker = Thread.ofVirtual().name("events " + system.name()).unstarted(this::work);
  }

  void start() {
    worker.start();
  }

  private void work() {
    try {
      do {
        try {
          while (stop.getCount() > 0 && round()) {
            // The next ones at once.
          }
        } catch (Problem | SqlFailure notNow) {
          LOG.atWarn()
              .addKeyValue("system", system.name())
              .setCause(notNow)
              .log("events of a core system have to wait");
        } catch (RuntimeException unexpected) {
          // One bad batch must not end the loop for good; it is met again and seen in the log.
          LOG.atError()
              .addKeyValue("system", system.name())
              .setCause(unexpected)
              .log("events of a core system");
        }
      } while (!stop.await(settings.poll().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether there was something. */
  boolean round() {
    String cursor =
        database
            .inTransaction(
                tx -> new CursorStore(tx).hold(system.name(), node, Limits.CORE_EVENTS_LEASE))
            .orElse(null);
    if (cursor == null) {
      return false;
    }
    return switch (system.events(cursor)) {
      case Events.Away _ -> false;
      case Events.Told told when told.bodies().isEmpty() -> false;
      case Events.Told told -> {
        Senders.Own sender =
            exchange.senders().own(settings.sender(), settings.title().zh(), settings.title().en());
        told.bodies().forEach(body -> exchange.bring(sender, body.mediaType(), body.bytes()));
        yield database.inTransaction(
            tx -> new CursorStore(tx).move(system.name(), node, cursor, told.cursor()));
      }
    };
  }

  /** Ends after the round at work, and lets another node go on. */
  @Override
  public void close() {
    stop.countDown();
    try {
      worker.join(settings.time().plusSeconds(1));
      boolean _ =
          database.inTransaction(tx -> {
            new CursorStore(tx).release(system.name(), node);
            return true;
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Problem | SqlFailure databaseAway) {
      LOG.atInfo().addKeyValue("system", system.name()).log("the lease has to run out by itself");
    }
  }
}
