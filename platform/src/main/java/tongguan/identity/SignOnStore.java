package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import tongguan.base.Limits;
import tongguan.base.database.Sql;

/** The attempts to come in by the sign-on service. */
final class SignOnStore {
  private final Connection connection;

  SignOnStore(Connection connection) {
    this.connection = connection;
  }

  /** Keeps an attempt, and forgets those that came to nothing. */
  void begin(byte[] state, byte[] browser, String nonce, String verifier) throws SQLException {
    Sql.of(
            connection,
            "delete from identity.sign_on where begun_at < clock_timestamp() - ? * interval '1 second'",
            (int) Limits.SIGN_ON_LIFE.toSeconds())
        .update();
    Sql.of(
            connection,
            "insert into identity.sign_on (state, browser, nonce, verifier) values (?, ?, ?, ?)",
            state,
            browser,
            nonce,
            verifier)
        .update();
  }

  /** What was kept of an attempt. */
  record Kept(String nonce, String verifier, boolean good) {}

  /**
   * Takes the attempt away, whoever shows its state: a second one finds nothing. It is good where
   * the browser is the same and it is not too late.
   */
  Optional<Kept> take(byte[] state, byte[] browser) throws SQLException {
    return Sql.of(
            connection,
            """
            delete from identity.sign_on where state = ?
            returning nonce, verifier, browser = ?
              and begun_at > clock_timestamp() - ? * interval '1 second' as good
            """,
            state,
            browser,
            (int) Limits.SIGN_ON_LIFE.toSeconds())
        .first(row ->
            new Kept(row.getString("nonce"), row.getString("verifier"), row.getBoolean("good")));
  }
}
