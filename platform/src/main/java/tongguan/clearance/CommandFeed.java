package tongguan.clearance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.database.SqlFailure;
import tongguan.clearance.CommandStore.Seen;
import tongguan.identity.Identity;

/**
 * Tells the pages that officers hold open on this node of each change of a command, on whichever
 * node it happened. The database calls (NOTIFY) at the commit of the change; one statement then
 * reads what changed for all pages, another which of their sessions are still open. It has a
 * connection of its own. Where calls may have been missed, the pages are told to read anew.
 */
final class CommandFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandFeed.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final long LOOK = Duration.ofSeconds(5).toNanos();

  private final Database lane;
  private final Identity identity;
  private final Set<CommandPage> pages = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean closing;
  private @Nullable Integer listening;
  private long looked = System.nanoTime();

  CommandFeed(Database lane, Identity identity) {
    this.lane = lane;
    this.identity = identity;
    this.thread = Thread.ofPlatform().daemon().name("command-feed").start(this::work);
  }

  /**
   * A page that is held from now on; whoever opens it closes it.
   *
   * @throws Problem 503 where this node holds as many as it can, or is about to leave
   */
  CommandPage open(CommandPage page) {
    if (pages.size() >= Limits.COMMAND_PAGES) {
      throw Problem.unavailable(
          "streams-full", 30, "連線數已達上限，請稍後再試。", "This node holds as many streams as it can.");
    }
    pages.add(page);
    if (closing) {
      pages.remove(page);
      throw Problem.unavailable("stopping", 2, "系統正在停止。", "The platform is stopping.");
    }
    return page;
  }

  void left(CommandPage page) {
    pages.remove(page);
  }

  /** How many are held here. */
  int count() {
    return pages.size();
  }

  private void work() {
    while (!closing) {
      try {
        round();
      } catch (SqlFailure | Problem databaseAway) {
        listening = null;
        LOG.atInfo().setCause(databaseAway).log("pages wait for news of commands");
        if (!rested()) {
          return;
        }
      }
    }
  }

  private static boolean rested() {
    try {
      Thread.sleep(AFTER_FAILURE);
      return true;
    } catch (InterruptedException ended) {
      return false;
    }
  }

  private void round() {
    List<UUID> changed = heard();
    long now = System.nanoTime();
    if (changed.isEmpty() && now - looked < LOOK || pages.isEmpty()) {
      return;
    }
    looked = now;
    endTheClosed();
    if (!changed.isEmpty()) {
      List<Seen> seen = lane.query(connection -> new CommandStore(connection).seen(changed));
      for (CommandPage page : pages) {
        seen.stream().filter(page::shows).forEach(one -> page.put(one.command()));
      }
    }
  }

  /** What changed until now, or within half a second. */
  private List<UUID> heard() {
    return lane.query(connection -> {
      PGConnection wire = connection.unwrap(PGConnection.class);
      if (listening == null || listening != wire.getBackendPID()) {
        try (var statement = connection.createStatement()) {
          statement.execute("listen " + CommandStore.BELL);
        }
        listening = wire.getBackendPID();
        pages.forEach(CommandPage::readAnew);
      }
      return Arrays.stream(wire.getNotifications((int) Limits.STREAM_ROUND.toMillis()))
          .map(call -> UUID.fromString(call.getParameter()))
          .distinct()
          .toList();
    });
  }

  /** A page of a session that was ended or locked meanwhile gets nothing more. */
  private void endTheClosed() {
    List<CommandPage> held = new ArrayList<>(pages);
    Set<UUID> sessions = held.stream().map(CommandPage::session).collect(Collectors.toSet());
    Set<UUID> open = identity.sessions().open(sessions);
    held.stream().filter(page -> !open.contains(page.session())).forEach(CommandPage::end);
  }

  /** Ends the held pages, so that the web server can close. */
  void leave() {
    closing = true;
    pages.forEach(CommandPage::end);
  }

  @Override
  public void close() {
    leave();
    try {
      thread.join(Limits.STREAM_ROUND.plusSeconds(2).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lane.close();
  }
}
