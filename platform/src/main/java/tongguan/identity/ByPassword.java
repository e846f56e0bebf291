package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import tongguan.identity.AccountStore.Door;

/** The name of the account and its password. */
final class ByPassword implements Way {
  private static final int LONGEST_SHOWN = 64;

  private final Passwords passwords;
  private final String typed;
  private final Optional<LoginName> name;
  private final String password;

  ByPassword(Passwords passwords, String typed, String password) {
    this.passwords = passwords;
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
    return passwords.has(door);
  }

  @Override
  public Verdict look(Door door) {
    return passwords.look(door, password);
  }

  @Override
  public boolean isAway() {
    return passwords.directoryIsAway();
  }

  @Override
  public void lookAtNothing() {
    passwords.nobody(password);
  }

  @Override
  public boolean isWhole() {
    return false;
  }
}
