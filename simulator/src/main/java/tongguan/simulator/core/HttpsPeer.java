package tongguan.simulator.core;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** What systems that serve HTTPS have in common: TLS 1.3, and everything that can go wrong. */
abstract class HttpsPeer implements Peer {
  private static final int HUGE = 50 * 1024 * 1024;

  final Parts parts;
  final Certificates certificates;
  private final HttpsServer server;
  private final Door door;

  HttpsPeer(Parts parts, boolean clientsShowCertificates)
      throws IOException, GeneralSecurityException {
    this.parts = parts;
    this.certificates = Certificates.in(parts.data().resolve("tls"));
    SSLContext context = certificates.server();
    this.server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = context.getDefaultSSLParameters();
            tls.setProtocols(new String[] {"TLSv1.3"});
            tls.setNeedClientAuth(clientsShowCertificates);
            parameters.setSSLParameters(tls);
          }
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
    this.door =
        Door.open(parts.options().port(), server.getAddress().getPort(), new Door.Manner() {});
  }

  /** Which operation a request is for; the body has been read. */
  abstract String operation(HttpExchange exchange, byte[] body);

  /** Does it. */
  abstract Reply reply(HttpExchange exchange, String operation, byte[] body) throws IOException;

  /** The answer as it goes out. */
  abstract byte[] written(String operation, Reply reply);

  abstract int status(Reply reply);

  abstract String mediaType();

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String operation = operation(exchange, body);
      pause(parts.options().latency());
      Optional<Faults.Kind> fault = parts.faults().take(operation);
      if (fault.filter(Faults.Kind.CUT::equals).isPresent()) {
        return;
      }
      Reply reply = reply(exchange, operation, body);
      if (fault.isPresent()) {
        letDown(exchange, operation, reply, fault.get());
      } else {
        send(exchange, status(reply), written(operation, reply));
      }
    } catch (RuntimeException malformed) {
      send(exchange, 400, "{}".getBytes(StandardCharsets.UTF_8));
    }
  }

  private void letDown(HttpExchange exchange, String operation, Reply reply, Faults.Kind fault)
      throws IOException {
    switch (fault) {
      case SLOW -> {
        pause(parts.faults().millis());
        send(exchange, status(reply), written(operation, reply));
      }
      case ERROR_AFTER -> send(exchange, 500, "failed".getBytes(StandardCharsets.UTF_8));
      case GARBAGE -> {
        byte[] garbage = new byte[2000];
        new Random(1).nextBytes(garbage);
        send(exchange, 200, garbage);
      }
      case HUGE -> huge(exchange);
      case OTHER_RECORD, OTHER_DECLARATION ->
          send(exchange, status(reply), written(operation, reply.mixedUp(fault)));
      // Closing without an answer breaks the connection; for the others the door sees to it.
      case LOST_REPLY, CUT, DOWN, HALF_OPEN -> {}
    }
  }

  private void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", mediaType());
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void huge(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", mediaType());
    exchange.sendResponseHeaders(200, HUGE);
    byte[] piece = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
    OutputStream out = exchange.getResponseBody();
    for (int sent = 0; sent < HUGE; sent += piece.length) {
      out.write(piece);
    }
  }

  static void pause(long millis) {
    if (millis > 0) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public Door door() {
    return door;
  }

  @Override
  public void close() throws IOException {
    door.close();
    server.stop(0);
  }
}
