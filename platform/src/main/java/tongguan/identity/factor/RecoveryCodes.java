package tongguan.identity.factor;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;

/**
 * Ten codes of 80 random bits for the day on which the other factors are lost, each good once; kept
 * as digests.
 */
public final class RecoveryCodes {
  private static final int CODES = 10;
  private static final String LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789AB";

  private final Database database;
  private final SecureRandom random = new SecureRandom();

  public RecoveryCodes(Database database) {
    this.database = database;
  }

  /** New codes; the old ones are worth nothing from now on. */
  public List<String> reissue(Connection tx, UUID account) throws SQLException {
    revoke(tx, account);
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < CODES; i++) {
      String code = code();
      codes.add(code);
      Sql.of(
              tx,
              "insert into identity.recovery_code (account, digest) values (?, ?)",
              account,
              digest(code))
          .update();
    }
    return codes;
  }

  public void revoke(Connection tx, UUID account) throws SQLException {
    Sql.of(tx, "delete from identity.recovery_code where account = ?", account).update();
  }

  private String code() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      if (i > 0 && i % 4 == 0) {
        code.append('-');
      }
      code.append(LETTERS.charAt(random.nextInt(30)));
    }
    return code.toString();
  }

  private static byte[] digest(String code) {
    String plain = code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(plain.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Uses a code up. */
  public boolean use(UUID account, String code) {
    return database.query(connection ->
        Sql.of(
                    connection,
                    """
                    update identity.recovery_code set used_at = clock_timestamp()
                    where account = ? and digest = ? and used_at is null
                    """,
                    account,
                    digest(code))
                .update()
            > 0);
  }

  public int left(UUID account) {
    return database.query(connection -> left(connection, account));
  }

  public int left(Connection connection, UUID account) throws SQLException {
    return Sql.of(
            connection,
            "select count(*) from identity.recovery_code where account = ? and used_at is null",
            account)
        .first(row -> row.getInt(1))
        .orElse(0);
  }
}
