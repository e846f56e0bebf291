package tongguan.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.audit.Announced.Together;
import tongguan.audit.Inbox.Round;
import tongguan.audit.Inbox.Written;
import tongguan.base.Ids;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.database.SqlFailure;

/**
 * Entries of many callers in one transaction: whoever comes while one is being committed goes into
 * the next. A caller returns when its entry, or its announcement, is on the disk, and hears of it
 * when it is not.
 */
final class Committer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  private final Database database;
  private final Ids ids;
  private final Inbox inbox = new Inbox();
  private final Thread thread;

  Committer(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
    this.thread = Thread.ofPlatform().daemon().name("audit-committer").start(this::work);
  }

  /**
   * @throws Problem when it could not be written, or that is not known
   */
  void write(Line line) {
    Written entry = new Written(line, new CompletableFuture<>());
    if (!thread.isAlive() || !inbox.add(entry)) {
      throw unwritten();
    }
    await(entry.durable());
  }

  /** Begins to write what a read will be answered with; returns at once. */
  Announced announce(Line line) {
    Announced read = new Announced(line);
    if (!thread.isAlive() || !inbox.add(read)) {
      throw unwritten();
    }
    return read;
  }

  /**
   * The read is done after so many nanoseconds: returns when its announcement is on the disk.
   *
   * @throws Problem when it could not be written, or that is not known
   */
  void await(Announced read, long took) {
    boolean waits = !read.durable().isDone();
    inbox.readTook(took, waits);
    await(read.durable());
  }

  /** The whole entry of a read that was announced; written soon. */
  void follow(Announced read, Line whole) {
    read.became(whole);
    inbox.follow(read);
  }

  private static void await(CompletableFuture<Boolean> durable) {
    try {
      boolean _ = durable.get(Limits.SOCKET_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unwritten();
    } catch (TimeoutException e) {
      throw unwritten();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Problem problem ? problem : unwritten().because(e);
    }
  }

  private static Problem unwritten() {
    return Problem.unavailable(
        "audit-away",
        2,
        "無法寫入稽核紀錄，請稍後再試。",
        "The audit log cannot be written; try again in a moment.");
  }

  private void work() {
    Round round;
    do {
      round = inbox.next();
      write(round.written(), round.announced(), round.followed());
    } while (!round.last());
  }

  private void write(List<Written> written, List<Announced> announced, List<Announced> followed) {
    if (written.isEmpty() && announced.isEmpty() && followed.isEmpty()) {
      return;
    }
    try {
      boolean _ =
          database.inTransaction(tx -> {
            entries(tx, written);
            followers(tx, followed);
            announcements(tx, announced);
            return true;
          });
      written.forEach(entry -> entry.durable().complete(true));
      announced.forEach(read -> read.durable().complete(true));
    } catch (SqlFailure refused) {
      apart(written, announced, followed, refused);
    } catch (Throwable failure) {
      fail(written, announced, failure);
      tryAgain(followed, failure);
    }
  }

  private static void entries(Connection tx, List<Written> written) throws SQLException {
    if (written.size() == 1) {
      EntryStore.add(tx, written.getFirst().line());
    } else if (!written.isEmpty()) {
      EntryStore.addAll(tx, written.stream().map(Written::line).toList());
    }
  }

  private static void followers(Connection tx, List<Announced> followed) throws SQLException {
    if (!followed.isEmpty()) {
      EntryStore.addAnnounced(tx, followed);
      AnnouncementStore.settle(tx, settled(followed));
    }
  }

  /** The announcements of which these are the last entries. */
  private static List<UUID> settled(List<Announced> followed) {
    return followed.stream()
        .map(Announced::together)
        .filter(Together::isLast)
        .map(Together::id)
        .toList();
  }

  private void announcements(Connection tx, List<Announced> announced) throws SQLException {
    if (announced.isEmpty()) {
      return;
    }
    UUID id = ids.next();
    Instant at = AnnouncementStore.add(tx, id, announced.stream().map(Announced::line).toList());
    Together together = new Together(id, at, announced.size());
    announced.forEach(read -> read.joined(together));
  }

  /** One that the database refuses must not take the others with it. */
  private void apart(
      List<Written> written,
      List<Announced> announced,
      List<Announced> followed,
      SqlFailure refused) {
    if (written.size() + announced.size() + followed.size() > 1) {
      written.forEach(entry -> write(List.of(entry), List.of(), List.of()));
      announced.forEach(read -> write(List.of(), List.of(read), List.of()));
      followed.forEach(read -> write(List.of(), List.of(), List.of(read)));
    } else {
      fail(written, announced, refused);
      followed.forEach(read -> LOG.error("an entry is in the log without its count", refused));
    }
  }

  private static void fail(List<Written> written, List<Announced> announced, Throwable failure) {
    written.forEach(entry -> entry.durable().completeExceptionally(failure));
    announced.forEach(read -> read.durable().completeExceptionally(failure));
  }

  /** They were answered and announced: they come into the log, if not with us then without. */
  private void tryAgain(List<Announced> followed, Throwable failure) {
    if (!followed.isEmpty() && !inbox.followAgain(followed)) {
      LOG.warn("{} entries are left to who recovers announcements", followed.size(), failure);
    }
  }

  /** Writes what is waiting, and ends. */
  @Override
  public void close() {
    inbox.close();
    try {
      thread.join(Limits.SOCKET_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
