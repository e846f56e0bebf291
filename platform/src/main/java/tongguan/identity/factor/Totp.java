package tongguan.identity.factor;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;

/**
 * Codes by time (RFC 6238): HMAC-SHA-1, six digits, steps of 30 seconds by the database's clock,
 * one step early or late. Each code works once, on whichever node.
 */
public final class Totp {
  private static final int STEP_SECONDS = 30;
  private static final int SECRET_BYTES = 20;
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final Database database;
  private final SecretBox box;
  private final SecureRandom random = new SecureRandom();

  public Totp(Database database, SecretBox box) {
    this.database = database;
    this.box = box;
  }

  /**
   * What an officer puts into an authenticator.
   *
   * @param secret in base 32
   * @param uri {@code otpauth://totp/...}, to be shown as a picture
   */
  public record Setup(String secret, String uri) {}

  /** Draws a secret; it counts once a code of it was confirmed. One in use goes on until then. */
  public Setup begin(Connection tx, UUID account, String loginName) throws SQLException {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    Sql.of(
            tx,
            """
            insert into identity.totp (account, pending) values (?, ?)
            on conflict (account) do update set pending = excluded.pending
            """,
            account,
            box.seal(secret))
        .update();
    String text = base32(secret);
    String label = URLEncoder.encode("通關:" + loginName, StandardCharsets.UTF_8).replace("+", "%20");
    return new Setup(
        text,
        "otpauth://totp/"
            + label
            + "?secret="
            + text
            + "&issuer=Tongguan&algorithm=SHA1&digits=6&period=30");
  }

  private static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    long bits = 0;
    int held = 0;
    for (byte b : bytes) {
      bits = bits << 8 | b & 0xff;
      held += 8;
      while (held >= 5) {
        held -= 5;
        text.append(BASE32.charAt((int) (bits >> held & 31)));
      }
    }
    return text.toString();
  }

  public boolean has(UUID account) {
    return database.query(connection -> has(connection, account));
  }

  public boolean has(Connection connection, UUID account) throws SQLException {
    return Sql.of(
            connection,
            "select from identity.totp where account = ? and secret is not null",
            account)
        .exists();
  }

  public void revoke(Connection tx, UUID account) throws SQLException {
    Sql.of(tx, "delete from identity.totp where account = ?", account).update();
  }

  /** The first code of a new secret. */
  public boolean confirm(Connection tx, UUID account, String code) throws SQLException {
    return take(tx, account, code, "pending")
        && Sql.of(
                    tx,
                    "update identity.totp set secret = pending, pending = null where account = ?",
                    account)
                .update()
            > 0;
  }

  /** Whether this is a code of now that was not used before; from then on it is. */
  public boolean check(UUID account, String code) {
    return database.inTransaction(tx -> take(tx, account, code, "secret"));
  }

  private record Known(byte[] secret, long step) {}

  private boolean take(Connection tx, UUID account, String code, String column)
      throws SQLException {
    Optional<Known> known =
        Sql.of(
                tx,
                "select "
                    + column
                    + ", floor(extract(epoch from clock_timestamp()) / "
                    + STEP_SECONDS
                    + ")::bigint as step from identity.totp where account = ? and "
                    + column
                    + " is not null",
                account)
            .first(row -> new Known(row.getBytes(1), row.getLong("step")));
    if (known.isEmpty() || !code.matches("[0-9]{6}")) {
      return false;
    }
    byte[] secret = box.open(known.get().secret());
    for (long step = known.get().step() - 1; step <= known.get().step() + 1; step++) {
      if (code.equals(code(secret, step))) {
        return Sql.of(
                    tx,
                    "update identity.totp set last_step = ? where account = ? and last_step < ?",
                    step,
                    account,
                    step)
                .update()
            > 0;
      }
    }
    return false;
  }

  /** RFC 4226 §5.3 of the step's number. */
  public static String code(byte[] secret, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7fff_ffff;
      return "%06d".formatted(number % 1_000_000);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public void remove(Connection tx, UUID account) throws SQLException {
    Sql.of(tx, "delete from identity.totp where account = ?", account).update();
  }
}
