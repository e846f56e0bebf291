package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import tongguan.identity.AccountStore.Door;

/** Someone of whom the sign-on service has just said, to us ourselves, who it is. */
record BySignOn(String subject) implements Way {
  private static final int LONGEST_SHOWN = 64;

  @Override
  public String code() {
    return "sign-on";
  }

  @Override
  public String shown() {
    return subject.length() > LONGEST_SHOWN ? subject.substring(0, LONGEST_SHOWN) : subject;
  }

  @Override
  public Optional<Door> door(Connection tx) throws SQLException {
    return new AccountStore(tx).foreign(Passwords.OIDC, subject);
  }

  @Override
  public boolean leadsTo(Door door) {
    return true;
  }

  @Override
  public Verdict look(Door door) {
    return Verdict.RIGHT;
  }

  @Override
  public void lookAtNothing() {
    // There was nothing to guess.
  }

  /** How the service makes sure of someone is its own affair; our second factors stand. */
  @Override
  public boolean isWhole() {
    return false;
  }
}
