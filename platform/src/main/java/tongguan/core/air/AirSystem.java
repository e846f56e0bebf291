package tongguan.core.air;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.outbound.Trust;
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
 * Air clearance: JSON over HTTPS, where the platform proves itself by a certificate. An order is
 * put under its key, so that the same one put again is the same order.
 */
public final class AirSystem implements CoreSystem {
  private static final String JSON = "application/json";

  private final SystemSettings settings;
  private final Line line;
  private final Https https;

  /**
   * Reads {@code url}, {@code caFile}, {@code certificateFile} and {@code keyFile}.
   *
   * @throws tongguan.base.StartFailure where they cannot work
   */
  public AirSystem(SystemSettings settings, Clock clock) {
    this.settings = settings;
    this.line = new Line(settings, clock);
    this.https =
        new Https(
            settings.own().https("url"),
            Trust.mutual(
                settings.own().file("caFile").toString(),
                settings.own().file("certificateFile"),
                settings.own().file("keyFile")),
            settings.time());
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
      HttpResponse<byte[]> response =
          https.send(
              attempt, post("/sign-in", Json.bytes(Map.of("user", user, "password", password))));
      Received received = Received.of(response.body());
      return switch (response.statusCode()) {
        case 200 -> received.signedIn();
        case 403 -> new SignedIn.Refused(code(received), text(received));
        default -> throw status(response);
      };
    });
  }

  @Override
  public void signOut(String token) {
    Line.Outcome<Integer> _ =
        line.call(attempt -> {
          HttpRequest.Builder request =
              post("/sign-out", new byte[0]).header("Authorization", "Bearer " + token);
          return https.send(attempt, request).statusCode();
        });
  }

  @Override
  public Queried query(String token, Query query) {
    return line.query(attempt -> {
      HttpResponse<byte[]> response =
          https.send(
              attempt,
              https
                  .request('/' + query.kind() + "s/" + encoded(query.key()))
                  .header("Authorization", "Bearer " + token)
                  .GET());
      Received received = Received.of(response.body());
      return switch (response.statusCode()) {
        case 200 -> found(received, query);
        case 401, 403 -> new Queried.Refused(code(received), text(received));
        case 404 -> new Queried.Nothing();
        default -> throw status(response);
      };
    });
  }

  private static Queried found(Received received, Query query) throws NotUnderstood {
    received.requireAbout(query);
    return new Queried.Found(received.object("record"), received.moment("asOf"));
  }

  @Override
  public Submitted submit(Order order) {
    return line.submit(attempt -> {
      HttpResponse<byte[]> response =
          https.send(
              attempt,
              https
                  .request("/orders/" + order.key())
                  .header("Content-Type", JSON)
                  .PUT(BodyPublishers.ofByteArray(order.json())));
      return switch (response.statusCode()) {
        case 200, 202, 409 -> Received.of(response.body()).order().submitted(order);
        default -> throw status(response);
      };
    });
  }

  @Override
  public Asked ask(UUID key, String declaration) {
    return line.ask(attempt -> {
      HttpResponse<byte[]> response = https.send(attempt, https.request("/orders/" + key).GET());
      OrderState state =
          switch (response.statusCode()) {
            // Not found is believed only where the system itself says it of this very key.
            case 200, 404 -> Received.of(response.body()).order();
            default -> throw status(response);
          };
      return state.asked(key, declaration);
    });
  }

  @Override
  public Events events(String cursor) {
    return line.events(attempt -> {
      HttpResponse<byte[]> response =
          https.send(
              attempt,
              https
                  .request("/events?limit=" + Limits.CORE_EVENTS + "&after=" + encoded(cursor))
                  .GET());
      if (response.statusCode() != 200) {
        throw status(response);
      }
      return Received.of(response.body()).told(cursor);
    });
  }

  private HttpRequest.Builder post(String path, byte[] body) {
    return https.request(path).header("Content-Type", JSON).POST(BodyPublishers.ofByteArray(body));
  }

  private static String code(Received received) throws NotUnderstood {
    return received.text("code", Limits.CORE_CODE_CHARACTERS);
  }

  private static String text(Received received) throws NotUnderstood {
    return received.text("text", Limits.CORE_TEXT_CHARACTERS);
  }

  private static NotUnderstood status(HttpResponse<byte[]> response) {
    return new NotUnderstood("status " + response.statusCode());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    https.close();
  }
}
