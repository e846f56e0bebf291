package tongguan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.base.Json;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.base.http.Route;
import tongguan.base.http.Wire;

/** What must hold of each route, those included that are yet to come. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryRouteTest {
  private final Platform platform;

  EveryRouteTest() {
    DatabaseUrl url = TestDatabase.empty();
    platform = new Platform(url, url, 0, Clock.systemUTC());
  }

  @BeforeAll
  void start() {
    platform.start();
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  private Wire.Answer ask(String method, Route route, String host, String... headers) {
    String path = route.path().replaceAll("\\{[^}]*\\}", "none");
    StringBuilder request = new StringBuilder();
    request.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    for (String header : headers) {
      request.append("\r\n").append(header);
    }
    if (!method.equals("GET")) {
      request.append("\r\nContent-Length: 0");
      route.consumes().stream()
          .findFirst()
          .ifPresent(type -> request.append("\r\nContent-Type: ").append(type));
    }
    request.append("\r\nConnection: close\r\n\r\n");
    return Wire.send(platform.port(), request.toString()).only();
  }

  private Wire.Answer ask(Route route, String... headers) {
    return ask(route.method(), route, "localhost:" + platform.port(), headers);
  }

  private static String code(Wire.Answer answer) {
    try {
      assertThat(answer.header("Content-Type")).contains("application/problem+json");
      return Json.read(answer.body()).path("code").stringValue();
    } catch (Json.Malformed e) {
      throw new AssertionError(answer.text(), e);
    }
  }

  @Test
  void refusesNamesThatAreNotOfThisMachineBecauseAForeignPageCanPointItsNameHere() {
    for (Route route : platform.routes()) {
      for (String host :
          List.of(
              "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8080", "[::2]")) {
        Wire.Answer answer = ask(route.method(), route, host);
        assertThat(answer.status()).as(route.path() + " for " + host).isEqualTo(403);
        assertThat(code(answer)).isEqualTo("not-here");
      }
      for (String host : List.of("localhost", "127.0.0.1:" + platform.port(), "[::1]:80")) {
        assertThat(ask(route.method(), route, host).text()).doesNotContain("not-here");
      }
    }
  }

  @Test
  void carriesTheSecurityHeadersOnGoodAnswersAndRefusals() {
    for (Route route : platform.routes()) {
      for (Wire.Answer answer :
          List.of(
              ask(route),
              ask(route, "Accept: image/png"),
              ask("DELETE", route, "localhost"),
              ask(route.method(), route, "evil.example"))) {
        assertThat(answer.header("Content-Security-Policy").orElse(""))
            .as(route.path() + " " + answer.status())
            .startsWith("default-src 'none'");
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).contains("same-origin");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(answer.header("Cache-Control")).isPresent();
        assertThat(answer.header("X-Correlation-Id")).isPresent();
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.status()).isNotEqualTo(500);
      }
    }
  }

  @Test
  void refusesOtherMethodsAndForms() {
    for (Route route : platform.routes()) {
      Wire.Answer deleted = ask("DELETE", route, "localhost");
      assertThat(deleted.status()).as(route.path()).isEqualTo(405);
      assertThat(deleted.header("Allow").orElse("")).contains(route.method());
      if (!route.produces().isEmpty()) {
        assertThat(code(ask(route, "Accept: image/png")))
            .as(route.path())
            .isEqualTo("not-acceptable");
      }
    }
  }

  @Test
  void refusesChangesThatComeFromAForeignPage() {
    List<Route> changes =
        platform.routes().stream().filter(route -> !route.method().equals("GET")).toList();
    assertThat(changes).isNotEmpty();

    for (Route route : changes) {
      assertThat(code(ask(route, "Sec-Fetch-Site: cross-site"))).isEqualTo("foreign-origin");
      assertThat(code(ask(route, "Origin: https://evil.example"))).isEqualTo("foreign-origin");
    }
  }
}
