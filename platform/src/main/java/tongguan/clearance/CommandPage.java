package tongguan.clearance;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Sight;
import tongguan.base.Limits;
import tongguan.clearance.CommandStore.Seen;

/**
 * One page of an officer that shows commands: those of a declaration, the officer's own, or all. It
 * stands between the feed and the thread that writes to it.
 */
final class CommandPage {
  private final UUID session;
  private final UUID account;
  private final Sight sight;
  private final @Nullable String declaration;
  private final boolean all;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>(Limits.STREAM_QUEUE);
  private volatile boolean ended;

  CommandPage(Officer officer, @Nullable String declaration, boolean all) {
    this.session = officer.session().id();
    this.account = officer.session().account();
    this.sight = officer.sight(Permissions.CLEARANCE_READ);
    this.declaration = declaration;
    this.all = all;
  }

  /** What there is for it. */
  sealed interface News {
    record Changed(Command command) implements News {}

    /** Something may have been missed. */
    record ReadAnew() implements News {}

    record End() implements News {}
  }

  UUID session() {
    return session;
  }

  boolean shows(Seen seen) {
    Command command = seen.command();
    boolean asked =
        declaration != null
            ? declaration.equals(command.declaration())
            : all || account.equals(command.officer());
    return asked
        && (seen.districts() & sight.districts()) != 0
        && seen.classification() <= sight.clearance();
  }

  void put(Command command) {
    if (!news.offer(new News.Changed(command))) {
      // Whoever is that slow reads all of it at once.
      news.clear();
      readAnew();
    }
  }

  void readAnew() {
    boolean _ = news.offer(new News.ReadAnew());
  }

  void end() {
    ended = true;
    news.clear();
    boolean _ = news.offer(new News.End());
  }

  /** Empty where nothing happened in that time. */
  Optional<News> next(Duration patience) {
    try {
      News next = ended ? new News.End() : news.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.ofNullable(ended ? new News.End() : next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new News.End());
    }
  }
}
