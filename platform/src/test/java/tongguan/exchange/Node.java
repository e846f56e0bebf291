package tongguan.exchange;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.Json;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tools.jackson.databind.JsonNode;

/** One real platform on a database of its own, and a sender that talks to it. */
final class Node implements AutoCloseable {
  /** The record's tables, whose content is its state. */
  private static final List<String> STATE =
      List.of(
          "voyage",
          "manifest",
          "bill",
          "container",
          "bill_container",
          "stowage",
          "movement",
          "seal",
          "declaration",
          "declaration_bill",
          "declaration_container",
          "step",
          "permit",
          "examination",
          "bonded_check",
          "company");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  final DatabaseUrl url;
  final Platform platform;
  final Credential relay;

  private final SignedIn officer;

  private Node(DatabaseUrl url, Platform platform, Credential relay, SignedIn officer) {
    this.officer = officer;
    this.url = url;
    this.platform = platform;
    this.relay = relay;
  }

  static Node start() {
    DatabaseUrl url = TestDatabase.empty();
    Platform platform = new Platform(url, url, 0, Clock.systemUTC());
    platform.start();
    Credential relay = addSender(url, new Sender("relay", "轉送", "Relay", 3, true, null, true));
    SignedIn.account(platform, "operator", "HQ", 2, "headquarters-administrator", "all");
    // Administrators need a second factor; what is tested here is not that.
    TestDatabase.execute(url, "update identity.role set second_factor = false");
    return new Node(url, platform, relay, SignedIn.stranger(platform, "operator").in());
  }

  /** Another platform on the same database. */
  Node beside() {
    Platform other = new Platform(url, url, 0, Clock.systemUTC());
    other.start();
    return new Node(url, other, relay, officer.at(other));
  }

  static Credential addSender(DatabaseUrl url, Sender sender) {
    try (Database database = new Database(url, 1)) {
      return new Senders(database).add(sender);
    }
  }

  JsonNode send(String message) {
    HttpResponse<String> response = post("application/json", message);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return json(response);
  }

  HttpResponse<String> post(String mediaType, String body, String... headers) {
    return postAs("Bearer " + relay.token(), mediaType, body, headers);
  }

  HttpResponse<String> postAs(
      String authorization, String mediaType, String body, String... headers) {
    return postBytes(authorization, mediaType, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  HttpResponse<String> postBytes(
      String authorization, String mediaType, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address() + "/api/v1/messages"))
            .header("Content-Type", mediaType)
            .header("Accept-Language", "en")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return exchange(request.build());
  }

  HttpResponse<String> get(String path, String... headers) {
    return officer.get(path, headers);
  }

  HttpResponse<String> replay(String message) {
    return officer.make("/api/v1/messages/" + message + "/replay", Map.of());
  }

  int port() {
    return platform.port();
  }

  String address() {
    return "http://127.0.0.1:" + platform.port();
  }

  private static HttpResponse<String> exchange(HttpRequest request) {
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return Json.read(response.body().getBytes(StandardCharsets.UTF_8));
    } catch (Json.Malformed e) {
      throw new AssertionError(response.body(), e);
    }
  }

  List<List<String>> rows(String sql) {
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      int columns = row.getMetaData().getColumnCount();
      List<List<String>> rows = new ArrayList<>();
      while (row.next()) {
        List<@Nullable String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          cells.add(String.valueOf(row.getString(i)));
        }
        rows.add(List.copyOf(cells));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void execute(String sql) {
    TestDatabase.execute(url, sql);
  }

  /** All rows of all tables of the record, in a fixed order. */
  List<List<String>> recordDump() {
    List<List<String>> dump = new ArrayList<>();
    for (String table : STATE) {
      for (List<String> row : rows("select t::text from record." + table + " t order by 1")) {
        dump.add(List.of(table, row.getFirst()));
      }
    }
    return dump;
  }

  @Override
  public void close() {
    platform.close();
  }
}
