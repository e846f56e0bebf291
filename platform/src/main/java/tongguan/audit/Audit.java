package tongguan.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import tongguan.base.Ids;
import tongguan.base.Json;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;

/** Writes what happened, in the transaction of its effect or, where there is none, in its own. */
public final class Audit implements AutoCloseable {
  private final Database database;
  private final Ids ids;
  private final Clock clock;

  public Audit(Database database, Ids ids, Clock clock) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
  }

  public void start() {}

  /** Within the caller's transaction: both stand, or neither does. */
  public void write(Connection transaction, Entry entry) throws SQLException {
    Actor actor = entry.actor();
    Sql.of(
            transaction,
            INSERT,
            ids.next(),
            Timestamp.from(clock.instant()),
            entry.act(),
            entry.outcome().code(),
            entry.code(),
            actor.account(),
            actor.name(),
            actor.unit(),
            actor.device(),
            actor.address(),
            actor.session(),
            entry.record(),
            entry.results(),
            Json.text(entry.details()),
            entry.correlation())
        .update();
  }

  private static final String INSERT =
      """
      insert into audit.entry (id, node_at, act, outcome, code, account, name, unit, device, address,
        session, record, results, details, correlation)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
      """;

  /** In a transaction of its own; it is on the disk when this returns. */
  public void write(Entry entry) {
    database.inTransaction(transaction -> {
      write(transaction, entry);
      return true;
    });
  }

  @Override
  public void close() {}
}
