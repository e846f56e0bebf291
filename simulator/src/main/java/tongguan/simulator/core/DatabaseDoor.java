package tongguan.simulator.core;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The door of a PostgreSQL server: asks for TLS as the server would (PostgreSQL's protocol, 53.2),
 * and lets things go wrong between what the server did and what it says of it.
 */
final class DatabaseDoor implements Door.Manner {
  private static final int TLS_WISH = 80877103;

  /** How the server says that a commit is done: a message C with this tag. */
  private static final byte[] COMMITTED = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

  private final SSLContext context;
  private final Faults faults;
  private final int latency;

  DatabaseDoor(SSLContext context, Faults faults, int latency) {
    this.context = context;
    this.faults = faults;
    this.latency = latency;
  }

  @Override
  public Socket greet(Socket guest) throws IOException {
    DataInputStream in = new DataInputStream(guest.getInputStream());
    if (in.readInt() != 8 || in.readInt() != TLS_WISH) {
      throw new IOException("not without TLS");
    }
    guest.getOutputStream().write('S');
    guest.getOutputStream().flush();
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(guest, null, guest.getPort(), true);
    secure.setUseClientMode(false);
    secure.startHandshake();
    return secure;
  }

  @Override
  public void answer(Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] piece = new byte[8192];
    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
      byte[] said = Arrays.copyOf(piece, count);
      HttpsPeer.pause(latency);
      boolean committed = contains(said);
      Optional<Faults.Kind> fault = faults.take(committed ? "submit" : "other");
      if (fault.isPresent() && letDown(out, said, fault.get())) {
        return;
      }
      if (fault.isEmpty()) {
        out.write(said);
        out.flush();
      }
    }
  }

  /** Whether the connection is over with it. */
  private boolean letDown(OutputStream out, byte[] said, Faults.Kind fault) throws IOException {
    switch (fault) {
      case SLOW -> {
        HttpsPeer.pause(faults.millis());
        out.write(said);
        out.flush();
        return false;
      }
      case GARBAGE -> {
        byte[] garbage = new byte[500];
        new Random(1).nextBytes(garbage);
        out.write(garbage);
        out.flush();
        return true;
      }
      case ERROR_AFTER -> {
        out.write(failure());
        out.flush();
        return true;
      }
      case LOST_REPLY, CUT -> {
        return true;
      }
      case DOWN, HALF_OPEN, HUGE, OTHER_RECORD, OTHER_DECLARATION -> {
        out.write(said);
        out.flush();
        return false;
      }
    }
    return false;
  }

  private static byte[] failure() {
    byte[] fields =
        "SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0".getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(5 + fields.length)
        .put((byte) 'E')
        .putInt(4 + fields.length)
        .put(fields)
        .array();
  }

  private static boolean contains(byte[] said) {
    for (int i = 0; i + COMMITTED.length <= said.length; i++) {
      if (Arrays.equals(said, i, i + COMMITTED.length, COMMITTED, 0, COMMITTED.length)) {
        return true;
      }
    }
    return false;
  }
}
