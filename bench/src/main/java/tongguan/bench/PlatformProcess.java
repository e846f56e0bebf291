package tongguan.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tongguan.base.StartFailure;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.EmbeddedPostgres;

/** A platform in a process of its own, with its embedded database, as it runs in production. */
final class PlatformProcess implements AutoCloseable {
  private final Process process;
  private final Path data;
  private final URI address;

  private PlatformProcess(Process process, Path data, URI address) {
    this.process = process;
    this.data = data;
    this.address = address;
  }

  static PlatformProcess start(Path data) throws IOException {
    return start(data, 0);
  }

  /** Loads the sample world on the first start of a data folder; that may take its time. */
  static PlatformProcess start(Path data, int sample) throws IOException {
    return start(data, sample, Map.of());
  }

  /** With more in its environment than there is in ours. */
  static PlatformProcess start(Path data, int sample, Map<String, String> environment)
      throws IOException {
    return start(data, sample, System.getProperty("java.class.path"), environment);
  }

  /**
   * A second one on the same database, with the keys that devices believe and with these classes in
   * the place of its own.
   */
  PlatformProcess beside(Path itsData, Path classes) throws IOException {
    DatabaseUrl url = database();
    String where =
        url.jdbc()
            .replace(
                "jdbc:postgresql://", "postgresql://" + url.user() + ':' + url.password() + '@');
    return start(
        itsData,
        0,
        classes + File.pathSeparator + System.getProperty("java.class.path"),
        Map.of(
            "TONGGUAN_DATABASE_URL",
            where,
            "TONGGUAN_FLEET_KEYS",
            data.resolve("fleet").toString()));
  }

  private static PlatformProcess start(
      Path data, int sample, String classPath, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseG1GC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-Dtongguan.simulator=" + System.getProperty("tongguan.simulator", ""),
                "-cp",
                classPath,
                "tongguan.Tongguan",
                "run",
                "--port",
                "0",
                "--sample",
                String.valueOf(sample),
                "--core",
                "none",
                "--data",
                data.toString())
            .redirectError(
                sample > 0 ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    Process process = builder.start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready ")) {
        return new PlatformProcess(
            process, data, URI.create(line.substring("ready ".length()) + "/"));
      }
    }
    throw StartFailure.environment("The platform under test did not start on " + data + ".");
  }

  URI address() {
    return address;
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL: no time to say good-bye to anybody. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The credential for local imports. */
  String token() throws IOException {
    return Files.readString(data.resolve("senders/local-import.token")).strip();
  }

  /** The database as its owner, past the application. */
  Connection owner() throws SQLException {
    DatabaseUrl url = EmbeddedPostgres.running(data).orElseThrow();
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }

  DatabaseUrl database() {
    return EmbeddedPostgres.running(data).orElseThrow();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
