package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import tongguan.identity.AccountStore.Door;

/** The name of the account and its password. */
final class ByPassword implements Way {
  private static final int LONGEST_SHOWN = 64;

  private final KeyDerivation derivation;
  private final String typed;
  private final Optional<LoginName> name;
  private final String password;

  ByPassword(KeyDerivation derivation, String typed, String password) {
    this.derivation = derivation;
    this.typed = typed;
    this.name = LoginName.parse(typed);
    this.password = password;
  }

  @Override
  public String code() {
    return "password";
  }

  @Override
  public String shown() {
    return name.map(LoginName::text)
        .orElseGet(
            () -> typed.length() > LONGEST_SHOWN ? typed.substring(0, LONGEST_SHOWN) : typed);
  }

  @Override
  public Optional<Door> door(Connection tx) throws SQLException {
    return name.isPresent() ? new AccountStore(tx).door(name.get().text()) : Optional.empty();
  }

  @Override
  public boolean leadsTo(Door door) {
    return door.password() != null;
  }

  @Override
  public boolean isRight(Door door) {
    return door.password() != null && derivation.matches(password, door.password());
  }

  @Override
  public void lookAtNothing() {
    boolean never = derivation.matchesNobody(password);
  }

  @Override
  public boolean isWhole() {
    return false;
  }
}
