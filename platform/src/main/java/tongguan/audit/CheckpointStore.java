package tongguan.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tongguan.audit.witness.Note;
import tongguan.base.database.Sql;

/** The SQL of checkpoints. */
final class CheckpointStore {
  private final Connection connection;

  CheckpointStore(Connection connection) {
    this.connection = connection;
  }

  /** Whether this transaction is the one that signs. */
  boolean takeTurn() throws SQLException {
    return Sql.of(connection, "select pg_try_advisory_xact_lock(hashtext('audit.checkpoint'))")
        .first(row -> row.getBoolean(1))
        .orElse(false);
  }

  Instant now() throws SQLException {
    return Sql.of(connection, "select clock_timestamp() as now")
        .first(row -> row.getTimestamp("now").toInstant())
        .orElseThrow();
  }

  long largest() throws SQLException {
    return Sql.of(connection, "select coalesce(max(size), 0) from audit.checkpoint")
        .first(row -> row.getLong(1))
        .orElse(0L);
  }

  void add(Note note) throws SQLException {
    Sql.of(
            connection,
            """
            insert into audit.checkpoint (size, key_id, root, at, signature, note)
            values (?, ?, ?, ?, ?, ?)
            """,
            note.size(),
            note.keyId(),
            note.root().bytes(),
            note.at(),
            note.signature().bytes(),
            note.toString())
        .update();
  }

  /** Those over more entries than that, smallest first. */
  List<Note> after(long size) throws SQLException {
    return Sql.of(connection, COLUMNS + " where size > ? order by size, key_id limit 10000", size)
        .rows(CheckpointStore::note);
  }

  /** Largest first, from below that size on. */
  List<Note> page(long below, int limit) throws SQLException {
    return Sql.of(
            connection,
            COLUMNS + " where size < ? order by size desc, key_id limit ?",
            below,
            limit)
        .rows(CheckpointStore::note);
  }

  /** The latest, where it covers that many entries. */
  Optional<Note> covering(long entries) throws SQLException {
    return Sql.of(
            connection, COLUMNS + " where size >= ? order by size desc, key_id limit 1", entries)
        .first(CheckpointStore::note);
  }

  private static final String COLUMNS =
      "select size, key_id, root, at, signature from audit.checkpoint";

  private static Note note(ResultSet row) throws SQLException {
    return new Note(
        row.getLong("size"),
        Note.Root.of(row.getBytes("root")),
        row.getTimestamp("at").toInstant(),
        row.getString("key_id"),
        Note.Root.of(row.getBytes("signature")));
  }
}
