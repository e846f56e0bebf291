package tongguan;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The same server under another address. */
public final class Relay implements AutoCloseable {
  private final ServerSocket door;

  private Relay(ServerSocket door) {
    this.door = door;
  }

  public static Relay to(int port, String address) throws IOException {
    ServerSocket door = new ServerSocket(0, 50, InetAddress.getByName(address));
    Thread.ofVirtual().start(() -> serve(door, port));
    return new Relay(door);
  }

  public int port() {
    return door.getLocalPort();
  }

  private static void serve(ServerSocket door, int port) {
    try {
      while (!door.isClosed()) {
        Socket guest = door.accept();
        Socket host = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.ofVirtual().start(() -> pour(guest, host));
        Thread.ofVirtual().start(() -> pour(host, guest));
      }
    } catch (IOException closed) {
      // no more guests
    }
  }

  private static void pour(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // either side had enough
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
