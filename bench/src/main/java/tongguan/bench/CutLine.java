package tongguan.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line of the drill's own between two processes, over TCP, which can be cut and mended. */
final class CutLine implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile boolean cut;

  private CutLine(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  static CutLine to(int target) throws IOException {
    ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    CutLine line = new CutLine(server, target);
    Thread.ofVirtual().start(line::accept);
    return line;
  }

  int port() {
    return server.getLocalPort();
  }

  /** Where it leads from now on. */
  void leadTo(int port) {
    target = port;
  }

  /** Breaks what is open, and nothing new gets through. */
  void cut() {
    cut = true;
    open.forEach(CutLine::end);
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Thread.ofVirtual().start(() -> join(near));
      } catch (IOException ended) {
        return;
      }
    }
  }

  private void join(Socket near) {
    open.add(near);
    try (near;
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(far);
      try {
        if (cut) {
          return;
        }
        Thread back = Thread.ofVirtual().start(() -> carry(far, near));
        carry(near, far);
        back.join();
      } finally {
        open.remove(far);
      }
    } catch (IOException refused) {
      // The other side is away; so is this line.
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(near);
    }
  }

  private static void carry(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
      to.shutdownOutput();
    } catch (IOException broken) {
      end(from);
      end(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException ended) {
      // that is what was wanted
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
