package tongguan.base.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tongguan.base.Limits;
import tongguan.base.Problem;

/**
 * The pool of connections to the primary, behind a fair and bounded waiting room. Every wait has an
 * end: for a place, for a lock, for a statement and for the wire.
 *
 * <p>A connection that breaks while a transaction is being committed leaves its outcome unknown:
 * the caller gets {@code 503} with {@code Retry-After} and may send the same request with the same
 * idempotency key again. Statements are never cancelled from here, because a cancelled wait at
 * commit looks like a success (pgjdbc).
 */
public final class Database implements AutoCloseable {
  private final DatabaseUrl url;
  private final HikariDataSource pool;
  private final Semaphore places;

  /** Statements with their commit; kept, because the driver finds a prepared one by its text. */
  private final Map<String, String> trips = new ConcurrentHashMap<>();

  /**
   * Whether this thread holds one of the connections. Whoever holds one and waits for another can
   * wait for ever, once all are held by such.
   */
  private final ThreadLocal<Boolean> holding = ThreadLocal.withInitial(() -> false);

  /** Work on a connection. */
  @FunctionalInterface
  public interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  public Database(DatabaseUrl url, int connections) {
    this.url = url;
    this.pool = new HikariDataSource(configuration(url, connections));
    this.places = new Semaphore(connections, true);
  }

  /**
   * The same database with connections of its own, for work that must not queue behind everything
   * else; whoever asked for it closes it.
   */
  public Database lane(int connections) {
    return new Database(url, connections);
  }

  private static HikariConfig configuration(DatabaseUrl url, int connections) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("primary");
    config.setJdbcUrl(url.jdbc());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(Limits.DATABASE_WAIT.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql("set role " + EmbeddedPostgres.APPLICATION);
    config.addDataSourceProperty("ApplicationName", "tongguan");
    config.addDataSourceProperty(
        "socketTimeout", String.valueOf(Limits.SOCKET_TIMEOUT.toSeconds()));
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("targetServerType", "primary");
    config.addDataSourceProperty("prepareThreshold", "3");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    // A dossier's plan takes ten times as long to make as to run, and its keys do not change it:
    // with custom plans allowed, the server planned each look-up anew. A plan that is kept must be
    // good for what tables grow to: over small ones the planner would read them whole, without
    // counting what it costs to unpack their arrays.
    config.addDataSourceProperty(
        "options",
        "-c statement_timeout=%d -c lock_timeout=%d -c timezone=UTC -c jit=off -c plan_cache_mode=force_generic_plan -c enable_seqscan=off"
            .formatted(Limits.STATEMENT_TIMEOUT.toMillis(), Limits.LOCK_TIMEOUT.toMillis()));
    return config;
  }

  /** Runs one statement, or several that need no common moment. */
  public <T> T query(Work<T> work) {
    return inPlace(() -> {
      try (Connection connection = pool.getConnection()) {
        return work.with(connection);
      }
    });
  }

  /** Runs the work in one transaction; any exception of the work undoes it. */
  public <T> T inTransaction(Work<T> work) {
    return inPlace(() -> {
      try (Connection connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        T result = undoneOnFailure(connection, work);
        commit(connection);
        return result;
      }
    });
  }

  /** Gives a statement its values. */
  @FunctionalInterface
  public interface Binding {
    void bind(Connection connection, PreparedStatement statement) throws SQLException;
  }

  /**
   * One statement that reads and writes, in a transaction that is begun, made and committed in one
   * trip to the server; gives its rows once they are committed.
   */
  public <T> List<T> inOneTrip(String statement, Binding binding, Sql.Shape<T> shape) {
    String trip = trips.computeIfAbsent(statement, text -> text + "; commit");
    return inPlace(() -> {
      try (Connection connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        return undoneOnFailure(
            connection,
            one -> {
              try (PreparedStatement prepared = one.prepareStatement(trip)) {
                binding.bind(one, prepared);
                return committed(prepared, shape);
              }
            });
      }
    });
  }

  /** The driver returns when the server has answered the commit as well. */
  private static <T> List<T> committed(PreparedStatement prepared, Sql.Shape<T> shape)
      throws SQLException {
    boolean _ = prepared.execute();
    if (prepared.getWarnings() != null) {
      throw outcomeUnknown(prepared.getWarnings());
    }
    List<T> rows = new ArrayList<>();
    try (ResultSet row = prepared.getResultSet()) {
      while (row.next()) {
        rows.add(shape.of(row));
      }
    }
    return rows;
  }

  private static <T> T undoneOnFailure(Connection connection, Work<T> work) throws SQLException {
    boolean done = false;
    try {
      T result = work.with(connection);
      done = true;
      return result;
    } finally {
      if (!done) {
        rollBack(connection);
      }
    }
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException broken) {
      // A connection that cannot roll back is broken; the server rolls back when it notices. The
      // work's own
      // exception is the one to report.
    }
  }

  private void commit(Connection connection) {
    try {
      connection.commit();
    } catch (SQLException unknown) {
      pool.evictConnection(connection);
      throw outcomeUnknown(unknown);
    }
    try {
      // A warning at commit means that a standby did not confirm: not known to be safe, so not
      // acknowledged.
      if (connection.getWarnings() != null) {
        pool.evictConnection(connection);
        throw outcomeUnknown(connection.getWarnings());
      }
    } catch (SQLException broken) {
      throw outcomeUnknown(broken);
    }
  }

  private static Problem outcomeUnknown(SQLException cause) {
    Problem problem =
        Problem.unavailable(
            "outcome-unknown",
            1,
            "資料庫連線中斷，結果不明；請以相同的鍵重送。",
            "The database was lost while writing and the outcome is unknown; send the same request again.");
    return problem.because(cause);
  }

  @FunctionalInterface
  private interface Attempt<T> {
    T run() throws SQLException;
  }

  private <T> T inPlace(Attempt<T> attempt) {
    assert !holding.get() : "a second connection is asked for while one is held";
    enter();
    holding.set(true);
    try {
      return attempt.run();
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    } finally {
      holding.set(false);
      places.release();
    }
  }

  static Problem overloaded() {
    return Problem.unavailable(
        "overloaded", 1, "系統忙碌，請稍後再試。", "The platform is busy; try again in a moment.");
  }

  private void enter() {
    try {
      boolean full = places.getQueueLength() >= Limits.DATABASE_QUEUE;
      if (full || !places.tryAcquire(Limits.DATABASE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw overloaded();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("stopping", 2, "系統正在停止。", "The platform is stopping.");
    }
  }

  /** Whether the primary answers and takes writes. */
  public boolean isReady() {
    try {
      return query(connection -> {
        try (var statement = connection.createStatement();
            var row = statement.executeQuery("select not pg_is_in_recovery()")) {
          return row.next() && row.getBoolean(1);
        }
      });
    } catch (Problem | SqlFailure away) {
      return false;
    }
  }

  public int waiting() {
    return places.getQueueLength();
  }

  public int busy() {
    return pool.getHikariPoolMXBean() == null
        ? 0
        : pool.getHikariPoolMXBean().getActiveConnections();
  }

  @Override
  public void close() {
    pool.close();
  }
}
