package tongguan;

import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.EmbeddedPostgres;
import tongguan.base.database.Migrations;
import tongguan.base.http.WebHost;

/** The verb {@code run}: one platform from the first line of its log to the last. */
final class Run {
  private Run() {}

  /** Serves until the process is told to stop; everything is closed when the process ends. */
  static int run(Settings settings, PrintStream out) {
    try (Termination termination = Termination.ofThisThread()) {
      try (DataFolder data = DataFolder.hold(settings.data())) {
        WebHost.requirePort(settings.port());
        settings.door().ifPresent(door -> WebHost.requireAddress(door.address(), "--tls"));
        serve(settings, data, out, termination);
      } catch (RuntimeException interrupted) {
        if (!termination.isAsked()) {
          throw interrupted;
        }
      }
      return 0;
    }
  }

  private static void serve(
      Settings settings, DataFolder data, PrintStream out, Termination termination) {
    Optional<DatabaseUrl> external = settings.database();
    if (external.isPresent()) {
      Migrations.requireServer(external.get());
      serve(settings, external.get(), settings.owner().orElse(external.get()), out, termination);
      return;
    }
    try (EmbeddedPostgres embedded = EmbeddedPostgres.start(data.path())) {
      serve(settings, embedded.application(), embedded.owner(), out, termination);
    }
  }

  private static void serve(
      Settings settings,
      DatabaseUrl url,
      DatabaseUrl owner,
      PrintStream out,
      Termination termination) {
    try (SampleCore core = SampleCore.of(settings, System.getenv());
        Platform platform = new Platform(url, owner, settings.port(), Clock.systemUTC())) {
      serve(platform, core, settings, out, termination);
    }
  }

  private static void serve(
      Platform platform,
      SampleCore core,
      Settings settings,
      PrintStream out,
      Termination termination) {
    try {
      SampleWorld sample = new SampleWorld(settings.data(), out);
      sample.write(settings.sample());
      core.prepare();
      platform.open(settings.data(), core.environment());
      settings.door().ifPresent(platform::listen);
      platform.start();
      URI address = URI.create("http://127.0.0.1:" + platform.port());
      DemoAccounts demo = new DemoAccounts(settings.data(), platform.identity());
      if (settings.sample() > 0) {
        demo.found();
      }
      sample.load(settings.sample(), address);
      sample.suggest();
      demo.print(out);
      core.print(out);
      settings.door().ifPresent(door -> out.println("devices on port " + platform.securePort()));
      out.println("ready " + address);
      out.flush();
      core.start();
      termination.await();
    } catch (InterruptedException stopping) {
      // The wish is heard; what follows is to close, in peace.
    } finally {
      // Closing waits for what was accepted, which an interrupted thread could not.
      boolean unused = Thread.interrupted();
    }
  }
}
