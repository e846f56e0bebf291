package tongguan.base.http;

import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
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
import org.jspecify.annotations.Nullable;
import tongguan.base.Ids;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.StartFailure;

/**
 * The web server: mounts the rooms' routes, asks the gate before each, and turns every outcome into
 * an answer. Without TLS it listens on loopback only; a second door with TLS may be opened beside
 * it.
 */
public final class WebHost implements AutoCloseable {
  private final List<Route> routes;
  private final Route.Handler client;
  private final Ids ids;
  private final Patience patience;
  private final Serving serving;
  private final SlowPeers slowPeers;
  private final WebServer server;
  private @Nullable TlsDoor door;
  private @Nullable WebServer secure;

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
    this.routes = List.copyOf(routes);
    this.client = client;
    this.ids = ids;
    this.patience = patience;
    this.slowPeers = new SlowPeers(patience);
    this.serving = new Serving(gate, ids, traffic, slowPeers, patience);
    this.server =
        listener(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .addConnectionSelector(http1())
            .build();
  }

  private WebServerConfig.Builder listener(InetSocketAddress address) {
    return WebServer.builder()
        .address(address.getAddress())
        .port(address.getPort())
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
        .routing(routing());
  }

  /**
   * Opens a door with TLS beside the plain one of this machine; before the start.
   *
   * @param balancers from whose addresses the PROXY protocol is demanded, and believed
   */
  public void listen(InetSocketAddress address, TlsIdentity identity, List<Network> balancers) {
    TlsDoor opened = new TlsDoor(identity, balancers, slowPeers);
    door = opened;
    secure =
        listener(address)
            .addConnectionSelector(new Settled(http1(), slowPeers))
            .tls(Tls.builder().sslContext(opened.asContext()).build())
            .build();
  }

  /** The certificate has been renewed: connections from now on see the new one. */
  public void identify(TlsIdentity identity) {
    if (door != null) {
      door.identify(identity);
    }
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

  private HttpRouting.Builder routing() {
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
    mountClient(routing);
    return routing;
  }

  private void mount(HttpRouting.Builder routing, String method, Route route) {
    routing.route(
        Method.create(method),
        route.path(),
        (request, response) -> serving.serve(route, request, response));
  }

  private void mountClient(HttpRouting.Builder routing) {
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
    requireAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), "--port");
  }

  /** The same for an address, which the option names. */
  public static void requireAddress(InetSocketAddress address, String option) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(address);
    } catch (IOException e) {
      throw refused(address, option, String.valueOf(e.getMessage()));
    }
  }

  private static StartFailure refused(InetSocketAddress address, String option, String reason) {
    String what = reason.contains("in use") ? "is taken" : "cannot be used (" + reason + ")";
    String where =
        address.getAddress().isLoopbackAddress()
            ? "Port " + address.getPort()
            : "Address " + address.getAddress().getHostAddress() + " port " + address.getPort();
    return StartFailure.environment(
        "%s %s; choose another with %s, or stop what listens there."
            .formatted(where, what, option));
  }

  public void start() {
    start(server, "--port");
    if (secure != null) {
      start(secure, "--tls");
    }
    slowPeers.start();
  }

  private static void start(WebServer started, String option) {
    started.start();
    // The server keeps the reason to itself: it logs it and returns.
    if (!started.isRunning()) {
      InetSocketAddress address =
          new InetSocketAddress(
              started.prototype().address(), Math.max(0, started.prototype().port()));
      throw refused(address, option, "in use");
    }
  }

  public int port() {
    return server.port();
  }

  /** The port of the door with TLS; -1 where there is none. */
  public int securePort() {
    return secure == null ? -1 : secure.port();
  }

  /** Finishes what was accepted, for a few seconds at most. */
  @Override
  public void close() {
    if (secure != null) {
      secure.stop();
    }
    server.stop();
    slowPeers.close();
  }
}
