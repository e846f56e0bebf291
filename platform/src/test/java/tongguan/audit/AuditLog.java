package tongguan.audit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;

/** A log on a database of its own, with a clock that is moved by hand. */
final class AuditLog implements AutoCloseable {
  static final List<String> ROOMS =
      List.of("base", "audit", "identity", "access", "record", "exchange");

  final DatabaseUrl url;
  final Database database;
  final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T04:00:00Z"));
  final Audit audit;

  private AuditLog(DatabaseUrl url) {
    this.url = url;
    this.database = new Database(url, 3);
    this.audit = new Audit(database, new Ids(clock), clock);
  }

  static AuditLog open() {
    return new AuditLog(TestDatabase.fresh(ROOMS));
  }

  Entry entry(String act) {
    Actor actor =
        new Actor("018f3f3e-0000-7000-8000-000000000001", "lin.mei", "AA10", "", "192.0.2.7", "s1");
    return Entry.done(act, actor, "container:CSQU3054383", "c-1")
        .with(Map.of("key", "CSQU3054383"));
  }

  /** The first column, read as the owner. */
  List<String> column(String sql) {
    try (Connection connection = owner();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      List<String> column = new ArrayList<>();
      while (row.next()) {
        column.add(row.getString(1));
      }
      return column;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void asSuperuser(String sql) {
    TestDatabase.execute(url, sql);
  }

  Connection owner() throws SQLException {
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }

  @Override
  public void close() {
    audit.close();
    database.close();
  }

  static final class MovableClock extends Clock {
    private Instant now;

    MovableClock(Instant now) {
      this.now = now;
    }

    void set(Instant moment) {
      now = moment;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return java.time.ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
