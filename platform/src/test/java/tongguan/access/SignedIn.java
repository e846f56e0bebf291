package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tongguan.Platform;
import tongguan.base.Json;
import tongguan.identity.Account;
import tongguan.identity.LoginName;
import tongguan.identity.NewAccount;
import tools.jackson.databind.JsonNode;

/** An officer with a browser: cookies, the token of our own page, and what an officer does. */
public final class SignedIn {
  public static final String PASSWORD = "correct horse battery 42";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final HttpClient client;
  private final String site;
  public final String name;
  private final Map<String, String> cookies = new TreeMap<>();
  private String csrf = "";

  private SignedIn(HttpClient client, String site, String name) {
    this.client = client;
    this.site = site;
    this.name = name;
  }

  /** Puts a session of this token into the browser. */
  void hold(String token) {
    cookies.put(Cookies.SESSION, token);
    csrf = CsrfToken.of(token);
  }

  /** The head of an answer that may go on for ever; its body is left alone. */
  HttpResponse<String> begin(String path) {
    try {
      HttpResponse<java.io.InputStream> begun =
          client.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream());
      try (java.io.InputStream body = begun.body()) {
        String text =
            begun.statusCode() == 200
                ? ""
                : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        return new Head(begun, text);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** An answer with the body that was read of it. */
  private record Head(HttpResponse<?> of, String body) implements HttpResponse<String> {
    @Override
    public int statusCode() {
      return of.statusCode();
    }

    @Override
    public HttpRequest request() {
      return of.request();
    }

    @Override
    public java.util.Optional<HttpResponse<String>> previousResponse() {
      return java.util.Optional.empty();
    }

    @Override
    public java.net.http.HttpHeaders headers() {
      return of.headers();
    }

    @Override
    public java.util.Optional<javax.net.ssl.SSLSession> sslSession() {
      return of.sslSession();
    }

    @Override
    public URI uri() {
      return of.uri();
    }

    @Override
    public HttpClient.Version version() {
      return of.version();
    }
  }

  /** The account alone. */
  public static UUID account(
      Platform platform, String name, String unit, int clearance, String role, String scope) {
    return platform
        .identity()
        .accounts()
        .found(
            new NewAccount(
                new LoginName(name),
                name + "中文",
                name + " of Customs",
                unit,
                clearance,
                name + "@example.test",
                "local",
                null),
            List.of(new Account.Holding(role, scope)),
            PASSWORD);
  }

  /** Someone before a browser that has never been here. */
  public static SignedIn stranger(Platform platform, String name) {
    return new SignedIn(CLIENT, "http://127.0.0.1:" + platform.port(), name);
  }

  /** The same, at a platform that is a process of its own. */
  public static SignedIn stranger(URI site, String name) {
    return new SignedIn(CLIENT, site.toString(), name);
  }

  /** An officer who reads everything, already in. */
  public static SignedIn reader(Platform platform) {
    account(platform, "reader", "HQ", 2, "officer", "all");
    return stranger(platform, "reader").in();
  }

  /** Signs in with the right password. */
  public SignedIn in() {
    HttpResponse<String> response = logIn(PASSWORD);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return this;
  }

  public HttpResponse<String> logIn(String password) {
    HttpResponse<String> response =
        post("/api/v1/login", Map.of("account", name, "password", password));
    if (response.statusCode() == 200) {
      csrf = json(response).path("csrf").stringValue();
    }
    return response;
  }

  public HttpResponse<String> unlock(String password) {
    HttpResponse<String> response = post("/api/v1/session/unlock", Map.of("password", password));
    if (response.statusCode() == 200) {
      csrf = json(response).path("csrf").stringValue();
    }
    return response;
  }

  /** Asks who is in, as a page does that has just been loaded. */
  public HttpResponse<String> known() {
    HttpResponse<String> response = get("/api/v1/me");
    if (response.statusCode() == 200) {
      csrf = json(response).path("csrf").stringValue();
    }
    return response;
  }

  /** A call that gives a new token, as a finished log-in does. */
  public HttpResponse<String> finish(String path, Map<String, ?> body) {
    HttpResponse<String> response = post(path, body);
    if (response.statusCode() == 200) {
      csrf = json(response).path("csrf").stringValue(csrf);
    }
    return response;
  }

  /** The same browser, talking to another node. */
  public SignedIn at(Platform other) {
    boolean plain = client == CLIENT;
    return moved(
        client,
        plain ? "http://127.0.0.1:" + other.port() : "https://127.0.0.1:" + other.securePort());
  }

  /** The same browser, talking to a node that is a process of its own, without TLS. */
  public SignedIn at(URI other) {
    return moved(CLIENT, other.toString());
  }

  /** The same browser, over another connection with TLS. */
  public SignedIn over(HttpClient other, int port) {
    return moved(other, "https://127.0.0.1:" + port);
  }

  /** The same browser, over another connection to where it was. */
  public SignedIn over(HttpClient other) {
    return moved(other, site);
  }

  private SignedIn moved(HttpClient other, String where) {
    SignedIn there = new SignedIn(other, where, name);
    there.cookies.putAll(cookies);
    there.csrf = csrf;
    return there;
  }

  public String cookie() {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + '=' + cookie.getValue())
        .reduce((one, other) -> one + "; " + other)
        .orElse("");
  }

  public String csrf() {
    return csrf;
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).build());
  }

  public HttpResponse<String> post(String path, Object body, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    body instanceof String text ? text : Json.text(body)))
            .build());
  }

  /** Sends bytes as they are. */
  public HttpResponse<String> post(String path, byte[] body) {
    return send(
        request(path)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  /** What is at a path, as bytes. */
  public HttpResponse<byte[]> bytes(String path) {
    try {
      return client.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site + path));
    List<String> given = List.of(headers);
    if (!given.contains("Accept-Language")) {
      request.header("Accept-Language", "en");
    }
    if (!cookies.isEmpty() && !given.contains("Cookie")) {
      request.header("Cookie", cookie());
    }
    if (!csrf.isEmpty() && !given.contains("X-CSRF-Token")) {
      request.header("X-CSRF-Token", csrf);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      for (String cookie : response.headers().allValues("Set-Cookie")) {
        String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
        if (pair[1].isEmpty()) {
          cookies.remove(pair[0]);
        } else {
          cookies.put(pair[0], pair[1]);
        }
      }
      return response;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Has a change drafted, and gives the nonce. */
  public String draft(String path, Map<String, ?> input) {
    HttpResponse<String> response = post(path + "/draft", input);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response).path("confirmation").stringValue();
  }

  public HttpResponse<String> confirm(
      String path, Map<String, ?> input, String nonce, String password) {
    return post(
        path,
        Map.of("input", input, "confirmation", nonce, "password", password),
        "Idempotency-Key",
        UUID.randomUUID().toString());
  }

  /** Looks at the draft and confirms it, as an officer does. */
  public HttpResponse<String> make(String path, Map<String, ?> input) {
    return confirm(path, input, draft(path, input), PASSWORD);
  }

  public static JsonNode json(HttpResponse<String> response) {
    try {
      return Json.read(response.body().getBytes(StandardCharsets.UTF_8));
    } catch (Json.Malformed e) {
      throw new AssertionError(response.body(), e);
    }
  }

  public static String code(HttpResponse<String> response) {
    return json(response).path("code").stringValue("");
  }
}
