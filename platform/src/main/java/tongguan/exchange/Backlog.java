package tongguan.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.database.Database;
import tongguan.exchange.MessageList.Stored;
import tongguan.exchange.Senders.Trust;
import tongguan.exchange.message.Rejection;

/**
 * Applies what was stored and not applied, because a node died or the database was away in between.
 * Looks at start and every few seconds; every node does, and they share the work by row locks. Also
 * makes the months' tables ahead and forgets old replies.
 */
final class Backlog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
  private static final int PAUSE_SECONDS = 5;

  /** Younger ones are in the hands of the request that brought them. */
  private static final int AGE_SECONDS = 15;

  private static final int BATCH = 500;

  /** Tried together this often, then alone, so that one that kills the process takes no other. */
  private static final int TRIES_TOGETHER = 2;

  private static final int TRIES = 5;
  private static final long CARE_NANOS = TimeUnit.HOURS.toNanos(6);

  private final Database database;
  private final Senders senders;
  private final Cutting cutting;
  private final Applying applying;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread worker;

  Backlog(Database database, Senders senders, Cutting cutting, Applying applying) {
    this.database = database;
    this.senders = senders;
    this.cutting = cutting;
    this.applying = applying;
    this.worker = Thread.ofVirtual().name("backlog").unstarted(this::work);
  }

  void start() {
    worker.start();
  }

  private void work() {
    int age = 0;
    long careAt = System.nanoTime();
    try {
      do {
        try {
          if (System.nanoTime() - careAt >= 0) {
            takeCare();
            careAt = System.nanoTime() + CARE_NANOS;
          }
          while (applySome(age) == BATCH && stop.getCount() > 0) {
            // The next batch at once.
          }
          age = AGE_SECONDS;
        } catch (RuntimeException notNow) {
          LOG.atWarn().setCause(notNow).log("the backlog has to wait");
        }
      } while (!stop.await(PAUSE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeCare() {
    database.inTransaction(transaction -> {
      try (var statement = transaction.createStatement()) {
        statement.execute("select exchange.make_months(2)");
      }
      new TransmissionStore(transaction).forgetOldAnswers();
      return true;
    });
  }

  /** How many messages were taken up. */
  int applySome(int olderThanSeconds) {
    List<Stored> open =
        database.inTransaction(
            transaction -> new MessageList(transaction).takeOpen(olderThanSeconds, BATCH));
    Map<String, List<Stored>> together = new TreeMap<>();
    for (Stored stored : open) {
      if (stored.attempts() > TRIES) {
        giveUp(stored);
      } else if (stored.attempts() > TRIES_TOGETHER) {
        apply(stored.carriedBy(), List.of(stored));
      } else {
        together.computeIfAbsent(stored.carriedBy(), carrier -> new ArrayList<>()).add(stored);
      }
    }
    together.forEach(this::apply);
    if (!open.isEmpty()) {
      LOG.atInfo().addKeyValue("messages", open.size()).log("took up stored messages");
    }
    return open.size();
  }

  private void apply(String carrier, List<Stored> stored) {
    Optional<Trust> trust = senders.trustIn(carrier);
    if (trust.isPresent()) {
      applying.apply(trust.get(), stored.stream().map(cutting::again).toList());
    } else {
      quarantine(stored, Rejection.at("sender", "sender-disabled", carrier, "a sender in use"));
    }
  }

  private void giveUp(Stored stored) {
    String tries = String.valueOf(stored.attempts() - 1);
    quarantine(List.of(stored), Rejection.at("", "gave-up", tries, "a try that ends"));
  }

  private void quarantine(List<Stored> stored, Rejection reason) {
    database.inTransaction(transaction -> {
      new MessageStore(transaction)
          .quarantine(stored.stream().map(s -> Verdict.quarantined(s.id(), reason)).toList());
      return stored;
    });
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
