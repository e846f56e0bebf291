package tongguan.bench.field;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What stands before the nodes: one address, TCP alone, to the first node that takes the
 * connection, with the caller's address in a PROXY protocol header of version 2. A process of its
 * own: {@code ADDRESS PORT NODE NODE ...}.
 */
final class Balancer {
  private static final byte[] SIGNATURE =
      "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte VERSION_2_PROXY = 0x21;
  private static final byte TCP_OVER_IPV4 = 0x11;
  private static final short TWO_ADDRESSES = 12;

  private final InetAddress address;
  private final int port;
  private final List<String> nodes;

  private Balancer(InetAddress address, int port, List<String> nodes) {
    this.address = address;
    this.port = port;
    this.nodes = nodes;
  }

  public static void main(String[] arguments) throws IOException {
    List<String> all = List.of(arguments);
    new Balancer(
            InetAddress.ofLiteral(all.get(0)),
            Integer.parseInt(all.get(1)),
            all.subList(2, all.size()))
        .serve();
  }

  private void serve() throws IOException {
    try (ServerSocket listener = new ServerSocket(port, 200, address)) {
      System.out.println("balancing");
      while (true) {
        Socket caller = listener.accept();
        Thread.ofVirtual().start(() -> carry(caller));
      }
    }
  }

  private void carry(Socket caller) {
    try (caller;
        Socket node = connected()) {
      node.getOutputStream().write(header(caller));
      Thread.ofVirtual().start(() -> pass(caller, node));
      copy(node.getInputStream(), caller.getOutputStream());
    } catch (IOException gone) {
      // both sides see their connection end
    }
  }

  private Socket connected() throws IOException {
    for (String node : nodes) {
      Socket socket = new Socket();
      try {
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral(node), port), 1000);
        return socket;
      } catch (IOException away) {
        socket.close();
      }
    }
    throw new IOException("no node takes it");
  }

  private byte[] header(Socket caller) {
    return ByteBuffer.allocate(16 + TWO_ADDRESSES)
        .put(SIGNATURE)
        .put(VERSION_2_PROXY)
        .put(TCP_OVER_IPV4)
        .putShort(TWO_ADDRESSES)
        .put(caller.getInetAddress().getAddress())
        .put(address.getAddress())
        .putShort((short) caller.getPort())
        .putShort((short) port)
        .array();
  }

  private static void pass(Socket from, Socket to) {
    try {
      copy(from.getInputStream(), to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException gone) {
      try {
        to.close();
      } catch (IOException alreadyGone) {
        // then it is
      }
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      out.flush();
    }
  }
}
