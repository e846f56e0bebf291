package tongguan.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import tongguan.base.database.Sql;

/**
 * Reads that a node of the version before announced and did not finish, because it died. This
 * version announces none: once no node of that one is at work, the table and its functions may go.
 */
final class AnnouncementStore {
  private AnnouncementStore() {}

  /**
   * Puts into the log, without a count, what was announced so long ago that nobody is left who
   * knows the count; gives the number of entries.
   */
  static long recover(Connection transaction, Duration age) throws SQLException {
    return Sql.of(transaction, "select audit.recover(? * interval '1 millisecond')", age.toMillis())
        .first(row -> row.getLong(1))
        .orElse(0L);
  }
}
