package tongguan.access.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import tongguan.base.Limits;
import tongguan.base.database.Sql;

/** All SQL of confirmations and stored replies. */
final class ConfirmationStore {
  private final Connection connection;

  ConfirmationStore(Connection connection) {
    this.connection = connection;
  }

  void add(byte[] nonce, String operation, UUID account, UUID session, byte[] digest)
      throws SQLException {
    Sql.of(
            connection,
            """
            insert into access.confirmation (nonce, operation, account, session, digest, ends_at)
            values (?, ?, ?, ?, ?, clock_timestamp() + ? * interval '1 second')
            """,
            nonce,
            operation,
            account,
            session,
            digest,
            Limits.CONFIRMATION_LIFE.toSeconds())
        .update();
  }

  /** What was confirmed; empty where it was used, has expired, or was never drawn. */
  Optional<byte[]> use(byte[] nonce, String operation, UUID account, UUID session)
      throws SQLException {
    return Sql.of(
            connection,
            """
            update access.confirmation set used_at = clock_timestamp()
            where nonce = ? and operation = ? and account = ? and session = ?
              and used_at is null and ends_at > clock_timestamp()
            returning digest
            """,
            nonce,
            operation,
            account,
            session)
        .first(row -> row.getBytes(1));
  }

  /** Why it could not be used, for its owner. */
  String why(byte[] nonce, UUID session) throws SQLException {
    return Sql.of(
            connection,
            """
            select case when used_at is not null then 'used'
              when ends_at <= clock_timestamp() then 'expired' else 'other' end
            from access.confirmation where nonce = ? and session = ?
            """,
            nonce,
            session)
        .first(row -> row.getString(1))
        .orElse("unknown");
  }

  /** Whether it is still in time at the moment of the effect. */
  boolean isInTime(byte[] nonce) throws SQLException {
    return Sql.of(
            connection,
            "select from access.confirmation where nonce = ? and ends_at > clock_timestamp() for update",
            nonce)
        .exists();
  }

  record Stored(byte[] fingerprint, String reply) {}

  Optional<Stored> reply(UUID account, String key) throws SQLException {
    return Sql.of(
            connection,
            "select fingerprint, reply from access.reply where account = ? and key = ?",
            account,
            key)
        .first(row -> new Stored(row.getBytes(1), row.getString(2)));
  }

  /** False where another request with this key was first. */
  boolean keep(UUID account, String key, byte[] fingerprint, String reply) throws SQLException {
    return Sql.of(
                connection,
                """
                insert into access.reply (account, key, fingerprint, reply) values (?, ?, ?, ?::jsonb)
                on conflict (account, key) do nothing
                """,
                account,
                key,
                fingerprint,
                reply)
            .update()
        > 0;
  }
}
