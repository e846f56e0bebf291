package tongguan.base.http;

import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts connections whose peer takes too long over a handshake, headers, a body or taking an answer.
 * The server's own limits do not see them: its blocking sockets have no read time-out, and its idle
 * check leaves a connection alone once the first line of a request is there.
 *
 * <p>A connection is served by one thread from the first line to the end of the answer, so that the
 * thread says which connection is meant.
 */
final class SlowPeers implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;

  private final Duration headers;
  private final long periodMillis;
  private final Map<Thread, Served> served = new ConcurrentHashMap<>();

  /**
   * The bare sockets of TLS connections, and whether their handshake is still due. TLS itself could
   * wait for ever to be closed where its peer takes nothing.
   */
  private final Map<Thread, Arrived> arrived = new ConcurrentHashMap<>();

  private final Thread sweeper = Thread.ofVirtual().name("slow-peers").unstarted(this::sweep);

  /** One connection with TLS. */
  private static final class Arrived {
    private final Socket socket;
    private final long since = System.nanoTime();
    private volatile boolean settled;

    Arrived(Socket socket) {
      this.socket = socket;
    }

    boolean isLate(Duration due) {
      return !settled && System.nanoTime() - since > due.toNanos();
    }
  }

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

  /** Someone is at the door; what comes before the first request is due. */
  void arrives(Socket socket) {
    arrived.put(Thread.currentThread(), new Arrived(socket));
  }

  /** The handshake is over. */
  void settles() {
    Arrived connection = arrived.get(Thread.currentThread());
    if (connection != null) {
      connection.settled = true;
    }
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
            cut(thread, request.connection);
          }
        });
        arrived.forEach((thread, connection) -> {
          if (connection.isLate(headers)) {
            cut(connection.socket);
          }
        });
        arrived.keySet().removeIf(thread -> !thread.isAlive());
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void cut(Thread thread, ConnectionContext connection) {
    Arrived bare = arrived.get(thread);
    if (bare != null) {
      cut(bare.socket);
      return;
    }
    try {
      connection.serverSocket().close();
    } catch (RuntimeException gone) {
      // closed by its peer in the same moment: what was wanted
    }
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // as above
    }
  }

  @Override
  public void close() {
    sweeper.interrupt();
  }
}
