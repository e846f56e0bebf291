package tongguan.base.http;

import io.helidon.webserver.ConnectionContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts connections whose peer takes too long over headers, a body or taking an answer. The server's
 * own limits do not see them: its blocking sockets have no read time-out, and its idle check leaves
 * a connection alone once the first line of a request is there.
 *
 * <p>A connection is served by one thread from the first line to the end of the answer, so that the
 * thread says which connection is meant.
 */
final class SlowPeers implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;

  private final Duration headers;
  private final long periodMillis;
  private final Map<Thread, Served> served = new ConcurrentHashMap<>();
  private final Thread sweeper = Thread.ofVirtual().name("slow-peers").unstarted(this::sweep);

  /** One request at work. */
  private static final class Served {
    private final ConnectionContext connection;
    private final long since = System.nanoTime();

    /** In nanoseconds after {@link #since}. */
    private volatile long due;

    Served(ConnectionContext connection, Duration due) {
      this.connection = connection;
      this.due = due.toNanos();
    }

    void within(Duration time) {
      due = System.nanoTime() - since + time.toNanos();
    }

    boolean isLate() {
      return System.nanoTime() - since > due;
    }
  }

  SlowPeers(Patience patience) {
    this.headers = patience.headers();
    this.periodMillis = Math.clamp(patience.headers().toMillis() / 5, 20, 1000);
  }

  void start() {
    sweeper.start();
  }

  /** The first line of a request is there; its headers are due. */
  void requestBegins(ConnectionContext connection) {
    served.put(Thread.currentThread(), new Served(connection, headers));
  }

  /** From now on the peer has this long for what it is to do. */
  void peerHas(Duration time) {
    Served request = served.get(Thread.currentThread());
    if (request != null) {
      request.within(time);
    }
  }

  /** It is our turn: the peer waits for us. */
  void ourTurn() {
    Served request = served.get(Thread.currentThread());
    if (request != null) {
      request.due = NEVER;
    }
  }

  void requestEnds() {
    served.remove(Thread.currentThread());
  }

  private void sweep() {
    try {
      while (true) {
        Thread.sleep(periodMillis);
        served.forEach((thread, request) -> {
          if (request.isLate()) {
            served.remove(thread, request);
            cut(request.connection);
          }
        });
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cut(ConnectionContext connection) {
    try {
      connection.serverSocket().close();
    } catch (RuntimeException gone) {
      // closed by its peer in the same moment: what was wanted
    }
  }

  @Override
  public void close() {
    sweeper.interrupt();
  }
}
