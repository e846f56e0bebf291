package tongguan.bench.field;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import tongguan.steward.peer.NetworkNamespace;

/**
 * A port on this machine's loopback that leads to the same machine's loopback in a network
 * namespace, through a program that runs in there for each connection: the test looks into the
 * namespace without a cable to it.
 */
final class Tunnel implements AutoCloseable {
  private final ServerSocket listener;
  private final NetworkNamespace there;
  private final int target;

  /** The port is the same on both sides, so that {@code Host} fits. */
  static Tunnel samePort(NetworkNamespace there, int port) throws IOException {
    return new Tunnel(there, port, port);
  }

  static Tunnel anyPort(NetworkNamespace there, int target) throws IOException {
    return new Tunnel(there, target, 0);
  }

  private Tunnel(NetworkNamespace there, int target, int here) throws IOException {
    this.there = there;
    this.target = target;
    this.listener = new ServerSocket(here, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> carry(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void carry(Socket socket) {
    String both = "exec 3<>/dev/tcp/127.0.0.1/%d && { cat <&3 & exec cat >&3; }".formatted(target);
    try (socket) {
      Process process = there.start("bash", "-c", both);
      try {
        Thread.ofVirtual().start(() -> pass(socket, process));
        copy(process.getInputStream(), socket.getOutputStream());
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException gone) {
      // so it is for whoever called
    }
  }

  private static void pass(Socket socket, Process process) {
    try (OutputStream out = process.getOutputStream()) {
      copy(socket.getInputStream(), out);
    } catch (IOException gone) {
      // its answer, if there is one, still comes
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
