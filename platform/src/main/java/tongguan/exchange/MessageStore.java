package tongguan.exchange;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tongguan.base.Json;
import tongguan.exchange.message.Rejection;

/** The SQL by which messages are stored and move from outcome to outcome. */
final class MessageStore {
  private final Connection transaction;

  MessageStore(Connection transaction) {
    this.transaction = transaction;
  }

  /**
   * Notes which of these messages are seen for the first time. A message that another transaction
   * is storing at this moment is waited for. In hash order, so that two such do not wait for each
   * other.
   */
  Set<UUID> firstSeen(List<Piece> pieces) throws SQLException {
    try (PreparedStatement statement = transaction.prepareStatement(FIRST_SEEN)) {
      statement.setArray(1, texts(pieces, Piece::source));
      statement.setArray(2, bytes(pieces, Piece::hash));
      statement.setArray(3, ids(pieces));
      Set<UUID> first = new HashSet<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          first.add(row.getObject(1, UUID.class));
        }
      }
      return first;
    }
  }

  private static final String FIRST_SEEN =
      """
      insert into exchange.seen (sender, hash, message)
      select sender, hash, message
      from unnest(?::text[], ?::bytea[], ?::uuid[]) as arriving(sender, hash, message)
      order by hash, sender, message
      on conflict do nothing
      returning message
      """;

  /** A message that was stored before, and how it stands. */
  record Earlier(UUID message, Outcome outcome) {}

  /** For messages that were not seen for the first time: as which they are stored. */
  Map<UUID, Earlier> earlier(List<Piece> again) throws SQLException {
    try (PreparedStatement statement = transaction.prepareStatement(EARLIER)) {
      statement.setArray(1, texts(again, Piece::source));
      statement.setArray(2, bytes(again, Piece::hash));
      statement.setArray(3, ids(again));
      Map<UUID, Earlier> earlier = new HashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          earlier.put(
              row.getObject(1, UUID.class),
              new Earlier(row.getObject(2, UUID.class), Outcome.of(row.getString(3))));
        }
      }
      return earlier;
    }
  }

  private static final String EARLIER =
      """
      select arriving.message, stored.id, stored.outcome
      from unnest(?::text[], ?::bytea[], ?::uuid[]) as arriving(sender, hash, message)
      join exchange.seen on seen.hash = arriving.hash and seen.sender = arriving.sender
      join exchange.message stored on stored.id = seen.message
      """;

  /**
   * Stores raw messages.
   *
   * @param sameAs for those that are known: as which message; their bytes are not stored twice
   */
  void insert(UUID transmission, String carriedBy, List<Piece> pieces, Map<UUID, Earlier> sameAs)
      throws SQLException {
    try (PreparedStatement statement = transaction.prepareStatement(INSERT)) {
      statement.setObject(1, transmission);
      statement.setString(2, carriedBy);
      statement.setArray(3, ids(pieces));
      statement.setArray(4, array("int4", pieces, piece -> piece.position()));
      statement.setArray(5, texts(pieces, Piece::source));
      statement.setArray(6, texts(pieces, piece -> piece.arrival().notation().code()));
      statement.setArray(7, texts(pieces, piece -> piece.arrival().kind()));
      statement.setArray(8, texts(pieces, piece -> piece.arrival().reference()));
      statement.setArray(9, texts(pieces, piece -> text(piece.arrival().eventTime())));
      statement.setArray(10, bytes(pieces, Piece::hash));
      statement.setArray(11, bytes(pieces, piece -> piece.arrival().context()));
      statement.setArray(
          12,
          bytes(pieces, piece -> sameAs.containsKey(piece.id()) ? null : piece.arrival().raw()));
      statement.setArray(13, array("uuid", pieces, piece -> idOf(sameAs.get(piece.id()))));
      statement.setArray(14, texts(pieces, piece -> reasonJson(piece.arrival().brokenBy())));
      statement.setArray(15, array("int2", pieces, piece -> piece.arrival().classification()));
      statement.execute();
    }
  }

  private static final String INSERT =
      """
      insert into exchange.message (
        transmission, carried_by, id, position, sender, notation, kind, reference, event_time,
        hash, context, raw, same_as, broken, classification, outcome)
      select ?, ?, id, position, sender, notation, kind, reference, event_time::timestamptz,
        hash, nullif(context, ''), raw, same_as, broken::jsonb, classification,
        case when same_as is null then 'received' else 'known' end
      from unnest(
          ?::uuid[], ?::int4[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::bytea[], ?::bytea[], ?::bytea[], ?::uuid[], ?::text[], ?::int2[])
        as arriving(
          id, position, sender, notation, kind, reference, event_time, hash, context, raw, same_as,
          broken, classification)
      """;

  /**
   * Marks messages as applied and tells which of them this transaction may apply: those that
   * another one applied meanwhile are not among them.
   */
  Set<UUID> claim(List<UUID> messages) throws SQLException {
    try (PreparedStatement statement = transaction.prepareStatement(CLAIM)) {
      statement.setArray(1, transaction.createArrayOf("uuid", messages.toArray()));
      Set<UUID> claimed = new HashSet<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          claimed.add(row.getObject(1, UUID.class));
        }
      }
      return claimed;
    }
  }

  // Rides on the primary keys of the months; one scan for all ids, 3.3 buffers a message.
  private static final String CLAIM =
      """
      update exchange.message
      set outcome = 'applied', applied_at = now(), reason = null, attempts = attempts + 1
      where id = any(?) and outcome in ('received', 'quarantined')
      returning id
      """;

  void quarantine(List<Verdict> refused) throws SQLException {
    if (refused.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = transaction.prepareStatement(QUARANTINE)) {
      statement.setArray(1, array("uuid", refused, Verdict::message));
      statement.setArray(2, texts(refused, verdict -> reasonJson(verdict.reason())));
      statement.execute();
    }
  }

  // A nested loop into the primary key of the id's own month; the other months are never visited.
  private static final String QUARANTINE =
      """
      update exchange.message m
      set outcome = 'quarantined', reason = refused.reason::jsonb, attempts = attempts + 1
      from unnest(?::uuid[], ?::text[]) as refused(id, reason)
      where m.id = refused.id and m.outcome in ('received', 'quarantined')
      """;

  /** Keeps what was left out of messages that are applied in this transaction. */
  void warn(List<Verdict> applied) throws SQLException {
    List<Verdict> warned = applied.stream().filter(v -> !v.warnings().isEmpty()).toList();
    if (warned.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = transaction.prepareStatement(WARN)) {
      statement.setArray(1, array("uuid", warned, Verdict::message));
      statement.setArray(2, texts(warned, verdict -> Json.text(verdict.warnings())));
      statement.execute();
    }
  }

  // As QUARANTINE; few messages have warnings, so that CLAIM does not carry them.
  private static final String WARN =
      """
      update exchange.message m
      set warnings = warned.warnings::jsonb
      from unnest(?::uuid[], ?::text[]) as warned(id, warnings)
      where m.id = warned.id
      """;

  /** How messages stand that somebody else applied meanwhile. */
  List<Verdict> verdicts(List<UUID> messages) throws SQLException {
    try (PreparedStatement statement =
        transaction.prepareStatement(
            "select id, outcome, reason from exchange.message where id = any(?)")) {
      statement.setArray(1, transaction.createArrayOf("uuid", messages.toArray()));
      List<Verdict> verdicts = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String reason = row.getString("reason");
          verdicts.add(
              new Verdict(
                  row.getObject("id", UUID.class),
                  Outcome.of(row.getString("outcome")),
                  reason == null ? null : Json.MAPPER.readValue(reason, Rejection.class),
                  List.of()));
        }
      }
      return verdicts;
    }
  }

  private static @Nullable String reasonJson(@Nullable Rejection reason) {
    return reason == null ? null : Json.text(reason);
  }

  private static @Nullable UUID idOf(@Nullable Earlier earlier) {
    return earlier == null ? null : earlier.message();
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private Array ids(List<Piece> pieces) throws SQLException {
    return array("uuid", pieces, Piece::id);
  }

  private <T> Array texts(List<T> rows, Function<T, @Nullable String> column) throws SQLException {
    return array("text", rows, column::apply);
  }

  private <T> Array bytes(List<T> rows, Function<T, byte @Nullable []> column) throws SQLException {
    byte[] @Nullable [] values = new byte[rows.size()] @Nullable [];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.apply(rows.get(i));
    }
    return transaction.createArrayOf("bytea", values);
  }

  private <T> Array array(String type, List<T> rows, Function<T, @Nullable Object> column)
      throws SQLException {
    List<@Nullable Object> values = new ArrayList<>(rows.size());
    rows.forEach(row -> values.add(column.apply(row)));
    return transaction.createArrayOf(type, values.toArray());
  }
}
