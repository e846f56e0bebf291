package tongguan.base.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tongguan.base.Ids;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.StartFailure;

/**
 * The web server: mounts the rooms' routes, asks the gate before each, and turns every outcome into
 * an answer. Without TLS it listens on loopback only.
 */
public final class WebHost implements AutoCloseable {
  private final Serving serving;
  private final SlowPeers slowPeers;
  private final WebServer server;
  private final int port;

  public WebHost(
      int port, List<Route> routes, Route.Handler client, Gate gate, Ids ids, Traffic traffic) {
    this(port, routes, client, gate, ids, traffic, Patience.STANDARD);
  }

  WebHost(
      int port,
      List<Route> routes,
      Route.Handler client,
      Gate gate,
      Ids ids,
      Traffic traffic,
      Patience patience) {
    this.port = port;
    this.slowPeers = new SlowPeers(patience);
    this.serving = new Serving(gate, ids, traffic, slowPeers, patience);
    this.server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(patience.leave())
            .maxTcpConnections(Limits.CONNECTIONS)
            .maxPayloadSize(Limits.TRANSMISSION_BYTES)
            .idleConnectionTimeout(patience.idle())
            .idleConnectionPeriod(patience.idle().dividedBy(5))
            .connectionOptions(options -> options.tcpNoDelay(true))
            // Blocking sockets: a third of the memory of the NIO ones for each held connection.
            .useNio(false)
            .contentEncoding(new BodyAsSent())
            .directHandlers(WireProblem.handlers(ids))
            // The only protocol. Were there a choice, the server would hang up without a word on
            // whatever does not look like HTTP/1.1 at first sight.
            .protocolsDiscoverServices(false)
            .addConnectionSelector(http1())
            .routing(routing(routes, client))
            .build();
  }

  private Http1ConnectionSelector http1() {
    Http1Config config =
        Http1Config.builder()
            .maxHeadersSize(Limits.HEADER_BYTES)
            .maxPrologueLength(Limits.URI_CHARACTERS)
            .sendKeepAliveHeader(false)
            .addReceiveListener(new RequestHeads(slowPeers))
            .build();
    return Http1ConnectionSelector.builder().config(config).build();
  }

  private HttpRouting.Builder routing(List<Route> routes, Route.Handler client) {
    HttpRouting.Builder routing = HttpRouting.builder();
    routing.addFilter(new ConnectionEnd(slowPeers));
    routing.error(Throwable.class, serving::refuse);
    Map<String, TreeSet<String>> methods = new TreeMap<>();
    for (Route route : routes) {
      TreeSet<String> taken = methods.computeIfAbsent(route.path(), path -> new TreeSet<>());
      taken.add(route.method());
      mount(routing, route.method(), route);
      if (route.method().equals("GET")) {
        taken.add("HEAD");
        mount(routing, "HEAD", route);
      }
    }
    methods.forEach((path, taken) -> {
      Route refusal = refusal(path, taken);
      routing.any(path, (request, response) -> serving.serve(refusal, request, response));
    });
    mountClient(routing, client);
    return routing;
  }

  private void mount(HttpRouting.Builder routing, String method, Route route) {
    routing.route(
        Method.create(method),
        route.path(),
        (request, response) -> serving.serve(route, request, response));
  }

  private void mountClient(HttpRouting.Builder routing, Route.Handler client) {
    Route pages = Route.get("client", Route.OPEN, client).producing(Set.of());
    Route refusal = refusal("client", new TreeSet<>(Set.of("GET", "HEAD")));
    routing.any((request, response) -> {
      Method method = request.prologue().method();
      boolean reads = method.equals(Method.GET) || method.equals(Method.HEAD);
      serving.serve(reads ? pages : refusal, request, response);
    });
  }

  /** What a path says to methods that it does not take. */
  private static Route refusal(String path, TreeSet<String> taken) {
    return Route.get(
            path,
            Route.OPEN,
            call -> {
              call.header(HeaderNames.ALLOW.defaultCase(), String.join(", ", taken));
              throw Problem.of(
                      405,
                      "method-not-allowed",
                      "此路徑不接受這種方法。",
                      "This path does not take that method.")
                  .with("allowed", List.copyOf(taken));
            })
        .producing(Set.of());
  }

  /**
   * Refuses a port that another program listens on, in one sentence; asked before anything else is
   * started.
   */
  public static void requirePort(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw portRefused(port, String.valueOf(e.getMessage()));
    }
  }

  private static StartFailure portRefused(int port, String reason) {
    String what = reason.contains("in use") ? "is taken" : "cannot be used (" + reason + ")";
    return StartFailure.environment(
        "Port %d %s; choose another with --port, or stop what listens there."
            .formatted(port, what));
  }

  public void start() {
    server.start();
    // The server keeps the reason to itself: it logs it and returns.
    if (!server.isRunning()) {
      throw portRefused(port, "in use");
    }
    slowPeers.start();
  }

  public int port() {
    return server.port();
  }

  /** Finishes what was accepted, for a few seconds at most. */
  @Override
  public void close() {
    server.stop();
    slowPeers.close();
  }
}
