package tongguan.base.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import tongguan.base.Ids;
import tongguan.base.Json;
import tongguan.base.Problem;

/** The real web server with a few routes that need nothing else. */
final class TestHost implements AutoCloseable {
  static final int ECHO_BYTES = 64 * 1024;
  static final byte[] BIG =
      Json.bytes(Map.of("text", "放行 release ".repeat(1000))); // compresses well
  static final String SECRET = "jdbc:postgresql://inside/secret";

  final WebHost host;
  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final CountDownLatch slowIsAtWork = new CountDownLatch(1);
  final CountDownLatch slowMayFinish = new CountDownLatch(1);

  TestHost() {
    this(
        new Patience(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3)));
  }

  TestHost(Patience patience) {
    this.host =
        new WebHost(
            0,
            routes(),
            new StaticClient("/test-web"),
            (call, route) -> new Tester(),
            new Ids(Clock.systemUTC()),
            new Traffic(registry),
            patience);
  }

  /** The plain door alone. */
  TestHost opened() {
    host.start();
    return this;
  }

  /** With a second door with TLS. */
  TestHost opened(TlsIdentity identity, String... balancers) {
    host.listen(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        identity,
        Stream.of(balancers).map(text -> Network.parse(text).orElseThrow()).toList());
    return opened();
  }

  int port() {
    return host.port();
  }

  Wire.Reply send(String request) {
    return Wire.send(port(), request);
  }

  /** Whether a plain request on a connection of its own is answered as it should be. */
  boolean isUnharmed() {
    Wire.Reply reply =
        Wire.send(
            port(),
            "GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII),
            5_000);
    return reply.statuses().equals(List.of(200))
        && reply.only().text().equals("{\"hello\":true}")
        && reply.closed();
  }

  private List<Route> routes() {
    return List.of(
        Route.get("/hello", Route.OPEN, call -> call.respondJson(200, Map.of("hello", true))),
        Route.get("/who", Route.OPEN, TestHost::who),
        Route.get("/big", Route.OPEN, call -> call.respondTagged(BIG)),
        Route.get(
            "/item/{+key}",
            Route.OPEN,
            call -> call.respondJson(200, Map.of("key", call.pathParameter("key")))),
        Route.get(
            "/query",
            Route.OPEN,
            call -> call.respondJson(200, Map.of("q", call.query("q").orElse("none")))),
        Route.post(
                "/echo",
                Route.OPEN,
                call -> call.respondJson(200, Map.of("bytes", call.body().length)))
            .accepting(ECHO_BYTES, Set.of("text/plain")),
        Route.get(
            "/boom",
            Route.OPEN,
            call -> {
              throw new IllegalStateException(SECRET);
            }),
        Route.get(
            "/problem",
            Route.OPEN,
            call -> {
              call.header("ETag", "\"left-over\"");
              throw Problem.unavailable("overloaded", 7, "忙碌", "busy").with("queue", 3);
            }),
        Route.get("/breaks", Route.OPEN, TestHost::breakOff),
        Route.get("/slow", Route.OPEN, this::slow));
  }

  /** How the server sees its peer. */
  private static void who(Call call) {
    call.respondJson(
        200,
        Map.of(
            "address",
            call.peer().getAddress().getHostAddress(),
            "port",
            call.peer().getPort(),
            "secure",
            call.isSecure(),
            "certificate",
            call.clientCertificate()
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .orElse("none")));
  }

  private static void breakOff(Call call) {
    try (OutputStream out = call.stream("text/plain")) {
      for (int line = 0; line < 20_000; line++) {
        out.write("half of it ".getBytes(StandardCharsets.US_ASCII));
      }
      throw new IllegalStateException(SECRET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void slow(Call call) {
    slowIsAtWork.countDown();
    try {
      slowMayFinish.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("cut off while at work", e);
    }
    call.respondJson(200, Map.of("finished", true));
  }

  @Override
  public void close() {
    host.close();
  }

  private record Tester() implements Viewer {
    @Override
    public boolean may(String permission) {
      return false;
    }
  }
}
