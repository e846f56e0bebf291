package tongguan.simulator.core;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Air clearance: REST, for clients that show a certificate. */
final class AirPeer extends HttpsPeer {
  private final Service service;

  AirPeer(Parts parts, Clock clock) throws IOException, GeneralSecurityException {
    super(parts, true);
    this.service = new Service(parts.books(), parts.accounts(), clock);
  }

  @Override
  String operation(HttpExchange exchange, byte[] body) {
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith("/orders/")) {
      return exchange.getRequestMethod().equals("PUT") ? "submit" : "ask";
    }
    return path.startsWith("/declarations/") ? "query" : path.substring(1);
  }

  @Override
  Reply reply(HttpExchange exchange, String operation, byte[] body) throws IOException {
    URI uri = exchange.getRequestURI();
    String last = uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1);
    return switch (operation) {
      case "sign-in" -> {
        JsonNode login = Json.read(body);
        yield service.signIn(login.path("user").asString(""), login.path("password").asString(""));
      }
      case "sign-out" -> service.signOut(token(exchange));
      case "query" -> service.query(token(exchange), "declaration", last);
      case "submit" -> service.submit(OrderIn.of(Json.read(body)));
      case "ask" -> service.ask(UUID.fromString(last));
      case "events" ->
          service.events(parameter(uri, "after"), Integer.parseInt(parameter(uri, "limit")));
      default -> Reply.refused(404, "E-PATH", "no such thing");
    };
  }

  private static String token(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header != null && header.startsWith("Bearer ") ? header.substring(7) : "";
  }

  private static String parameter(URI uri, String name) {
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  @Override
  byte[] written(String operation, Reply reply) {
    return Json.bytes(reply.body());
  }

  @Override
  int status(Reply reply) {
    return reply.status();
  }

  @Override
  String mediaType() {
    return "application/json";
  }

  @Override
  public ObjectNode connection() {
    return Json.object()
        .put("url", "https://localhost:" + door().port())
        .put("caFile", certificates.file("ca.pem").toString())
        .put("certificateFile", certificates.file("client.pem").toString())
        .put("keyFile", certificates.file("client.key").toString());
  }
}
