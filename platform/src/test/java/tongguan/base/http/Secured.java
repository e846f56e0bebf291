package tongguan.base.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** HTTP as bytes over TLS, with other bytes before it where a balancer would write some. */
public final class Secured {
  static final String WHO = "GET /who HTTP/1.1\r\nHost: localhost\r\n";

  private Secured() {}

  /**
   * What came back.
   *
   * @throws IOException where the handshake failed, also when the server says so only afterwards
   */
  public static Wire.Reply send(
      int port, SSLContext context, byte[] before, String request, String... protocols)
      throws IOException {
    try (Socket bare = new Socket(InetAddress.getLoopbackAddress(), port)) {
      bare.setSoTimeout(5_000);
      bare.setTcpNoDelay(true);
      bare.getOutputStream().write(before);
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(bare, "localhost", port, true);
      if (protocols.length > 0) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(protocols);
        socket.setSSLParameters(parameters);
      }
      socket.startHandshake();
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      byte[] buffer = new byte[16 * 1024];
      // Refusing the client's certificate comes after the client's own part of the handshake.
      for (int count = socket.getInputStream().read(buffer);
          count >= 0;
          count = socket.getInputStream().read(buffer)) {
        received.write(buffer, 0, count);
      }
      return Wire.parsed(received.toByteArray(), true);
    }
  }

  public static Wire.Reply send(int port, SSLContext context, String request) throws IOException {
    return send(port, context, new byte[0], request);
  }

  /** How the server saw this connection. */
  static String who(int port, SSLContext context, byte[] before, String... headers)
      throws IOException {
    String more = List.of(headers).isEmpty() ? "" : String.join("\r\n", headers) + "\r\n";
    return send(port, context, before, WHO + more + "Connection: close\r\n\r\n").only().text();
  }
}
