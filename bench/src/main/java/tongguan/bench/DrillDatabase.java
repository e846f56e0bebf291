package tongguan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import tongguan.base.StartFailure;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.EmbeddedPostgres;

/** One real PostgreSQL, durable as in production, which can be killed and started again. */
final class DrillDatabase implements AutoCloseable {
  private static final int STARTS = 20;

  private final Path data;
  private EmbeddedPostgres postgres;

  private DrillDatabase(Path data) {
    this.data = data;
    this.postgres = EmbeddedPostgres.start(data);
  }

  static DrillDatabase start(Path data) throws IOException {
    return new DrillDatabase(Files.createDirectories(data));
  }

  int port() {
    String jdbc = postgres.owner().jdbc();
    return Integer.parseInt(jdbc.replaceAll(".*:(\\d+)/.*", "$1"));
  }

  DatabaseUrl owner() {
    return postgres.owner();
  }

  /** What a node needs in its environment to come in by this port. */
  Map<String, String> by(int port) {
    return Map.of(
        "TONGGUAN_DATABASE_URL", url(postgres.application(), port),
        "TONGGUAN_DATABASE_OWNER_URL", url(postgres.owner(), port));
  }

  private static String url(DatabaseUrl url, int port) {
    return url.jdbc()
        .replaceFirst(
            "jdbc:postgresql://", "postgresql://" + url.user() + ":" + url.password() + "@")
        .replaceFirst(":\\d+/", ":" + port + "/");
  }

  /** SIGKILL to the server, its recovery, and up again, on another port. */
  void killAndStart() throws IOException, InterruptedException {
    long pid =
        Long.parseLong(
            Files.readAllLines(data.resolve("database/postmaster.pid")).getFirst().strip());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    boolean _ = server.destroyForcibly();
    server.onExit().join();
    for (int i = 1; ; i++) {
      try {
        postgres = EmbeddedPostgres.start(data);
        return;
      } catch (StartFailure notYet) {
        // Until the last of its children has noticed.
        if (i == STARTS) {
          throw notYet;
        }
        Thread.sleep(250);
      }
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long count(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  Connection connect() throws SQLException {
    DatabaseUrl url = postgres.owner();
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }

  @Override
  public void close() {
    postgres.close();
  }
}
