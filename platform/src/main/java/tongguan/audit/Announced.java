package tongguan.audit;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A read whose entry is announced while it runs, and what its entry comes to. */
final class Announced {
  private final Line line;
  private final CompletableFuture<Boolean> durable = new CompletableFuture<>();
  private @Nullable Together together;
  private @Nullable Line whole;

  Announced(Line line) {
    this.line = line;
  }

  /** Reads that were announced in one row; it may go when the last of them is in the log. */
  static final class Together {
    private final UUID id;
    private final Instant at;
    private final AtomicInteger open;

    /**
     * @param at the database's time
     */
    Together(UUID id, Instant at, int reads) {
      this.id = id;
      this.at = at;
      this.open = new AtomicInteger(reads);
    }

    UUID id() {
      return id;
    }

    /** Whether this was the last one that was missing. */
    boolean isLast() {
      return open.decrementAndGet() == 0;
    }
  }

  /** As it is announced: nothing counted yet. */
  Line line() {
    return line;
  }

  /** Completes when the announcement is on the disk, and not before. */
  CompletableFuture<Boolean> durable() {
    return durable;
  }

  void joined(Together others) {
    together = others;
  }

  Together together() {
    return Objects.requireNonNull(together);
  }

  /** When it was announced, by the database's clock. */
  Instant at() {
    return together().at;
  }

  void became(Line entry) {
    whole = entry;
  }

  /** With what was found. */
  Line whole() {
    return Objects.requireNonNull(whole);
  }
}
