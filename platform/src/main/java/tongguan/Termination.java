package tongguan;

import java.util.concurrent.CountDownLatch;

/**
 * The operator's wish that the process ends: SIGTERM or Ctrl-C. It interrupts the thread that
 * serves, whatever that is waiting for, and holds the process until that thread has closed
 * everything.
 */
final class Termination implements AutoCloseable {
  private final Thread serving;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean asked;

  private Termination(Thread serving) {
    this.serving = serving;
  }

  /** Listens from now on, for the calling thread. */
  static Termination ofThisThread() {
    Termination termination = new Termination(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(new Thread(termination::end, "stop"));
    return termination;
  }

  private void end() {
    if (closed.getCount() == 0) {
      return;
    }
    asked = true;
    serving.interrupt();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the wish, which comes as an interruption. */
  void await() throws InterruptedException {
    closed.await();
  }

  /** Whether a failure is only what an interrupted start looks like. */
  boolean isAsked() {
    return asked;
  }

  /** Everything is closed; the process may end. */
  @Override
  public void close() {
    closed.countDown();
  }
}
