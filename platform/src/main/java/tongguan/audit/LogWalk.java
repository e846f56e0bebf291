package tongguan.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.audit.ChainStore.Link;
import tongguan.base.database.Sql;

/**
 * The entries in the order that the database gives them, beside the chain in its own: two cursors
 * in one snapshot, so that a log of any length is read once, in little memory, while it grows.
 */
final class LogWalk implements AutoCloseable {
  private static final int FETCH = 2000;

  private final Connection connection;
  private final PreparedStatement entryStatement;
  private final PreparedStatement linkStatement;
  private final ResultSet entries;
  private final ResultSet links;

  LogWalk(Connection connection) throws SQLException {
    this.connection = connection;
    try (var settings = connection.createStatement()) {
      settings.execute("set transaction isolation level repeatable read, read only");
      // The cursors run as long as the log is long, and are read off indexes, never sorted.
      settings.execute("set local statement_timeout = 0");
      settings.execute("set local enable_sort = off");
      settings.execute("set local enable_seqscan = off");
    }
    this.entryStatement =
        cursor("select " + Logged.COLUMNS + " from audit.entry e order by xid, id");
    this.linkStatement = cursor(LINKS + " order by seq");
    this.entries = entryStatement.executeQuery();
    this.links = linkStatement.executeQuery();
  }

  private static final String LINKS =
      "select seq, entry, xid::text::bigint, leaf, chain from audit.chain";

  private PreparedStatement cursor(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setFetchSize(FETCH);
    return statement;
  }

  @Nullable Logged nextEntry() throws SQLException {
    return entries.next() ? Logged.of(entries, 1) : null;
  }

  @Nullable Link nextLink() throws SQLException {
    return links.next() ? link(links) : null;
  }

  private static Link link(ResultSet row) throws SQLException {
    return new Link(
        row.getLong(1),
        row.getObject(2, UUID.class),
        row.getLong(3),
        row.getBytes(4),
        row.getBytes(5));
  }

  Optional<Logged> entry(UUID id) throws SQLException {
    return Sql.of(connection, "select " + Logged.COLUMNS + " from audit.entry e where e.id = ?", id)
        .first(row -> Logged.of(row, 1));
  }

  Optional<Link> linkOf(UUID entry) throws SQLException {
    return Sql.of(connection, LINKS + " where entry = ?", entry).first(LogWalk::link);
  }

  Optional<Link> linkAt(long seq) throws SQLException {
    return Sql.of(connection, LINKS + " where seq = ?", seq).first(LogWalk::link);
  }

  Optional<byte[]> subtree(int level, long index) throws SQLException {
    return Sql.of(
            connection,
            "select hash from audit.subtree where level = ? and index = ?",
            level,
            index)
        .first(row -> row.getBytes(1));
  }

  /** The notes of the database, as they were written. */
  List<String> notes() throws SQLException {
    return Sql.of(connection, "select note from audit.checkpoint order by size, key_id")
        .rows(row -> row.getString(1));
  }

  @Override
  public void close() throws SQLException {
    entryStatement.close();
    linkStatement.close();
  }
}
