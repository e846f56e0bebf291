package tongguan.simulator.core;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * For tests, on loopback alone: {@code POST /fault?kind=lost-reply&on=submit&count=1}, {@code POST
 * /clear}, {@code GET /journal}.
 */
final class Control implements AutoCloseable {
  private final HttpServer server;
  private final Peer peer;
  private final Faults faults;
  private final Books books;

  Control(Peer peer, Faults faults, Books books) throws IOException {
    this.peer = peer;
    this.faults = faults;
    this.books = books;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/fault", this::fault);
    server.createContext("/clear", this::clear);
    server.createContext("/journal", this::journal);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void fault(HttpExchange exchange) throws IOException {
    Map<String, String> asked = new HashMap<>();
    for (String pair : exchange.getRequestURI().getQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      asked.put(parts[0], parts[1]);
    }
    Faults.Kind kind = Faults.Kind.of(asked.getOrDefault("kind", ""));
    peer.door().open();
    faults.clear();
    switch (kind) {
      case DOWN -> peer.door().shut();
      case HALF_OPEN -> peer.door().fallSilent();
      default ->
          faults.order(
              kind,
              asked.getOrDefault("on", ""),
              Integer.parseInt(asked.getOrDefault("count", "0")),
              Long.parseLong(asked.getOrDefault("millis", "30000")));
    }
    answer(exchange, Json.object().put("fault", kind.name()));
  }

  private void clear(HttpExchange exchange) throws IOException {
    faults.clear();
    peer.door().open();
    answer(exchange, Json.object().put("fault", "none"));
  }

  private void journal(HttpExchange exchange) throws IOException {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("orders");
    books.entriesFrom(0).forEach(entry -> list.add(entry.json()));
    answer(exchange, body);
  }

  private static void answer(HttpExchange exchange, ObjectNode body) throws IOException {
    try (exchange) {
      byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
