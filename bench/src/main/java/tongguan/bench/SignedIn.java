package tongguan.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import tongguan.audit.Audit;
import tongguan.base.Ids;
import tongguan.base.Json;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.identity.Account;
import tongguan.identity.Identity;
import tongguan.identity.LoginName;
import tongguan.identity.NewAccount;
import tongguan.identity.Secret;

/** An officer of the bench's own, who is in and may look everything up. */
final class SignedIn {
  private SignedIn() {}

  /**
   * Who is in: the account, what it proves itself with, and what its browser sends along.
   *
   * @param cookie as a header
   */
  record In(String name, String password, String cookie, String csrf) {}

  /** The cookies of a fresh session, as a header. */
  static String cookie(URI address, DatabaseUrl url) throws IOException, InterruptedException {
    return in(address, url).cookie();
  }

  static In in(URI address, DatabaseUrl url) throws IOException, InterruptedException {
    String name = "bench-" + Long.toString(System.currentTimeMillis(), 36);
    String password = Secret.random();
    found(url, name, password);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(address.resolve("/api/v1/login"))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          Json.text(Map.of("account", name, "password", password))))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw StartFailure.environment("The bench's officer was not let in: " + response.body());
      }
      String cookie =
          String.join(
              "; ",
              response.headers().allValues("Set-Cookie").stream()
                  .map(one -> one.substring(0, one.indexOf(';')))
                  .toList());
      return new In(name, password, cookie, csrf(response.body()));
    }
  }

  private static String csrf(String body) {
    try {
      return Json.read(body.getBytes(StandardCharsets.UTF_8)).path("csrf").stringValue();
    } catch (Json.Malformed impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void found(DatabaseUrl url, String name, String password) {
    Clock clock = Clock.systemUTC();
    Ids ids = new Ids(clock);
    try (Database database = new Database(url, 1);
        Audit audit = new Audit(database, ids, clock)) {
      new Identity(database, audit, ids, clock)
          .accounts()
          .found(
              new NewAccount(new LoginName(name), "量測", "Bench", "HQ", 2, null, "local", null),
              List.of(new Account.Holding("officer", "all")),
              password);
    }
  }
}
