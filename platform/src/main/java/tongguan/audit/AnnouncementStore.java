package tongguan.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tongguan.base.database.Sql;

/** The SQL of entries that are announced before they are whole. */
final class AnnouncementStore {
  private AnnouncementStore() {}

  /** One row for all, which no index but that of its id knows of; gives the database's time. */
  static Instant add(Connection transaction, UUID id, List<Line> lines) throws SQLException {
    return Sql.of(
            transaction,
            "insert into audit.announced (id, entries, lines) values (?, ?::uuid[], ?) returning at",
            id,
            lines.stream().map(line -> line.id().toString()).toList(),
            EntryStore.text(lines))
        .first(row -> row.getTimestamp(1).toInstant())
        .orElseThrow();
  }

  /** Those of which every entry is in the log go. */
  static void settle(Connection transaction, List<UUID> announcements) throws SQLException {
    if (!announcements.isEmpty()) {
      boolean _ =
          Sql.of(
                  transaction,
                  "select audit.settle(?::uuid[])",
                  announcements.stream().map(UUID::toString).toList())
              .exists();
    }
  }

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
