package tongguan.core.customs;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tongguan.base.Limits;
import tongguan.core.Asked;
import tongguan.core.CoreSystem;
import tongguan.core.Events;
import tongguan.core.Health;
import tongguan.core.Line;
import tongguan.core.NotUnderstood;
import tongguan.core.Order;
import tongguan.core.OrderState;
import tongguan.core.Queried;
import tongguan.core.Query;
import tongguan.core.Received;
import tongguan.core.SignedIn;
import tongguan.core.Submitted;
import tongguan.core.SystemSettings;

/**
 * Customs administration: JDBC on a PostgreSQL of its own, over TLS with the server's name checked.
 * An order is a row in its inbox; before the commit is on its way nothing has arrived, and whatever
 * goes wrong from then on is uncertain. No statement is cancelled from here; the wire has a limit.
 */
public final class CustomsSystem implements CoreSystem {
  private final SystemSettings settings;
  private final Line line;
  private final HikariDataSource pool;

  /**
   * Reads {@code host}, {@code port}, {@code database}, {@code caFile}, {@code user} and {@code
   * passwordFile}.
   *
   * @throws tongguan.base.StartFailure where they cannot work
   */
  public CustomsSystem(SystemSettings settings, Clock clock) {
    this.settings = settings;
    this.line = new Line(settings, clock);
    this.pool = new HikariDataSource(configuration(settings));
  }

  private static HikariConfig configuration(SystemSettings settings) {
    String host = settings.own().text("host");
    String database = settings.own().text("database");
    if (!host.matches("[A-Za-z0-9.-]{1,253}") || !database.matches("[A-Za-z0-9_]{1,63}")) {
      throw settings.own().wrong("host or database", "a name");
    }
    int port = settings.own().number("port", 5432, 1, 65535);
    long seconds = settings.time().toSeconds();
    HikariConfig config = new HikariConfig();
    config.setPoolName("core-" + settings.name());
    config.setJdbcUrl("jdbc:postgresql://%s:%d/%s".formatted(host, port, database));
    config.setUsername(settings.own().text("user"));
    config.setPassword(settings.own().secret("passwordFile"));
    config.setMaximumPoolSize(settings.atOnce());
    config.setMinimumIdle(0);
    config.setAutoCommit(false);
    config.setConnectionTimeout(Math.max(250, settings.time().toMillis()));
    config.setValidationTimeout(Math.max(250, settings.time().toMillis() / 2));
    config.setIdleTimeout(TimeUnit.MINUTES.toMillis(1));
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("ApplicationName", "tongguan");
    config.addDataSourceProperty("sslmode", "verify-full");
    config.addDataSourceProperty("sslrootcert", settings.own().file("caFile").toString());
    config.addDataSourceProperty("sslfactory", "org.postgresql.ssl.LibPQFactory");
    config.addDataSourceProperty("socketTimeout", String.valueOf(seconds));
    config.addDataSourceProperty("connectTimeout", String.valueOf(Math.min(5, seconds)));
    config.addDataSourceProperty("loginTimeout", String.valueOf(seconds));
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("maxResultBuffer", String.valueOf(Limits.CORE_ANSWER_BYTES));
    // What the server says of a failed statement may quote its parameters.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    config.addDataSourceProperty(
        "options",
        "-c statement_timeout=%1$d -c lock_timeout=%1$d -c timezone=UTC"
            .formatted(settings.time().toMillis()));
    return config;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Health health() {
    return line.health();
  }

  /** Work on a connection that is cut when the attempt's time is up. */
  @FunctionalInterface
  private interface Work<T> {
    T on(Connection connection) throws Exception;
  }

  private <T> T with(Line.Attempt attempt, Work<T> work) throws Exception {
    Connection connection;
    try {
      connection = pool.getConnection();
    } catch (SQLException e) {
      throw new Line.NotSent("no connection: " + state(e));
    }
    boolean sound = false;
    try {
      attempt.cutting(() -> connection.abort(Runnable::run));
      T result = work.on(connection);
      sound = true;
      return result;
    } catch (SQLException e) {
      // Never the text, which may quote what was sent.
      throw new NotUnderstood("state " + state(e));
    } finally {
      if (!sound) {
        pool.evictConnection(connection);
      }
      connection.close();
    }
  }

  private static String state(SQLException e) {
    SQLException deepest = e;
    while (deepest.getCause() instanceof SQLException cause) {
      deepest = cause;
    }
    String state = deepest.getSQLState();
    return state != null && state.matches("[0-9A-Z]{5}") ? state : "none";
  }

  private static void commit(Connection connection) throws SQLException, NotUnderstood {
    connection.commit();
    if (connection.getWarnings() != null) {
      throw new NotUnderstood("a warning at commit");
    }
  }

  @Override
  public SignedIn signIn(String user, String password) {
    return line.signIn(attempt ->
        with(
            attempt,
            connection -> {
              SignedIn answer;
              try (PreparedStatement statement = connection.prepareStatement(Desk.SIGN_IN)) {
                statement.setString(1, user);
                statement.setString(2, password);
                try (ResultSet row = statement.executeQuery()) {
                  answer = signedIn(only(row));
                }
              }
              commit(connection);
              return answer;
            }));
  }

