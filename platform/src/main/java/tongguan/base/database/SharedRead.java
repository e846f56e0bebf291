package tongguan.base.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tongguan.base.Limits;
import tongguan.base.Problem;

/**
 * A read that many callers want at the same moment, made for all of them by one statement: starting
 * a plan costs more than the few rows of one caller do. A caller who is alone waits for nobody.
 *
 * <p>The statement starts after its callers asked, so each sees everything that was committed
 * before it asked, as with a statement of its own.
 *
 * @param <K> what a caller asks for
 * @param <V> what it gets
 */
public final class SharedRead<K, V> {
  private final int lanes;
  private final int most;
  private final Together<K, V> together;

  private final Queue<Asked<K, V>> waiting = new ArrayDeque<>();
  private int running;

  private record Asked<K, V>(K key, CompletableFuture<V> answer) {}

  /** Reads for several callers: as many answers as keys, in the same order. */
  @FunctionalInterface
  public interface Work<K, V> {
    List<V> with(Connection connection, List<K> keys) throws SQLException;
  }

  /** The same, finding its own way to the database. */
  @FunctionalInterface
  public interface Together<K, V> {
    List<V> answers(List<K> keys);
  }

  /**
   * @param lanes how many such statements run at the same time
   * @param most how many callers share one
   */
  public SharedRead(Database database, int lanes, int most, Work<K, V> work) {
    this(lanes, most, keys -> database.query(connection -> work.with(connection, keys)));
  }

  public SharedRead(int lanes, int most, Together<K, V> together) {
    this.lanes = lanes;
    this.most = most;
    this.together = together;
  }

  /**
   * @throws Problem 503 where the database is away or has too much to do
   */
  public V read(K key) {
    Asked<K, V> asked = new Asked<>(key, new CompletableFuture<>());
    if (joins(asked)) {
      Thread.ofVirtual().name("shared-read").start(this::serve);
    }
    try {
      return asked.answer.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  /** Whether one more lane is to be opened for it. */
  private synchronized boolean joins(Asked<K, V> asked) {
    if (waiting.size() >= Limits.DATABASE_QUEUE) {
      throw Database.overloaded();
    }
    waiting.add(asked);
    if (running == lanes) {
      return false;
    }
    running++;
    return true;
  }

  private void serve() {
    List<Asked<K, V>> batch = next();
    while (!batch.isEmpty()) {
      answer(batch);
      batch = next();
    }
  }

  /** The next callers to serve; with none, this lane is closed. */
  private synchronized List<Asked<K, V>> next() {
    List<Asked<K, V>> batch = new ArrayList<>();
    while (batch.size() < most && !waiting.isEmpty()) {
      batch.add(waiting.remove());
    }
    if (batch.isEmpty()) {
      running--;
    }
    return batch;
  }

  private void answer(List<Asked<K, V>> batch) {
    try {
      List<K> keys = batch.stream().map(Asked::key).toList();
      List<V> answers = together.answers(keys);
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer.complete(answers.get(i));
      }
    } catch (SqlFailure failed) {
      // One caller's key must not be the others' failure.
      if (batch.size() > 1) {
        batch.forEach(asked -> answer(List.of(asked)));
      } else {
        batch.getFirst().answer.completeExceptionally(failed);
      }
    } catch (RuntimeException | Error failed) {
      batch.forEach(asked -> asked.answer.completeExceptionally(failed));
    }
  }
}
