package tongguan.inspection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Limits;
import tongguan.base.database.Sql;

/** SQL of batches that are handed over. */
final class HandOverStore {
  private final Connection connection;

  HandOverStore(Connection connection) {
    this.connection = connection;
  }

  void add(UUID id, UUID giver, UUID receiver, @Nullable String note, String items)
      throws SQLException {
    Sql.of(
            connection,
            "insert into inspection.hand_over (id, giver, receiver, note, items) values (?, ?, ?, ?, ?::jsonb)",
            id,
            giver,
            receiver,
            note,
            items)
        .update();
  }

  private static final String READ =
      """
      select h.id, h.giver, g.name as giver_name, r.name as receiver_name, h.note, jsonb_array_length(h.items) as count,
        h.items::text, h.given_at
      from inspection.hand_over h
      join identity.account g on g.id = h.giver
      join identity.account r on r.id = h.receiver
      """;

  /** Those of this officer, given and taken, the newest first; on the indexes of both sides. */
  List<HandOver> of(UUID officer) throws SQLException {
    return Sql.of(
            connection,
            READ + "where h.giver = ? or h.receiver = ? order by h.id desc limit ?",
            officer,
            officer,
            Limits.PAGE_DEFAULT)
        .rows(HandOverStore::handOver);
  }

  /** Empty where there is none that this officer gave or was given. */
  Optional<HandOver> one(UUID id, UUID officer) throws SQLException {
    return Sql.of(
            connection,
            READ + "where h.id = ? and (h.giver = ? or h.receiver = ?)",
            id,
            officer,
            officer)
        .first(HandOverStore::handOver);
  }

  private static HandOver handOver(ResultSet row) throws SQLException {
    return new HandOver(
        row.getObject("id", UUID.class),
        row.getObject("giver", UUID.class),
        row.getString("giver_name"),
        row.getString("receiver_name"),
        row.getString("note"),
        row.getInt("count"),
        row.getString("items"),
        Objects.requireNonNull(Sql.instant(row, "given_at")));
  }
}
