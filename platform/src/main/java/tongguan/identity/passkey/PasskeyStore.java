package tongguan.identity.passkey;

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

/** All SQL of passkeys and their challenges. */
final class PasskeyStore {
  private final Connection connection;

  PasskeyStore(Connection connection) {
    this.connection = connection;
  }

  void open(byte[] challenge, String purpose, @Nullable UUID account) throws SQLException {
    Sql.of(connection, "delete from identity.passkey_challenge where ends_at <= clock_timestamp()")
        .update();
    Sql.of(
            connection,
            """
            insert into identity.passkey_challenge (challenge, purpose, account, ends_at)
            values (?, ?, ?, clock_timestamp() + ? * interval '1 second')
            """,
            challenge,
            purpose,
            account,
            Limits.PASSKEY_CHALLENGE_LIFE.toSeconds())
        .update();
  }

  /** False where it was never drawn for this, is used, or has expired. */
  boolean use(byte[] challenge, String purpose, @Nullable UUID account) throws SQLException {
    return Sql.of(
                connection,
                """
                delete from identity.passkey_challenge
                where challenge = ? and purpose = ? and account is not distinct from ?::uuid
                  and ends_at > clock_timestamp()
                """,
                challenge,
                purpose,
                account)
            .update()
        > 0;
  }

  Optional<Known> known(byte[] credential) throws SQLException {
    return Sql.of(
            connection,
            """
            select id, account, data, sign_count, backup_eligible, backed_up
            from identity.passkey where credential = ?
            """,
            credential)
        .first(row ->
            new Known(
                row.getObject("id", UUID.class),
                row.getObject("account", UUID.class),
                row.getBytes("data"),
                row.getLong("sign_count"),
                row.getBoolean("backup_eligible"),
                row.getBoolean("backed_up")));
  }

  /** False where the credential is someone's already, or the account has as many as it may. */
  boolean add(Known passkey, byte[] credential, String name) throws SQLException {
    Sql.of(connection, "select from identity.account where id = ? for update", passkey.account())
        .exists();
    return Sql.of(
                connection,
                """
                insert into identity.passkey
                  (id, account, credential, data, name, sign_count, backup_eligible, backed_up)
                select ?, ?, ?, ?, ?, ?, ?, ?
                where (select count(*) from identity.passkey where account = ?) < ?
                on conflict (credential) do nothing
                """,
                passkey.id(),
                passkey.account(),
                credential,
                passkey.data(),
                name,
                passkey.signCount(),
                passkey.backupEligible(),
                passkey.backedUp(),
                passkey.account(),
                Limits.PASSKEYS_OF_ACCOUNT)
            .update()
        > 0;
  }

  /** False where another node was shown this count, or a higher one, meanwhile. */
  boolean count(UUID id, long signCount, boolean backedUp) throws SQLException {
    return Sql.of(
                connection,
                """
                update identity.passkey
                set sign_count = ?, backed_up = ?, last_used_at = clock_timestamp()
                where id = ? and (sign_count < ? or (sign_count = 0 and ? = 0))
                """,
                signCount,
                backedUp,
                id,
                signCount,
                signCount)
            .update()
        > 0;
  }

  List<Passkey> list(UUID account) throws SQLException {
    return Sql.of(
            connection,
            """
            select id, name, created_at, last_used_at from identity.passkey
            where account = ? order by created_at, id
            """,
            account)
        .rows(PasskeyStore::passkey);
  }

  private static Passkey passkey(ResultSet row) throws SQLException {
    return new Passkey(
        row.getObject("id", UUID.class),
        row.getString("name"),
        Objects.requireNonNull(Sql.instant(row, "created_at")),
        Sql.instant(row, "last_used_at"));
  }

  List<byte[]> credentials(UUID account) throws SQLException {
    return Sql.of(
            connection,
            "select credential from identity.passkey where account = ? order by created_at, id",
            account)
        .rows(row -> row.getBytes(1));
  }

  boolean has(UUID account) throws SQLException {
    return Sql.of(connection, "select from identity.passkey where account = ? limit 1", account)
        .exists();
  }

  void removeAll(UUID account) throws SQLException {
    Sql.of(connection, "delete from identity.passkey where account = ?", account).update();
  }

  boolean remove(UUID account, UUID id) throws SQLException {
    return Sql.of(
                connection,
                "delete from identity.passkey where account = ? and id = ?",
                account,
                id)
            .update()
        > 0;
  }
}
