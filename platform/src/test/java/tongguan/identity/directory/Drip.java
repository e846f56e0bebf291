package tongguan.identity.directory;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/** A server that begins an endless answer and says one byte of it now and then. */
final class Drip {
  private Drip() {}

  static void serve(ServerSocket door) {
    try (Socket guest = door.accept();
        OutputStream out = guest.getOutputStream()) {
      // The head of a message of 60,000 octets.
      out.write(new byte[] {0x30, (byte) 0x82, (byte) 0xea, 0x60, 0x02, 0x01, 0x01});
      while (!Thread.interrupted()) {
        out.write(0);
        out.flush();
        LockSupport.parkNanos(200_000_000);
      }
    } catch (IOException gone) {
      // the guest had enough
    }
  }
}
