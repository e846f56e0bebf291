package tongguan.core;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import tongguan.base.database.Sql;

/** How far the events of a core system have come, and who is at it. Time is the database's. */
final class CursorStore {
  private final Connection connection;

  CursorStore(Connection connection) {
    this.connection = connection;
  }

  /** The cursor, where this node may go on fetching; empty where another one is at it. */
  Optional<String> hold(String system, UUID node, Duration lease) throws SQLException {
    Sql.of(connection, "insert into core.cursor (system) values (?) on conflict do nothing", system)
        .update();
    return Sql.of(connection, HOLD, node, lease.toSeconds(), system, node)
        .first(row -> row.getString("position"));
  }

  private static final String HOLD =
      """
      update core.cursor
      set holder = ?, held_until = clock_timestamp() + ? * interval '1 second'
      where system = ? and (holder = ? or held_until < clock_timestamp())
      returning position
      """;

  /** Moves on from where this node read; false where another node is at it by now. */
  boolean move(String system, UUID node, String from, String to) throws SQLException {
    return Sql.of(connection, MOVE, to, system, node, from).update() == 1;
  }

  private static final String MOVE =
      """
      update core.cursor
      set position = ?, moved_at = clock_timestamp()
      where system = ? and holder = ? and position = ?
      """;

  /** Another node may go on at once. */
  void release(String system, UUID node) throws SQLException {
    Sql.of(
            connection,
            """
            update core.cursor set holder = null, held_until = '-infinity'
            where system = ? and holder = ?
            """,
            system,
            node)
        .update();
  }
}
