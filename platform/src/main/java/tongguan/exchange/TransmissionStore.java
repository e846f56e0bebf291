package tongguan.exchange;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Json;
import tongguan.exchange.message.Rejection;

/** All SQL about transmissions and what was answered to them. */
final class TransmissionStore {
  private final Connection connection;

  TransmissionStore(Connection connection) {
    this.connection = connection;
  }

  void begin(UUID id, String sender, String mediaType, int bytes, int messages)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      statement.setObject(1, id);
      statement.setString(2, sender);
      statement.setString(3, mediaType);
      statement.setInt(4, bytes);
      statement.setInt(5, messages);
      statement.execute();
    }
  }

  private static final String BEGIN =
      """
      insert into exchange.transmission (id, sender, media_type, bytes, messages)
      values (?, ?, ?, ?, ?)
      """;

  /** Keeps what could not be cut into messages, so that nothing that was sent is lost. */
  void refuse(UUID id, String sender, String mediaType, byte[] raw, Rejection reason)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REFUSE)) {
      statement.setObject(1, id);
      statement.setString(2, sender);
      statement.setString(3, mediaType);
      statement.setInt(4, raw.length);
      statement.setBytes(5, raw);
      statement.setString(6, Json.text(reason));
      statement.execute();
    }
  }

  private static final String REFUSE =
      """
      insert into exchange.transmission (id, sender, media_type, bytes, messages, raw, refused)
      values (?, ?, ?, ?, 0, ?, ?::jsonb)
      """;

  void end(UUID id, int applied, int known, int quarantined) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(END)) {
      statement.setInt(1, applied);
      statement.setInt(2, known);
      statement.setInt(3, quarantined);
      statement.setObject(4, id);
      statement.execute();
    }
  }

  private static final String END =
      """
      update exchange.transmission set applied = ?, known = ?, quarantined = ? where id = ?
      """;

  /**
   * What was asked under a key before.
   *
   * @param reply absent while the first request is at work, or when it died
   */
  record Asked(byte[] fingerprint, @Nullable String reply) {
    /** Whether nothing is left to do: it is answered, or was about another content. */
    boolean isSettledFor(byte[] other) {
      return reply != null || !MessageDigest.isEqual(fingerprint, other);
    }
  }

  /** Takes the key for this request, or tells what it was taken for. */
  Optional<Asked> take(String sender, String key, byte[] fingerprint, UUID transmission)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setString(1, sender);
      statement.setString(2, key);
      statement.setBytes(3, fingerprint);
      statement.setObject(4, transmission);
      if (statement.executeUpdate() == 1) {
        return Optional.empty();
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(ASKED)) {
      statement.setString(1, sender);
      statement.setString(2, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Asked(row.getBytes("fingerprint"), row.getString("reply")))
            : Optional.empty();
      }
    }
  }

  private static final String TAKE =
      """
      insert into exchange.answered (sender, key, fingerprint, transmission)
      values (?, ?, ?, ?)
      on conflict do nothing
      """;

  private static final String ASKED =
      "select fingerprint, reply from exchange.answered where sender = ? and key = ?";

  /** Keeps the reply; where two requests under one key were at work, the first to end has it. */
  void answer(String sender, String key, String reply) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ANSWER)) {
      statement.setString(1, reply);
      statement.setString(2, sender);
      statement.setString(3, key);
      statement.execute();
    }
  }

  private static final String ANSWER =
      """
      update exchange.answered set reply = ? where sender = ? and key = ? and reply is null
      """;

  /** Keys are for repeats after a lost reply, which come soon. */
  void forgetOldAnswers() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "delete from exchange.answered where asked_at < now() - interval '7 days'")) {
      statement.execute();
    }
  }
}
