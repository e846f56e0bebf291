package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;

/**
 * What holds for the proofs of an account that has no password here, because the sign-on service
 * says who it is: a code of its authenticator or a passkey takes the password's place. Where there
 * is neither yet, the first one may be set up just after signing in, which is the proof.
 */
final class WithoutPassword {
  /** What the first factor is set up by. */
  private static final Set<String> BEGINNINGS = Set.of("totp.begin", "passkey.begin");

  private final Database database;
  private final Audit audit;
  private final Factors factors;

  WithoutPassword(Database database, Audit audit, Factors factors) {
    this.database = database;
    this.audit = audit;
    this.factors = factors;
  }

  /**
   * Whether that settles it: true or false where nothing is left to look at, a problem that says
   * what to do where the proof is not of the kind that this account has, and empty where it has to
   * be looked at, for which a try is taken.
   */
  Optional<Boolean> settle(Session session, Proof proof, String purpose, String correlation) {
    boolean foreign = database.query(connection -> isForeign(connection, session));
    return switch (proof) {
      case Proof.Code code -> {
        if (!foreign) {
          yield notThis(session, purpose, correlation);
        }
        if (factors.of(session.account()).isEmpty()) {
          throw refuse(session, purpose, correlation);
        }
        yield Optional.empty();
      }
      case Proof.Password password -> {
        if (foreign) {
          throw refuse(session, purpose, correlation);
        }
        yield Optional.empty();
      }
      case Proof.SignOn signOn ->
          foreign
              ? Optional.of(begins(session, purpose, correlation))
              : notThis(session, purpose, correlation);
      case Proof.Recovery recovery -> notThis(session, purpose, correlation);
      case Proof.Passkey passkey -> Optional.empty();
    };
  }

  /** A kind of proof that this account has no use for: refused without being looked at. */
  private Optional<Boolean> notThis(Session session, String purpose, String correlation) {
    audit.write(Entry.refused(purpose, "not-this-proof", Verification.actor(session), correlation));
    return Optional.of(false);
  }

  private static boolean isForeign(Connection connection, Session session) throws SQLException {
    return new AccountStore(connection)
        .door(session.account())
        .filter(door -> door.source().equals(Passwords.OIDC))
        .isPresent();
  }

  private boolean begins(Session session, String purpose, String correlation) {
    boolean young =
        database.query(connection ->
            new SessionStore(connection).isYounger(session.id(), Limits.SIGN_ON_FRESH));
    if (!BEGINNINGS.contains(purpose) || !factors.of(session.account()).isEmpty() || !young) {
      throw refuse(session, purpose, correlation);
    }
    audit.write(
        Entry.done(purpose + ".fresh-sign-on", Verification.actor(session), "", correlation));
    return true;
  }

  private Problem refuse(Session session, String purpose, String correlation) {
    audit.write(
        Entry.refused(purpose, "no-password-here", Verification.actor(session), correlation));
    return factors.of(session.account()).isEmpty()
        ? Problem.of(
            409,
            "no-proof-yet",
            "您以單一登入服務登入，在此沒有密碼，也尚未設定驗證碼或通行金鑰。請登出後重新登入，並於五分鐘內在「安全」頁設定其一。",
            "You sign in by the sign-on service: you have no password here, and neither a code nor a passkey yet. Sign out and in again, and set one up on the page Security within five minutes.")
        : Problem.of(
            409,
            "no-password-here",
            "您以單一登入服務登入，在此沒有密碼；請使用驗證碼或通行金鑰。",
            "You sign in by the sign-on service and have no password here; use a code of your authenticator or a passkey.");
  }
}
