package tongguan.core.agency;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.outbound.Trust;
import tongguan.base.xml.Element;
import tongguan.core.Asked;
import tongguan.core.CoreSystem;
import tongguan.core.Events;
import tongguan.core.Health;
import tongguan.core.Https;
import tongguan.core.Line;
import tongguan.core.NotUnderstood;
import tongguan.core.Order;
import tongguan.core.OrderState;
import tongguan.core.Queried;
import tongguan.core.Query;
import tongguan.core.Received;
import tongguan.core.SignedIn;
import tongguan.core.Submitted;
import tongguan.core.SystemSettings;

/**
 * Another agency's system: SOAP 1.1 over HTTPS, where the platform shows a name and a password. A
 * refusal is a regular answer; a fault says that the system failed, and so nothing about the order.
 */
public final class AgencySystem implements CoreSystem {
  private final SystemSettings settings;
  private final Line line;
  private final Https https;
  private final String authorization;

  /**
   * Reads {@code url}, {@code caFile}, {@code user} and {@code passwordFile}.
   *
   * @throws tongguan.base.StartFailure where they cannot work
   */
  public AgencySystem(SystemSettings settings, Clock clock) {
    this.settings = settings;
    this.line = new Line(settings, clock);
    URI url = settings.own().https("url");
    String ca = settings.own().file("caFile").toString();
    this.https = new Https(url, Trust.of("caFile", ca), settings.time());
    String login = settings.own().text("user") + ':' + settings.own().secret("passwordFile");
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Health health() {
    return line.health();
  }

  @Override
  public SignedIn signIn(String user, String password) {
    return line.signIn(attempt -> {
      Element answer = call(attempt, "SignIn", Map.of("user", user, "password", password));
      if (isRefused(answer)) {
        return new SignedIn.Refused(code(answer), words(answer));
      }
      return new SignedIn.In(
          Soap.text(answer, "token", 500),
          Soap.text(answer, "user", 100),
          Received.moment(Soap.text(answer, "until", 40), "until"));
    });
  }

  @Override
  public void signOut(String token) {
    Line.Outcome<Element> _ =
        line.call(attempt -> call(attempt, "SignOut", Map.of("token", token)));
  }

  @Override
  public Queried query(String token, Query query) {
    return line.query(attempt -> {
      Element answer =
          call(attempt, "Query", Map.of("token", token, "kind", query.kind(), "key", query.key()));
      if (isRefused(answer)) {
        return new Queried.Refused(code(answer), words(answer));
      }
      if (answer.only("record").isEmpty()) {
        return new Queried.Nothing();
      }
      Element found = answer.only("record").get();
      requireAbout(found, query);
      return new Queried.Found(json(found), Received.moment(Soap.text(answer, "asOf", 40), "asOf"));
    });
  }

  private static void requireAbout(Element found, Query query) throws NotUnderstood {
    if (!Soap.text(found, query.kind(), 100).equals(query.key())) {
      throw NotUnderstood.aboutAnother(query.kind());
    }
  }

  /** The elements of a record as members that are texts; one that comes again is left out. */
  private static String json(Element found) {
    Map<String, String> members = new LinkedHashMap<>();
    for (Element member : found.children()) {
      members.putIfAbsent(member.name(), member.text());
    }
    return Json.text(members);
  }

  @Override
  public Submitted submit(Order order) {
    return line.submit(attempt -> state(call(attempt, "Submit", members(order))).submitted(order));
  }

  private static Map<String, String> members(Order order) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("key", order.key().toString());
    members.put("officer", order.officer());
    members.put("declaration", order.declaration());
    members.put("act", order.act());
    members.put("values", order.values());
    members.put("confirmedAt", order.confirmedAt().toString());
    return members;
  }

  @Override
  public Asked ask(UUID key, String declaration) {
    return line.ask(attempt ->
        state(call(attempt, "Ask", Map.of("key", key.toString()))).asked(key, declaration));
  }

  private static OrderState state(Element answer) throws NotUnderstood {
    return new OrderState(
        Soap.text(answer, "key", 36),
        // Blanks of a declaration's number stand inside of it, so that stripping does no harm.
        Soap.optional(answer, "declaration", 20),
        Soap.text(answer, "state", 20),
        Soap.optional(answer, "reference", Limits.CORE_CODE_CHARACTERS),
        Soap.optional(answer, "code", Limits.CORE_CODE_CHARACTERS),
        Soap.optional(answer, "text", Limits.CORE_TEXT_CHARACTERS));
  }

  @Override
  public Events events(String cursor) {
    return line.events(attempt -> {
      String most = String.valueOf(Limits.CORE_EVENTS);
      Element answer = call(attempt, "Events", Map.of("after", cursor, "limit", most));
      List<String> messages = new ArrayList<>();
      for (Element event : answer.all("event")) {
        messages.add(event.text());
      }
      return Received.told(messages, Soap.text(answer, "cursor", 100), cursor);
    });
  }

  private static boolean isRefused(Element answer) {
    return answer.only("code").isPresent();
  }

  private static String code(Element answer) throws NotUnderstood {
    return Soap.text(answer, "code", Limits.CORE_CODE_CHARACTERS);
  }

  private static String words(Element answer) throws NotUnderstood {
    return Soap.text(answer, "text", Limits.CORE_TEXT_CHARACTERS);
  }

  private Element call(Line.Attempt attempt, String operation, Map<String, String> members)
      throws Exception {
    HttpResponse<byte[]> response =
        https.send(
            attempt,
            https
                .request("")
                .header("Authorization", authorization)
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", '"' + Soap.SERVICE + '#' + operation + '"')
                .POST(BodyPublishers.ofByteArray(Soap.request(operation, members))));
    if (response.statusCode() != 200) {
      throw new NotUnderstood("status " + response.statusCode());
    }
    return Soap.answer(response.body(), operation);
  }

  @Override
  public void close() {
    https.close();
  }
}
