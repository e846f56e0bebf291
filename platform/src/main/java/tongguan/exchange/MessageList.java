package tongguan.exchange;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Json;
import tongguan.exchange.message.Notation;
import tongguan.exchange.message.Rejection;

/** The SQL by which people look at messages, and by which one is taken up again. */
final class MessageList {
  private final Connection connection;

  MessageList(Connection connection) {
    this.connection = connection;
  }

  /** Which messages, by whoever may see so much; what is absent does not restrict. */
  record Filter(
      int clearance,
      @Nullable String outcome,
      @Nullable String kind,
      @Nullable String sender,
      @Nullable Instant from,
      @Nullable Instant to) {}

  /** A message without its bytes. */
  record Listed(
      UUID id,
      UUID transmission,
      int position,
      Instant receivedAt,
      String sender,
      String carriedBy,
      Notation notation,
      @Nullable String kind,
      @Nullable String reference,
      @Nullable Instant eventTime,
      Outcome outcome,
      @Nullable UUID sameAs,
      @Nullable Rejection reason,
      List<Rejection> warnings,
      @Nullable Instant appliedAt,
      int attempts,
      int bytes) {}

  /**
   * Newest first, from before {@code after} on. The open ones ride on message_open, everything else
   * on the primary keys of the months; only the restrictions that are asked for are in the
   * statement, so that the planner sees which.
   */
  List<Listed> page(Filter filter, @Nullable UUID after, int limit) throws SQLException {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("classification <= ?", filter.clearance());
    putIfThere(asked, "outcome = ?", filter.outcome());
    putIfThere(asked, "kind = ?", filter.kind());
    putIfThere(asked, "sender = ?", filter.sender());
    putIfThere(asked, "id >= exchange.first_id_at(?::timestamptz)", text(filter.from()));
    putIfThere(asked, "id < exchange.first_id_at(?::timestamptz)", text(filter.to()));
    putIfThere(asked, "id < ?", after);
    String where = asked.isEmpty() ? "" : " where " + String.join(" and ", asked.keySet());
    String sql =
        "select " + COLUMNS + " from exchange.message" + where + " order by id desc limit " + limit;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = 1;
      for (Object value : asked.values()) {
        statement.setObject(index++, value);
      }
      List<Listed> page = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          page.add(listed(row));
        }
      }
      return page;
    }
  }

  private static void putIfThere(Map<String, Object> asked, String clause, @Nullable Object value) {
    if (value != null) {
      asked.put(clause, value);
    }
  }

  private static @Nullable String text(@Nullable Instant moment) {
    return moment == null ? null : moment.toString();
  }

  private static final String COLUMNS =
      """
      id, transmission, position, received_at, sender, carried_by, notation, kind, reference,
      event_time, outcome, same_as, reason, warnings, applied_at, attempts,
      coalesce(octet_length(raw), 0) as bytes
      """;

  Optional<Listed> one(UUID id, int clearance) throws SQLException {
    String sql =
        "select " + COLUMNS + " from exchange.message where id = ? and classification <= ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      statement.setInt(2, clearance);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(listed(row)) : Optional.empty();
      }
    }
  }

  private static Listed listed(ResultSet row) throws SQLException {
    String warnings = row.getString("warnings");
    return new Listed(
        row.getObject("id", UUID.class),
        row.getObject("transmission", UUID.class),
        row.getInt("position"),
        row.getTimestamp("received_at").toInstant(),
        row.getString("sender"),
        row.getString("carried_by"),
        Notation.of(row.getString("notation")),
        row.getString("kind"),
        row.getString("reference"),
        instant(row, "event_time"),
        Outcome.of(row.getString("outcome")),
        row.getObject("same_as", UUID.class),
        rejection(row, "reason"),
        warnings == null ? List.of() : List.of(Json.MAPPER.readValue(warnings, Rejection[].class)),
        instant(row, "applied_at"),
        row.getInt("attempts"),
        row.getInt("bytes"));
  }

  private static @Nullable Rejection rejection(ResultSet row, String column) throws SQLException {
    String json = row.getString(column);
    return json == null ? null : Json.MAPPER.readValue(json, Rejection.class);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp moment = row.getTimestamp(column);
    return moment == null ? null : moment.toInstant();
  }

  /**
   * The stored bytes of a message, those of the first where it is a repeat.
   *
   * @param broken why they are no message, which only their transmission as a whole could show
   */
  record Stored(
      UUID id,
      int position,
      String sender,
      String carriedBy,
      Notation notation,
      @Nullable String kind,
      @Nullable String reference,
      byte[] context,
      byte[] raw,
      byte[] hash,
      @Nullable Rejection broken,
      int attempts) {}

  List<Stored> stored(List<UUID> ids) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STORED)) {
      statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      List<Stored> stored = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          stored.add(stored(row));
        }
      }
      return stored;
    }
  }

  private static final String STORED =
      """
      select id, position, sender, carried_by, notation, kind, reference,
        coalesce(context, '') as context, raw, hash, broken, attempts
      from exchange.message
      where id = any(?) and raw is not null
      order by id
      """;

  /**
   * Takes messages that were stored and not applied, some time ago, and counts the try before it
   * begins: one that kills the process is found out. Those that another node is at are left to it.
   */
  List<Stored> takeOpen(int olderThanSeconds, int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE_OPEN)) {
      statement.setInt(1, olderThanSeconds);
      statement.setInt(2, limit);
      List<Stored> stored = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          stored.add(stored(row));
        }
      }
      return stored;
    }
  }

  private static final String TAKE_OPEN =
      """
      update exchange.message m
      set attempts = m.attempts + 1
      where m.id in (
        select id from exchange.message
        where outcome = 'received' and received_at < now() - make_interval(secs => ?)
        order by id
        limit ?
        for update skip locked)
      returning id, position, sender, carried_by, notation, kind, reference,
        coalesce(context, '') as context, raw, hash, broken, attempts
      """;

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        row.getObject("id", UUID.class),
        row.getInt("position"),
        row.getString("sender"),
        row.getString("carried_by"),
        Notation.of(row.getString("notation")),
        row.getString("kind"),
        row.getString("reference"),
        row.getBytes("context"),
        row.getBytes("raw"),
        row.getBytes("hash"),
        rejection(row, "broken"),
        row.getInt("attempts"));
  }

  /** What a message told, from the fact log. */
  List<Told> told(UUID message) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TOLD)) {
      statement.setObject(1, message);
      List<Told> told = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          told.add(
              new Told(
                  row.getString("subject"),
                  row.getString("key"),
                  row.getString("what"),
                  row.getTimestamp("at").toInstant()));
        }
      }
      return told;
    }
  }

  record Told(String kind, String key, String what, Instant at) {}

  // Rides on fact_by_message.
  private static final String TOLD =
      """
      select subject, key, what, at from record.fact where message = ? order by seq limit 200
      """;
}
