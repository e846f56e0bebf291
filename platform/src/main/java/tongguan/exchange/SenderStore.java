package tongguan.exchange;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tongguan.base.database.Sql;

/** All SQL about senders. */
final class SenderStore {
  private final Connection connection;

  SenderStore(Connection connection) {
    this.connection = connection;
  }

  record Registered(Sender sender, byte[] secretDigest) {}

  /** Every sender by its id; there are some dozens. */
  Map<String, Registered> all() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ALL);
        ResultSet row = statement.executeQuery()) {
      Map<String, Registered> senders = new LinkedHashMap<>();
      while (row.next()) {
        Sender sender =
            new Sender(
                row.getString("id"),
                row.getString("name_zh"),
                row.getString("name_en"),
                row.getInt("rank"),
                row.getBoolean("relay"),
                kinds(row.getArray("kinds")),
                row.getBoolean("enabled"));
        senders.put(sender.id(), new Registered(sender, row.getBytes("secret")));
      }
      return senders;
    }
  }

  private static final String ALL =
      """
      select id, name_zh, name_en, rank, relay, kinds, enabled, secret
      from exchange.sender
      order by id
      """;

  private static @Nullable Set<String> kinds(@Nullable Array array) throws SQLException {
    return array == null ? null : new TreeSet<>(Arrays.asList((String[]) array.getArray()));
  }

  /** Adds a sender, or gives one that is there a new secret and the new attributes. */
  void put(Sender sender, byte[] secretDigest) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PUT)) {
      statement.setString(1, sender.id());
      statement.setString(2, sender.nameZh());
      statement.setString(3, sender.nameEn());
      statement.setInt(4, sender.rank());
      statement.setBoolean(5, sender.relay());
      Optional<Set<String>> kinds = Optional.ofNullable(sender.kinds());
      statement.setArray(
          6, kinds.isPresent() ? connection.createArrayOf("text", kinds.get().toArray()) : null);
      statement.setBytes(7, secretDigest);
      statement.setBoolean(8, sender.enabled());
      statement.execute();
    }
  }

  private static final String PUT =
      """
      insert into exchange.sender (id, name_zh, name_en, rank, relay, kinds, secret, enabled)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update set
        name_zh = excluded.name_zh, name_en = excluded.name_en, rank = excluded.rank,
        relay = excluded.relay, kinds = excluded.kinds, secret = excluded.secret,
        enabled = excluded.enabled
      """;

  /** Whether it was not there before. */
  boolean addAbsent(Sender sender, byte[] secretDigest) throws SQLException {
    return Sql.of(
                connection,
                """
                insert into exchange.sender (id, name_zh, name_en, rank, relay, secret)
                values (?, ?, ?, ?, ?, ?)
                on conflict (id) do nothing
                """,
                sender.id(),
                sender.nameZh(),
                sender.nameEn(),
                sender.rank(),
                sender.relay(),
                secretDigest)
            .update()
        == 1;
  }

  boolean setEnabled(String id, boolean enabled) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("update exchange.sender set enabled = ? where id = ?")) {
      statement.setBoolean(1, enabled);
      statement.setString(2, id);
      return statement.executeUpdate() == 1;
    }
  }
}
