package tongguan.access.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import tongguan.base.Limits;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;

/**
 * How much an officer takes away. What one person may take in a day is policy ({@code
 * export-rows}); beyond it two persons agree on one list with its filters, which is then good for
 * one export.
 */
public final class Exports {
  private final Database database;

  public Exports(Database database) {
    this.database = database;
  }

  /**
   * Counts the rows in; false, and nothing counted, where they are more than one person may take.
   */
  public boolean take(UUID account, long rows) {
    return database.query(
        connection -> Sql.of(connection, TAKE, account, rows, rows).update() == 1);
  }

  private static final String TAKE =
      """
      insert into access.exported as e (account, day, rows)
      select ?, (clock_timestamp() at time zone 'Asia/Taipei')::date, ?::bigint
      from identity.policy where code = 'export-rows' and ?::bigint <= value
      on conflict (account, day) do update set rows = e.rows + excluded.rows
      where e.rows + excluded.rows <= (select value from identity.policy where code = 'export-rows')
      """;

  /** Uses a grant up: of this officer, for exactly this list with these filters, in time, once. */
  public boolean use(UUID grant, UUID account, String list, String filters) {
    return database.query(
        connection -> Sql.of(connection, USE, grant, account, list, filters).update() == 1);
  }

  private static final String USE =
      """
      update access.export_grant set used_at = clock_timestamp()
      where id = ? and account = ? and list = ? and filters = ?
        and used_at is null and ends_at > clock_timestamp()
      """;

  /** Two persons agreed. */
  public void grant(Connection tx, Operation.Asked asked, String list, String filters)
      throws SQLException {
    Sql.of(
            tx,
            GRANT,
            asked.request(),
            asked.account(),
            list,
            filters,
            Limits.EXPORT_GRANT_LIFE.toHours())
        .update();
  }

  private static final String GRANT =
      """
      insert into access.export_grant (id, account, list, filters, ends_at)
      values (?, ?, ?, ?, clock_timestamp() + ? * interval '1 hour')
      """;
}
