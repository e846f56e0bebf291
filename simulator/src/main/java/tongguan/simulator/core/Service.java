package tongguan.simulator.core;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations of a core system, whatever they come in by. */
final class Service {
  private final Books books;
  private final Accounts accounts;
  private final Clock clock;

  Service(Books books, Accounts accounts, Clock clock) {
    this.books = books;
    this.accounts = accounts;
    this.clock = clock;
  }

  Reply signIn(String user, String password) {
    Accounts.Answer answer = accounts.signIn(user, password);
    if (answer.token().isEmpty()) {
      return Reply.refused(403, answer.code(), answer.text());
    }
    Accounts.Token token = answer.token().get();
    return Reply.of(200, json(token));
  }

  static ObjectNode json(Accounts.Token token) {
    return Json.object()
        .put("token", token.token())
        .put("user", token.user())
        .put("until", token.until().toString());
  }

  Reply signOut(String token) {
    accounts.signOut(token);
    return Reply.of(200, Json.object().put("done", true));
  }

  Reply query(String token, String kind, String key) {
    if (accounts.of(token).isEmpty()) {
      return Reply.refused(401, "E-TOKEN", "請重新登入 (sign in again)");
    }
    Optional<ObjectNode> found =
        kind.equals("declaration") ? books.declaration(key) : Optional.empty();
    ObjectNode body = Json.object().put(kind, key);
    if (found.isEmpty()) {
      return Reply.of(404, body);
    }
    body.set("record", found.get());
    return Reply.of(200, body.put("asOf", clock.instant().toString()));
  }

  Reply submit(OrderIn order) throws IOException {
    Books.Entry entry = books.take(order);
    ObjectNode body = entry.json();
    return Reply.of(entry.state().equals("refused") ? 409 : 202, body);
  }

  Reply ask(UUID key) {
    return Reply.order(key, books.find(key));
  }

  Reply events(String after, int limit) {
    long from = after.matches("[0-9]{1,15}") ? Long.parseLong(after) : 0;
    List<Books.Event> events = books.eventsAfter(from, limit);
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("events");
    for (Books.Event event : events) {
      JsonNode message = Json.read(event.text());
      list.add(message);
    }
    long cursor = events.isEmpty() ? from : events.getLast().number();
    return Reply.of(200, body.put("cursor", String.valueOf(cursor)));
  }
}
