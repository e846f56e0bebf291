package tongguan.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.Problem;
import tongguan.identity.AccountStore.Door;
import tongguan.identity.directory.LdapDirectory;
import tongguan.identity.directory.LdapDirectory.Answer;
import tongguan.identity.directory.LdapSettings;

/**
 * Whether a password is an account's. Where the account comes from decides who is asked: our own
 * hash, or the agency's directory. The try has been taken before, here as there.
 */
final class Passwords {
  static final String LOCAL = "local";
  static final String LDAP = "ldap";
  static final String OIDC = "oidc";

  private static final Logger LOG = LoggerFactory.getLogger(Passwords.class);

  private final KeyDerivation derivation;
  private volatile @Nullable LdapDirectory directory;

  Passwords(KeyDerivation derivation) {
    this.derivation = derivation;
  }

  /** The directory of this installation, known once its settings are read. */
  void join(LdapSettings settings) {
    directory = new LdapDirectory(settings);
    LOG.info("Accounts of the directory are proven by {}", settings);
  }

  /** Whether there is anything that a password could be held against. */
  boolean has(Door door) {
    return switch (door.source()) {
      case LOCAL -> door.password() != null;
      case LDAP -> directory != null && door.subject() != null;
      default -> false;
    };
  }

  Verdict look(Door door, String password) {
    String subject = door.subject();
    LdapDirectory asked = directory;
    if (door.source().equals(LDAP) && subject != null && asked != null) {
      return verdict(asked.check(subject, password));
    }
    if (door.source().equals(LOCAL) && door.password() != null) {
      return derivation.matches(password, door.password()) ? Verdict.RIGHT : Verdict.WRONG;
    }
    nobody(password);
    return Verdict.WRONG;
  }

  private static Verdict verdict(Answer answer) {
    return switch (answer) {
      case Answer.Is is -> Verdict.RIGHT;
      case Answer.Refused refused -> Verdict.WRONG;
      case Answer.Away away -> away.asked() ? Verdict.NOT_ANSWERED : Verdict.NOT_ASKED;
    };
  }

  /** The same effort for an account that is not there. */
  void nobody(String password) {
    boolean never = derivation.matchesNobody(password);
  }

  /** Whether there is a directory, and it cannot be reached. Asked after each refusal alike. */
  boolean directoryIsAway() {
    return Optional.ofNullable(directory).map(LdapDirectory::isAway).orElse(false);
  }

  static Problem away() {
    return Problem.unavailable(
        "directory-away",
        10,
        "目前無法連線機關目錄服務，無法驗證密碼，請稍後再試。",
        "The agency's directory cannot be reached, so your password cannot be checked; try again in a moment.");
  }

  /** Its password is not ours to set. */
  static Problem elsewhere() {
    return Problem.of(
        409,
        "password-elsewhere",
        "此帳號的密碼由機關目錄或單一登入服務管理，請向該處變更。",
        "This account's password is kept by the agency's directory or sign-on service; change it there.");
  }
}