  private static SignedIn signedIn(ResultSet row) throws SQLException, NotUnderstood {
    return row.getString("code") != null
        ? new SignedIn.Refused(code(row), words(row))
        : new SignedIn.In(text(row, "token", 500), text(row, "officer", 100), moment(row, "until"));
  }

  @Override
  public void signOut(String token) {
    Line.Outcome<Boolean> _ =
        line.call(attempt ->
            with(
                attempt,
                connection -> {
                  try (PreparedStatement statement = connection.prepareStatement(Desk.SIGN_OUT)) {
                    statement.setString(1, token);
                    statement.execute();
                  }
                  commit(connection);
                  return true;
                }));
  }

  @Override
  public Queried query(String token, Query query) {
    return line.query(attempt ->
        with(
            attempt,
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(Desk.LOOK_UP)) {
                statement.setString(1, token);
                statement.setString(2, query.kind());
                statement.setString(3, query.key());
                try (ResultSet row = statement.executeQuery()) {
                  Queried answer = queried(only(row), query);
                  connection.rollback();
                  return answer;
                }
              }
            }));
  }

  private static Queried queried(ResultSet row, Query query) throws SQLException, NotUnderstood {
    if (row.getString("code") != null) {
      return new Queried.Refused(code(row), words(row));
    }
    String json = row.getString("record");
    if (json == null) {
      return new Queried.Nothing();
    }
    if (!query.key().equals(row.getString("record_key"))) {
      throw NotUnderstood.aboutAnother(query.kind());
    }
    // Read and written again: what is passed on is JSON within our limits.
    String object = Received.of(json.getBytes(StandardCharsets.UTF_8)).whole();
    return new Queried.Found(object, moment(row, "as_of"));
  }

  @Override
  public Submitted submit(Order order) {
    return line.submit(attempt ->
        with(
            attempt,
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(Desk.SUBMIT)) {
                statement.setObject(1, order.key());
                statement.setString(2, order.officer());
                statement.setString(3, order.declaration());
                statement.setString(4, order.act());
                statement.setString(5, order.values());
                statement.setObject(
                    6, OffsetDateTime.ofInstant(order.confirmedAt(), ZoneOffset.UTC));
                statement.executeUpdate();
              }
              attempt.arriving();
              commit(connection);
              return new Submitted.Taken("");
            }));
  }

  @Override
  public Asked ask(UUID key, String declaration) {
    return line.ask(attempt ->
        with(
            attempt,
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(Desk.ASK)) {
                statement.setObject(1, key);
                try (ResultSet row = statement.executeQuery()) {
                  if (!row.next()) {
                    connection.rollback();
                    return new Asked.NeverSeen();
                  }
                  Asked answer = state(row).asked(key, declaration);
                  connection.rollback();
                  return answer;
                }
              }
            }));
  }

  private static OrderState state(ResultSet row) throws SQLException, NotUnderstood {
    return new OrderState(
        text(row, "key", 36),
        text(row, "declaration", 20),
        text(row, "state", 20),
        optional(row, "reference", Limits.CORE_CODE_CHARACTERS),
        optional(row, "code", Limits.CORE_CODE_CHARACTERS),
        optional(row, "text", Limits.CORE_TEXT_CHARACTERS));
  }

  @Override
  public Events events(String cursor) {
    return line.events(attempt ->
        with(
            attempt,
            connection -> {
              long last = cursor.isEmpty() ? 0 : Long.parseLong(cursor);
              List<String> messages = new ArrayList<>();
              try (PreparedStatement statement = connection.prepareStatement(Desk.EVENTS)) {
                statement.setLong(1, last);
                statement.setInt(2, Limits.CORE_EVENTS);
                try (ResultSet row = statement.executeQuery()) {
                  while (row.next()) {
                    last = row.getLong("number");
                    messages.add(text(row, "message", Limits.JSON_MESSAGE_BYTES));
                  }
                }
              }
              connection.rollback();
              return Received.told(messages, String.valueOf(last), cursor);
            }));
  }

  private static ResultSet only(ResultSet row) throws SQLException, NotUnderstood {
    if (!row.next()) {
      throw new NotUnderstood("an answer of no row");
    }
    return row;
  }

  private static String code(ResultSet row) throws SQLException, NotUnderstood {
    return text(row, "code", Limits.CORE_CODE_CHARACTERS);
  }

  private static String words(ResultSet row) throws SQLException, NotUnderstood {
    return text(row, "text", Limits.CORE_TEXT_CHARACTERS);
  }

  private static String text(ResultSet row, String column, int most)
      throws SQLException, NotUnderstood {
    String text = row.getString(column);
    if (text == null || text.isEmpty() || text.length() > most) {
      throw new NotUnderstood("an answer without a sound \"" + column + '"');
    }
    return Received.line(text);
  }

  private static String optional(ResultSet row, String column, int most)
      throws SQLException, NotUnderstood {
    String text = row.getString(column);
    return text == null || text.isEmpty() ? "" : text(row, column, most);
  }

  private static Instant moment(ResultSet row, String column) throws SQLException, NotUnderstood {
    OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
    if (moment == null) {
      throw new NotUnderstood("an answer without \"" + column + '"');
    }
    return moment.toInstant();
  }

  @Override
  public void close() {
    pool.close();
  }
}
