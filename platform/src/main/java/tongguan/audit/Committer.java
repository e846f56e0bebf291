package tongguan.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.database.SqlFailure;

/**
 * Entries of many callers in one transaction: whoever comes while one is being committed goes into
 * the next. A caller returns when its entry is on the disk, and hears of it when it is not.
 */
final class Committer implements AutoCloseable {
  private record Pending(@Nullable Line line, CompletableFuture<Boolean> written) {}

  private static final Pending END = new Pending(null, new CompletableFuture<>());

  private final Database database;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(Limits.AUDIT_QUEUE);
  private final Thread thread;

  Committer(Database database) {
    this.database = database;
    this.thread = Thread.ofPlatform().daemon().name("audit-committer").start(this::work);
  }

  /**
   * @throws Problem when it could not be written, or that is not known
   */
  void write(Line line) {
    Pending pending = new Pending(line, new CompletableFuture<>());
    try {
      if (!thread.isAlive()
          || !queue.offer(pending, Limits.DATABASE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw unwritten();
      }
      boolean _ = pending.written.get(Limits.SOCKET_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
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
    List<Pending> batch = new ArrayList<>();
    boolean more = true;
    while (more) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException notOurs) {
        continue;
      }
      queue.drainTo(batch, Limits.AUDIT_BATCH - 1);
      more = !batch.remove(END);
      write(batch);
      batch.clear();
    }
  }

  private void write(List<Pending> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      commit(batch);
      batch.forEach(pending -> pending.written.complete(true));
    } catch (SqlFailure refused) {
      oneByOne(batch, refused);
    } catch (Throwable failure) {
      batch.forEach(pending -> pending.written.completeExceptionally(failure));
    }
  }

  /** One that the database refuses must not take the others with it. */
  private void oneByOne(List<Pending> batch, SqlFailure refused) {
    if (batch.size() == 1) {
      batch.getFirst().written.completeExceptionally(refused);
      return;
    }
    batch.forEach(pending -> write(List.of(pending)));
  }

  private void commit(List<Pending> batch) {
    List<Line> lines = new ArrayList<>(batch.size());
    for (Pending pending : batch) {
      if (pending.line != null) {
        lines.add(pending.line);
      }
    }
    boolean _ =
        database.inTransaction(transaction -> {
          if (lines.size() == 1) {
            EntryStore.add(transaction, lines.getFirst());
          } else {
            EntryStore.addAll(transaction, lines);
          }
          return true;
        });
  }

  /** Writes what is waiting, and ends. */
  @Override
  public void close() {
    try {
      queue.put(END);
      thread.join(Limits.SOCKET_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
