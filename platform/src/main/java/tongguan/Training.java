package tongguan;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tongguan.base.Json;
import tongguan.base.StartFailure;
import tongguan.base.database.EmbeddedPostgres;
import tongguan.base.database.Migrations;
import tongguan.identity.Account;
import tongguan.identity.LoginName;
import tongguan.identity.NewAccount;

/**
 * The verb {@code train}, used by the build: a short life of the platform on a throwaway database,
 * so that the JDK can keep the classes which a start loads. It asks what officers ask.
 */
final class Training {
  private static final List<String> PATHS =
      List.of(
          "/health/ready",
          "/",
          "/api/v1/me",
          "/api/v1/reference",
          "/api/v1/dossiers?key=CSQU3054383",
          "/api/v1/dossiers?key=69512345675",
          "/api/v1/declarations?limit=1",
          "/api/v1/voyages?limit=1",
          "/metrics");

  private static final LoginName NAME = new LoginName("training");
  private static final String PASSWORD = "four lighthouses in one row";

  private Training() {}

  static int run(Settings settings) {
    try (DataFolder data = DataFolder.hold(settings.data());
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data.path());
        Platform platform =
            new Platform(postgres.application(), postgres.owner(), 0, Clock.systemUTC());
        HttpClient client = HttpClient.newHttpClient()) {
      Migrations.requireServer(postgres.owner());
      platform.open(data.path());
      platform.start();
      new DemoAccounts(data.path(), platform.identity())
          .print(new PrintStream(OutputStream.nullOutputStream()));
      String cookies = cookies(client.send(logIn(platform), BodyHandlers.discarding()));
      for (String path : PATHS) {
        URI uri = address(platform, path);
        client.send(
            HttpRequest.newBuilder(uri).header("Cookie", cookies).build(),
            BodyHandlers.discarding());
      }
      return 0;
    } catch (IOException e) {
      throw StartFailure.environment("The training run failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static HttpRequest logIn(Platform platform) {
    NewAccount officer = new NewAccount(NAME, "訓練", "Training", "HQ", 2, null, "local", null);
    platform
        .identity()
        .accounts()
        .found(officer, List.of(new Account.Holding("officer", "all")), PASSWORD);
    return HttpRequest.newBuilder(address(platform, "/api/v1/login"))
        .header("Content-Type", "application/json")
        .POST(
            BodyPublishers.ofString(
                Json.text(Map.of("account", NAME.text(), "password", PASSWORD))))
        .build();
  }

  private static URI address(Platform platform, String path) {
    return URI.create("http://127.0.0.1:" + platform.port() + path);
  }

  /** As a browser sends them, which keeps them for secure pages only. */
  private static String cookies(HttpResponse<?> in) {
    return in.headers().allValues("Set-Cookie").stream()
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .collect(Collectors.joining("; "));
  }

  /** The table of permissions, from a platform on a database of its own that is gone afterwards. */
  static int permissions(Settings settings, PrintStream out) {
    try (DataFolder data = DataFolder.hold(settings.data());
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data.path());
        Platform platform =
            new Platform(postgres.application(), postgres.owner(), 0, Clock.systemUTC())) {
      out.print(PermissionsVerb.table(platform));
      return 0;
    }
  }
}
