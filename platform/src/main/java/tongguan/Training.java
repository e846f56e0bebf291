package tongguan;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import tongguan.base.StartFailure;
import tongguan.base.database.EmbeddedPostgres;

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

  private Training() {}

  static int run(Settings settings) {
    try (DataFolder data = DataFolder.hold(settings.data());
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data.path());
        Platform platform = new Platform(postgres.owner(), postgres.owner(), 0, Clock.systemUTC());
        HttpClient client = HttpClient.newHttpClient()) {
      platform.start();
      for (String path : PATHS) {
        URI uri = URI.create("http://127.0.0.1:" + platform.port() + path);
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
      }
      return 0;
    } catch (IOException e) {
      throw StartFailure.environment("The training run failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /** The table of permissions, from a platform on a database of its own that is gone afterwards. */
  static int permissions(Settings settings, PrintStream out) {
    try (DataFolder data = DataFolder.hold(settings.data());
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data.path());
        Platform platform =
            new Platform(postgres.owner(), postgres.owner(), 0, Clock.systemUTC())) {
      out.print(PermissionsVerb.table(platform));
      return 0;
    }
  }
}
