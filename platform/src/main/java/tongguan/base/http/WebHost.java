package tongguan.base.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tongguan.base.Ids;
import tongguan.base.Limits;
import tongguan.base.Problem;

/**
 * The web server: mounts the rooms' routes, asks the gate before each, and turns every outcome into
 * an answer. Without TLS it listens on loopback only.
 */
public final class WebHost implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(3);

  private final Gate gate;
  private final Ids ids;
  private final Traffic traffic;
  private final WebServer server;

  public WebHost(
      int port, List<Route> routes, Route.Handler client, Gate gate, Ids ids, Traffic traffic) {
    this.gate = gate;
    this.ids = ids;
    this.traffic = traffic;
    this.server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(DRAIN)
            .maxTcpConnections(Limits.CONNECTIONS)
            .idleConnectionTimeout(Limits.IDLE_CONNECTION)
            .connectionOptions(options -> options.readTimeout(Limits.READ_TIMEOUT).tcpNoDelay(true))
            .protocolsDiscoverServices(true)
            .addProtocol(
                Http1Config.builder()
                    .maxHeadersSize(Limits.HEADER_BYTES)
                    .maxPrologueLength(Limits.URI_CHARACTERS)
                    .sendKeepAliveHeader(false)
                    .build())
            .routing(routing(routes, client))
            .build();
  }

  private HttpRouting.Builder routing(List<Route> routes, Route.Handler client) {
    HttpRouting.Builder routing = HttpRouting.builder();
    routing.error(
        Throwable.class, (request, response, thrown) -> lastResort(request, response, thrown));
    Map<String, TreeSet<String>> methods = new TreeMap<>();
    for (Route route : routes) {
      routing.route(
          Method.create(route.method()),
          route.path(),
          (request, response) -> serve(route, request, response));
      methods.computeIfAbsent(route.path(), path -> new TreeSet<>()).add(route.method());
    }
    methods.forEach((path, allowed) ->
        routing.any(path, (request, response) -> refuseMethod(allowed, request, response)));
    routing.any((request, response) -> serveClient(client, request, response));
    return routing;
  }

  private void serve(Route route, ServerRequest request, ServerResponse response) {
    long started = System.nanoTime();
    Call call = open(request, response);
    try {
      Doorstep.check(call, route);
      call.admitted(route, gate.admit(call, route));
      route.handler().handle(call);
    } catch (Problem problem) {
      ProblemAnswer.send(call, problem);
    } catch (RuntimeException unexpected) {
      traffic.unexpected(call, route, unexpected);
      ProblemAnswer.send(call, internal());
    } finally {
      traffic.served(route, response.status().code(), System.nanoTime() - started);
    }
  }

  private void serveClient(Route.Handler client, ServerRequest request, ServerResponse response) {
    Call call = open(request, response);
    try {
      String method = call.method();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        response.header(HeaderNames.ALLOW, "GET, HEAD");
        throw methodNotAllowed(List.of("GET", "HEAD"));
      }
      client.handle(call);
    } catch (Problem problem) {
      ProblemAnswer.send(call, problem);
    }
  }

  private void refuseMethod(
      TreeSet<String> allowed, ServerRequest request, ServerResponse response) {
    Call call = open(request, response);
    response.header(HeaderNames.ALLOW, String.join(", ", allowed));
    ProblemAnswer.send(call, methodNotAllowed(List.copyOf(allowed)));
  }

  /**
   * What the server itself throws: a request that is not HTTP, a handler's error that nobody
   * foresaw.
   */
  private void lastResort(ServerRequest request, ServerResponse response, Throwable thrown) {
    Call call = open(request, response);
    if (thrown instanceof Problem problem) {
      ProblemAnswer.send(call, problem);
      return;
    }
    traffic.unexpected(call, null, thrown);
    ProblemAnswer.send(call, internal());
  }

  private Call open(ServerRequest request, ServerResponse response) {
    SecurityHeaders.addTo(response);
    String correlation = ids.next().toString();
    response.header(HeaderNames.create("X-Correlation-Id"), correlation);
    if (request.headers().first(HeaderNames.CONNECTION).map(WebHost::isClose).orElse(false)) {
      response.header(HeaderNames.CONNECTION, "close");
    }
    return new Call(request, response, correlation);
  }

  private static boolean isClose(String connection) {
    return connection.toLowerCase(Locale.ROOT).contains("close");
  }

  private static Problem methodNotAllowed(List<String> allowed) {
    return Problem.of(
            405, "method-not-allowed", "此路徑不接受這種方法。", "This path does not take that method.")
        .with("allowed", allowed);
  }

  private static Problem internal() {
    return Problem.of(
        500,
        "internal",
        "系統發生未預期的錯誤，已記錄。",
        "Something unforeseen went wrong; it has been recorded.");
  }

  public void start() {
    server.start();
  }

  public int port() {
    return server.port();
  }

  /** Finishes what was accepted, for a few seconds at most. */
  @Override
  public void close() {
    server.stop();
  }
}
