package tongguan.simulator.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the world comes in: passes bytes on to the system behind it, and can be shut, or left open
 * with nobody behind it.
 */
final class Door implements AutoCloseable {
  /** What happens to a connection before it is passed on, and to its bytes. */
  interface Manner {
    /** The connection in which the system's own words are plain. */
    default Socket greet(Socket guest) throws IOException {
      return guest;
    }

    /** Passes on what the system answers. */
    default void answer(Socket from, Socket to) throws IOException {
      pour(from, to);
    }
  }

  private final int port;
  private final int behind;
  private final Manner manner;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;
  private @Nullable ServerSocket listening;

  private Door(int port, int behind, Manner manner) {
    this.port = port;
    this.behind = behind;
    this.manner = manner;
  }

  static Door open(int port, int behind, Manner manner) throws IOException {
    ServerSocket first = listen(port);
    Door door = new Door(first.getLocalPort(), behind, manner);
    door.serve(first);
    return door;
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
    return socket;
  }

  int port() {
    return port;
  }

  private synchronized void serve(ServerSocket socket) {
    listening = socket;
    Thread.ofVirtual().start(() -> accept(socket));
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        Socket guest = socket.accept();
        connections.add(guest);
        Thread.ofVirtual().start(() -> pass(guest));
      }
    } catch (IOException shut) {
      // nobody comes in any more
    }
  }

  private void pass(Socket guest) {
    try (guest) {
      if (silent) {
        guest.getInputStream().transferTo(OutputStream.nullOutputStream());
        return;
      }
      Socket plain = manner.greet(guest);
      connections.add(plain);
      try (Socket host = new Socket(InetAddress.getLoopbackAddress(), behind)) {
        connections.add(host);
        Thread asking = Thread.ofVirtual().start(() -> ask(plain, host));
        manner.answer(host, plain);
        plain.close();
        asking.join();
      } finally {
        connections.remove(plain);
      }
    } catch (IOException broken) {
      // either side had enough
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(guest);
    }
  }

  private void ask(Socket from, Socket to) {
    try (to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[8192];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        if (!silent) {
          out.write(piece, 0, count);
          out.flush();
        }
      }
    } catch (IOException broken) {
      // either side had enough
    }
  }

  static void pour(Socket from, Socket to) throws IOException {
    from.getInputStream().transferTo(to.getOutputStream());
  }

  /** Shuts the door in everyone's face. */
  synchronized void shut() throws IOException {
    if (listening != null) {
      listening.close();
      listening = null;
    }
    cut();
  }

  /** Takes everyone in and never answers. */
  void fallSilent() throws IOException {
    silent = true;
    cut();
  }

  private void cut() throws IOException {
    for (Socket one : connections) {
      one.close();
    }
    connections.clear();
  }

  /** As it should be. */
  synchronized void open() throws IOException {
    if (silent) {
      silent = false;
      cut();
    }
    if (listening == null) {
      serve(listen(port));
    }
  }

  @Override
  public void close() throws IOException {
    shut();
  }
}
