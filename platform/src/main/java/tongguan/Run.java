package tongguan;

import java.io.PrintStream;
import java.net.BindException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import tongguan.base.StartFailure;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.EmbeddedPostgres;
import tongguan.base.database.Migrations;

/** The verb {@code run}: one platform from the first line of its log to the last. */
final class Run {
  private Run() {}

  /** Serves until the process is told to stop; everything is closed when the process ends. */
  static int run(Settings settings, PrintStream out) {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> await(stop, stopped), "stop"));
    try (DataFolder data = DataFolder.hold(settings.data())) {
      serve(settings, data, out, stop);
      return 0;
    } finally {
      stopped.countDown();
    }
  }

  private static void await(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void serve(
      Settings settings, DataFolder data, PrintStream out, CountDownLatch stop) {
    Optional<DatabaseUrl> external = settings.database();
    if (external.isPresent()) {
      Migrations.requireServer(external.get());
      serve(settings, external.get(), settings.owner().orElse(external.get()), out, stop);
      return;
    }
    try (EmbeddedPostgres embedded = EmbeddedPostgres.start(data.path())) {
      serve(settings, embedded.owner(), embedded.owner(), out, stop);
    }
  }

  private static void serve(
      Settings settings, DatabaseUrl url, DatabaseUrl owner, PrintStream out, CountDownLatch stop) {
    try (Platform platform = new Platform(url, owner, settings.port(), Clock.systemUTC())) {
      platform.open(settings.data());
      start(platform, settings.port());
      URI address = URI.create("http://127.0.0.1:" + platform.port());
      SampleWorld sample = new SampleWorld(settings.data(), out);
      sample.load(settings.sample(), address);
      sample.suggest();
      out.println(
          "demo account: development officer, signed in on this machine only (no password)");
      out.println("ready " + address);
      out.flush();
      stop.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void start(Platform platform, int port) {
    try {
      platform.start();
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException) {
          throw StartFailure.environment(
              "Port "
                  + port
                  + " is taken; choose another with --port, or stop what listens there.");
        }
      }
      throw e;
    }
  }
}
