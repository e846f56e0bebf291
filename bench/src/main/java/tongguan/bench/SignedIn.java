package tongguan.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
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

  /** The cookies of a fresh session, as a header. */
  static String cookie(URI address, DatabaseUrl url) throws IOException, InterruptedException {
    return cookies(1, address, url).getFirst();
  }

  /** Of so many officers, a session each. */
  static List<String> cookies(int officers, URI address, DatabaseUrl url)
      throws IOException, InterruptedException {
    List<String> cookies = new ArrayList<>();
    for (int i = 0; i < officers; i++) {
      cookies.add(cookie(address, found(url, "look-up-" + i)));
    }
    return cookies;
  }

  /**
   * Who is in: the account, what it proves itself with, and what its browser sends along.
   *
   * @param cookie as a header
   */
  record In(String name, String password, String cookie, String csrf) {}

  /** A new officer with a fresh session. */
  static In in(URI address, DatabaseUrl url) throws IOException, InterruptedException {
    return in(address, found(url, "bench"));
  }

  private static String cookie(URI address, Somebody who) throws IOException, InterruptedException {
    return in(address, who).cookie();
  }

  static In in(URI address, Somebody who) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(logIn(address, who), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw StartFailure.environment("The bench's officer was not let in: " + response.body());
      }
      String cookie =
          String.join(
              "; ",
              response.headers().allValues("Set-Cookie").stream()
                  .map(one -> one.substring(0, one.indexOf(';')))
                  .toList());
      return new In(who.name(), who.password(), cookie, csrf(response.body()));
    }
  }

  private static String csrf(String body) {
    try {
      return Json.read(body.getBytes(StandardCharsets.UTF_8)).path("csrf").stringValue();
    } catch (Json.Malformed impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** One who may come in. */
  record Somebody(String name, String password) {}

  static HttpRequest logIn(URI address, Somebody who) {
    return HttpRequest.newBuilder(address.resolve("/api/v1/login"))
        .header("Content-Type", "application/json")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                Json.text(Map.of("account", who.name(), "password", who.password()))))
        .build();
  }

  /** A new officer, whose name begins like this. */
  static Somebody found(DatabaseUrl url, String prefix) {
    return found(url, prefix, List.of(new Account.Holding("officer", "all")));
  }

  static Somebody found(DatabaseUrl url, String prefix, List<Account.Holding> roles) {
    Somebody who =
        new Somebody(prefix + '-' + Long.toString(System.currentTimeMillis(), 36), Secret.random());
    Clock clock = Clock.systemUTC();
    Ids ids = new Ids(clock);
    try (Database database = new Database(url, 1);
        Audit audit = new Audit(database, ids, clock)) {
      new Identity(database, audit, ids, clock)
          .accounts()
          .found(
              new NewAccount(
                  new LoginName(who.name()), "量測", "Bench", "HQ", 2, null, "local", null),
              roles,
              who.password());
    }
    return who;
  }
}
