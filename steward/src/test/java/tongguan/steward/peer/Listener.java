package tongguan.steward.peer;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A process of its own that takes TCP connections on its arguments' ports and echoes what comes.
 */
public final class Listener {
  private Listener() {}

  public static void main(String[] ports) throws IOException {
    for (String port : ports) {
      ServerSocket listener = new ServerSocket(Integer.parseInt(port));
      Thread.ofPlatform().start(() -> accept(listener));
    }
    System.out.println("listening");
  }

  private static void accept(ServerSocket listener) {
    while (true) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> echo(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException gone) {
      // so it is
    }
  }
}
