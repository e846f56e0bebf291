package tongguan.bench.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tongguan.base.Json;
import tools.jackson.databind.JsonNode;

/** Somebody with a browser: cookies, the token of the page, and what is confirmed by password. */
final class Person {
  static final String PASSWORD = "correct horse battery 42";

  private final HttpClient client = HttpClient.newHttpClient();
  private final String name;
  private final Map<String, String> cookies = new TreeMap<>();
  private URI site;
  private String csrf = "";

  Person(String name, URI site) {
    this.name = name;
    this.site = site;
  }

  /** The same browser before another door. */
  Person at(URI other) {
    site = other;
    return this;
  }

  Person in() {
    csrf = good(logIn()).path("csrf").stringValue();
    return this;
  }

  HttpResponse<String> logIn() {
    return post("/api/v1/login", Map.of("account", name, "password", PASSWORD));
  }

  /** The officer's verification, without which nothing opens again. */
  void unlock() {
    csrf =
        good(post("/api/v1/session/unlock", Map.of("password", PASSWORD)))
            .path("csrf")
            .stringValue();
  }

  JsonNode see(String path) {
    return good(get(path));
  }

  HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  HttpResponse<String> post(String path, Object body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)))
            .build());
  }

  /** Looks at the draft and confirms it with the password. */
  JsonNode make(String path, Map<String, ?> input) {
    String nonce = good(post(path + "/draft", input)).path("confirmation").stringValue();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("input", input);
    body.put("confirmation", nonce);
    body.put("password", PASSWORD);
    HttpResponse<String> response = post(path, body);
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return json(response);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(site.resolve(path)).header("Accept-Language", "en");
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          String.join(
              "; ",
              cookies.entrySet().stream().map(c -> c.getKey() + '=' + c.getValue()).toList()));
    }
    if (!csrf.isEmpty()) {
      request.header("X-CSRF-Token", csrf);
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      for (String cookie : response.headers().allValues("Set-Cookie")) {
        String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
        cookies.put(pair[0], pair[1]);
      }
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static JsonNode good(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return Json.read(response.body().getBytes(StandardCharsets.UTF_8));
    } catch (Json.Malformed e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
