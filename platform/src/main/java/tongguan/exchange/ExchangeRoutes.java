package tongguan.exchange;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tongguan.access.Permissions;
import tongguan.access.operation.Confirmed;
import tongguan.audit.Audit;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.exchange.Senders.Trust;

/** Messages in, what became of them, and the schemas that they must fit. */
public final class ExchangeRoutes {
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

  private final Exchange exchange;
  private final MessageRoutes messages;

  private final Confirmed confirmed;

  public ExchangeRoutes(Exchange exchange, Audit audit, Confirmed confirmed) {
    this.exchange = exchange;
    this.messages = new MessageRoutes(exchange, audit);
    this.confirmed = confirmed;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(confirmed.routes(List.of(new Replay(exchange))));
    routes.addAll(ownRoutes());
    return routes;
  }

  private List<Route> ownRoutes() {
    return List.of(
        Route.post("/api/v1/messages", Route.OPEN, this::receive)
            .accepting(Limits.TRANSMISSION_BYTES, Cutting.MEDIA_TYPES),
        Route.get("/api/v1/messages", Permissions.MESSAGES_READ, messages::list),
        Route.get("/api/v1/messages/{id}", Permissions.MESSAGES_READ, messages::show),
        Route.get("/api/v1/schemas", Permissions.SIGNED_IN, this::schemas),
        Route.get("/api/v1/schemas/{kind}", Permissions.SIGNED_IN, this::schema)
            .producing(Set.of("application/schema+json", "application/json")));
  }

  private void receive(Call call) {
    Trust trust;
    try {
      trust = exchange.senders().authenticate(call.header("Authorization").orElse(""));
    } catch (Problem refused) {
      if (refused.status() == 401) {
        call.header("WWW-Authenticate", "Bearer");
      }
      throw refused;
    }
    requireUtf8(call);
    Exchange.Handed handed =
        new Exchange.Handed(call.mediaType(), idempotencyKey(call), call.chinese(), call::body);
    String reply = exchange.receive(trust, handed);
    call.respond(200, "application/json", reply.getBytes(StandardCharsets.UTF_8));
  }

  /** JSON is UTF-8; EDIFACT names its own character set inside. */
  private static void requireUtf8(Call call) {
    Matcher charset = CHARSET.matcher(call.header("Content-Type").orElse(""));
    boolean json = !Cutting.EDIFACT.contains(call.mediaType());
    if (json && charset.find() && !charset.group(1).toLowerCase(Locale.ROOT).equals("utf-8")) {
      throw Problem.of(415, "charset", "JSON 必須使用 UTF-8。", "JSON must be in UTF-8.")
          .with("expected", "utf-8");
    }
  }

  private static @Nullable String idempotencyKey(Call call) {
    String key = call.header("Idempotency-Key").orElse(null);
    if (key != null && (key.isBlank() || key.length() > Limits.IDEMPOTENCY_KEY_CHARACTERS)) {
      throw Problem.badRequest(
              "idempotency-key-form",
              "Idempotency-Key 長度不符。",
              "The Idempotency-Key is empty or too long.")
          .with("limit", Limits.IDEMPOTENCY_KEY_CHARACTERS);
    }
    return key;
  }

  private void schemas(Call call) {
    List<Map<String, String>> kinds =
        exchange.schemas().kinds().stream()
            .map(kind -> Map.of("kind", kind, "href", "/api/v1/schemas/" + kind))
            .toList();
    call.respondJson(200, Map.of("items", kinds, "shared", List.of("common", "envelope")));
  }

  private void schema(Call call) {
    byte[] schema =
        exchange
            .schemas()
            .published(call.pathParameter("kind"))
            .orElseThrow(
                () -> Problem.of(404, "unknown-kind", "沒有此訊息種類。", "There is no such kind."));
    call.respondTagged("application/schema+json", "private, no-cache", schema);
  }
}
