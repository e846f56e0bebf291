package tongguan.base.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tongguan.base.Folders;

/**
 * A database of its own for each test class, on one real PostgreSQL per test run. The first one is
 * migrated; the others are copies of it.
 */
public final class TestDatabase {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String TEMPLATE = "template_of_tests";

  private TestDatabase() {}

  /** The running server with its migrated template, started by whoever asks first. */
  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        Path data = Files.createTempDirectory("tongguan-tests");
        // What tests write is gone with the run: nobody waits for the disk.
        EmbeddedPostgres postgres =
            EmbeddedPostgres.start(data, List.of("fsync=off", "full_page_writes=off"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(postgres, data)));
        execute(postgres.maintenance(), "create database " + TEMPLATE);
        return postgres;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void remove(EmbeddedPostgres postgres, Path data) {
      postgres.close();
      try {
        Folders.delete(data);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static boolean migrated;

  /** A fresh, migrated database; {@code rooms} must be the same for all of a run. */
  public static synchronized DatabaseUrl fresh(List<String> rooms) {
    DatabaseUrl template = named(TEMPLATE);
    if (!migrated) {
      Migrations.run(template, rooms);
      migrated = true;
    }
    String name = "test_" + COUNT.incrementAndGet();
    execute(Server.POSTGRES.maintenance(), "create database " + name + " template " + TEMPLATE);
    return named(name);
  }

  /** A database with nothing in it. */
  public static synchronized DatabaseUrl empty() {
    String name = "empty_" + COUNT.incrementAndGet();
    execute(Server.POSTGRES.maintenance(), "create database " + name);
    return named(name);
  }

  private static DatabaseUrl named(String name) {
    DatabaseUrl maintenance = Server.POSTGRES.maintenance();
    return new DatabaseUrl(
        maintenance.jdbc().replaceFirst("/postgres$", "/" + name),
        maintenance.user(),
        maintenance.password());
  }

  /** The one value of a query, as the owner. */
  public static String text(DatabaseUrl url, String sql) {
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs statements as the owner, past the application's role. */
  public static void execute(DatabaseUrl url, String sql) {
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
