package tongguan.access.radius;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.SqlFailure;

/**
 * Requests that wait, taken together: whoever comes while a statement runs shares the next one.
 * What does not fit is not taken; a gateway repeats what it gets no answer to.
 */
final class Lanes<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final BlockingQueue<T> queue = new ArrayBlockingQueue<>(Limits.RADIUS_QUEUE);
  private final Consumer<List<T>> work;
  private final Consumer<T> dropped;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean open = true;

  /**
   * @param work answers all of them, or throws and has answered none
   * @param dropped hears of each that gets no answer
   */
  Lanes(String name, Consumer<List<T>> work, Consumer<T> dropped) {
    this.work = work;
    this.dropped = dropped;
    for (int lane = 1; lane <= Limits.RADIUS_LANES; lane++) {
      threads.add(Thread.ofPlatform().daemon().name(name + '-' + lane).start(this::serve));
    }
  }

  boolean offer(T request) {
    return open && queue.offer(request);
  }

  private void serve() {
    List<T> batch = new ArrayList<>();
    while (open) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException closing) {
        return;
      }
      queue.drainTo(batch, Limits.RADIUS_TOGETHER - 1);
      answer(batch);
      batch.clear();
    }
  }

  private void answer(List<T> batch) {
    try {
      work.accept(List.copyOf(batch));
    } catch (SqlFailure failed) {
      // What is wrong with one must not be the others' failure.
      if (batch.size() > 1) {
        batch.forEach(request -> answer(List.of(request)));
      } else {
        LOG.warn("a request gets no answer", failed);
        batch.forEach(dropped);
      }
    } catch (Problem away) {
      batch.forEach(dropped);
    } catch (RuntimeException fault) {
      LOG.error("requests get no answer because of a fault of our own", fault);
      batch.forEach(dropped);
    }
  }

  @Override
  public void close() {
    open = false;
    try {
      for (Thread thread : threads) {
        thread.interrupt();
        thread.join(Limits.DRAIN.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
