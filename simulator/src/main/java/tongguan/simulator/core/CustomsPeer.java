package tongguan.simulator.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Customs administration: a PostgreSQL server whose schema {@code desk} is what others may use. A
 * clerk takes what lies in the inbox and writes what became of it.
 */
final class CustomsPeer implements Peer {
  private static final String DATABASE = "customs";
  private static final String PLATFORM = "tongguan";

  private final Parts parts;
  private final Certificates certificates;
  private final Postgres postgres;
  private final Path passwordFile;
  private final Door door;
  private final Thread clerk;
  private int entries;
  private long events;

  CustomsPeer(Parts parts) throws IOException, GeneralSecurityException {
    this.parts = parts;
    this.certificates = Certificates.in(parts.data().resolve("tls"));
    this.passwordFile = parts.data().resolve("platform.password");
    if (!Files.exists(passwordFile)) {
      Files.writeString(passwordFile, Accounts.random());
    }
    this.postgres = Postgres.start(parts.data(), parts.options().binaries());
    try {
      prepare();
    } catch (SQLException e) {
      postgres.close();
      throw new IOException(e);
    }
    this.door =
        Door.open(
            parts.options().port(),
            postgres.port(),
            new DatabaseDoor(certificates.server(), parts.faults(), parts.options().latency()));
    this.clerk = Thread.ofPlatform().name("clerk").daemon().start(this::work);
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(postgres.url(database), Postgres.OWNER, postgres.password());
  }

  private void prepare() throws SQLException, IOException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select 1 from pg_database where datname = '" + DATABASE + "'")) {
      if (!row.next()) {
        statement.execute("create database " + DATABASE);
      }
    }
    try (Connection connection = connect(DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute(schema());
      statement.execute(
          "alter role tongguan password '" + Files.readString(passwordFile).strip() + "'");
      for (Map.Entry<String, String> one : parts.accounts().all().entrySet()) {
        try (PreparedStatement account = connection.prepareStatement(ACCOUNT)) {
          String salt = Accounts.random();
          account.setString(1, one.getKey());
          account.setString(2, salt);
          account.setString(3, salt + one.getValue());
          account.executeUpdate();
        }
      }
      hold(connection);
    }
  }

  /** What it holds before the first order can be looked up as well. */
  private void hold(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into house.declaration (number, record) values (?, ?::json) on conflict do nothing")) {
      for (String number : parts.books().declarations()) {
        statement.setString(1, number);
        statement.setString(2, parts.books().declaration(number).orElseThrow().toString());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static final String ACCOUNT =
      """
      insert into house.account (name, salt, digest) values (?, ?, sha256(convert_to(?, 'UTF8')))
      on conflict (name) do update set salt = excluded.salt, digest = excluded.digest, wrong = 0
      """;

  private static String schema() throws IOException {
    try (InputStream in = CustomsPeer.class.getResourceAsStream("/tongguan/simulator/desk.sql")) {
      if (in == null) {
        throw new IOException("desk.sql is not there");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Takes what lies in the inbox, again and again, until the process ends. */
  private void work() {
    while (!Thread.currentThread().isInterrupted()) {
      try (Connection connection = connect(DATABASE)) {
        connection.setAutoCommit(false);
        while (true) {
          round(connection);
          connection.commit();
          Thread.sleep(30);
        }
      } catch (SQLException | IOException e) {
        System.err.println("customs: " + e);
        HttpsPeer.pause(200);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void round(Connection connection) throws SQLException, IOException {
    for (OrderIn order : waiting(connection)) {
      parts.books().take(order);
    }
    for (Books.Entry entry : parts.books().entriesFrom(entries)) {
      outcome(connection, entry);
      entries++;
    }
    for (Books.Event event : parts.books().eventsAfter(events, 1000)) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "insert into house.event (number, message) values (?, ?::json) on conflict do nothing")) {
        statement.setLong(1, event.number());
        statement.setString(2, event.text());
        statement.executeUpdate();
      }
      events = event.number();
    }
    fault(connection);
  }

  private static List<OrderIn> waiting(Connection connection) throws SQLException {
    List<OrderIn> orders = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(WAITING)) {
      while (row.next()) {
        orders.add(
            new OrderIn(
                row.getObject("key", UUID.class),
                row.getString("officer"),
                row.getString("declaration"),
                row.getString("act"),
                Json.read(row.getString("body"))));
      }
    }
    return orders;
  }

  private static final String WAITING =
      """
      select i.key, i.officer, i.declaration, i.act, i.body
      from desk.inbox i
      where not exists (select from house.outcome o where o.key = i.key)
      order by i.arrived_at, i.key
      limit 200
      """;

  private void outcome(Connection connection, Books.Entry entry) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OUTCOME)) {
      statement.setObject(1, entry.key());
      statement.setString(2, entry.state());
      statement.setString(3, entry.reference());
      statement.setString(4, entry.code());
      statement.setString(5, entry.text());
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
      String json =
          parts
              .books()
              .declaration(entry.declaration())
              .orElseGet(() -> new Declared().json(entry.declaration()))
              .toString();
      statement.setString(1, entry.declaration());
      statement.setString(2, json);
      statement.executeUpdate();
    }
  }

  private static final String OUTCOME =
      """
      insert into house.outcome (key, state, reference, code, text) values (?, ?, ?, ?, ?)
      on conflict do nothing
      """;

  private static final String RECORD =
      """
      insert into house.declaration (number, record) values (?, ?::json)
      on conflict (number) do update set record = excluded.record, at = clock_timestamp()
      """;

  /** What views and functions are to get wrong at present. */
  private void fault(Connection connection) throws SQLException {
    String kind =
        parts.faults().is(Faults.Kind.HUGE)
            ? "huge"
            : parts.faults().is(Faults.Kind.OTHER_DECLARATION)
                    || parts.faults().is(Faults.Kind.OTHER_RECORD)
                ? "other"
                : "";
    try (PreparedStatement statement =
        connection.prepareStatement("update house.fault set kind = ? where kind <> ?")) {
      statement.setString(1, kind);
      statement.setString(2, kind);
      statement.executeUpdate();
    }
  }

  @Override
  public Door door() {
    return door;
  }

  @Override
  public ObjectNode connection() {
    return Json.object()
        .put("host", "localhost")
        .put("port", door.port())
        .put("database", DATABASE)
        .put("caFile", certificates.file("ca.pem").toString())
        .put("user", PLATFORM)
        .put("passwordFile", passwordFile.toString());
  }

  @Override
  public void close() throws IOException {
    clerk.interrupt();
    door.close();
    postgres.close();
  }
}
