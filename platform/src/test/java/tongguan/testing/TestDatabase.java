package tongguan.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tongguan.base.Folders;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.EmbeddedPostgres;

/**
 * A real PostgreSQL, one for all tests of a run; each test class takes an empty database in it. The
 * unpacked server stays under {@code target} for the next run, its data does not.
 */
public final class TestDatabase {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  private TestDatabase() {}

  /** An empty database, as its owner. */
  public static DatabaseUrl fresh() {
    DatabaseUrl common = server().owner();
    String name = "test_" + COUNT.incrementAndGet();
    try (Connection connection = connect(common);
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    String jdbc = common.jdbc().substring(0, common.jdbc().lastIndexOf('/') + 1) + name;
    return new DatabaseUrl(jdbc, common.user(), common.password());
  }

  /** A plain connection of the owner, for looking at what the platform wrote. */
  public static Connection connect(DatabaseUrl url) throws SQLException {
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }

  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      server = start();
    }
    return server;
  }

  private static EmbeddedPostgres start() {
    try {
      Path data = Files.createDirectories(Path.of("target/test-postgres").toAbsolutePath());
      Path run = Files.createTempDirectory(data, "run");
      // The unpacked server programs are shared between runs.
      Files.createDirectories(data.resolve("postgres"));
      Files.createSymbolicLink(run.resolve("postgres"), data.resolve("postgres"));
      EmbeddedPostgres started = EmbeddedPostgres.start(run);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                started.close();
                delete(run);
              }));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException left) {
      // A folder of a test run that cannot be deleted goes with target.
    }
  }
}
