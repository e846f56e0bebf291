package tongguan.photo;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import tongguan.base.database.Sql;

/**
 * Where the bytes of photos lie: pieces in the database, each found by photo and offset. The one
 * class that knows, so that an installation with an object store changes this alone.
 */
final class Pieces {
  private final Connection connection;

  Pieces(Connection connection) {
    this.connection = connection;
  }

  void put(UUID photo, int at, byte[] content) throws SQLException {
    Sql.of(
            connection,
            "insert into photo.piece (photo, at, content) values (?, ?, ?)",
            photo,
            at,
            content)
        .update();
  }

  /** The piece that begins there; by the primary key. */
  Optional<byte[]> at(UUID photo, int at) throws SQLException {
    return Sql.of(
            connection, "select content from photo.piece where photo = ? and at = ?", photo, at)
        .first(row -> row.getBytes(1));
  }
}
