package tongguan.identity;

import java.nio.file.Path;
import java.time.Clock;
import tongguan.audit.Audit;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.identity.directory.LdapSettings;
import tongguan.identity.directory.OidcSettings;

/** The face of the room: officers, the ways in, and what holds while they are in. */
public final class Identity {
  private final Passwords passwords;
  private final LogIn logIn;
  private final SignOn signOn;
  private final Sessions sessions;
  private final Verification verification;
  private final Accounts accounts;
  private final Units units;
  private final Roles roles;
  private final Letters letters;
  private final Factors factors;
  private final OwnFactors ownFactors;

  public Identity(Database database, Audit audit, Ids ids, Clock clock) {
    this(database, audit, ids, clock, PasswordCost.STANDARD);
  }

  /** With passwords that cost something else, for tests of very many of them. */
  public Identity(Database database, Audit audit, Ids ids, Clock clock, PasswordCost cost) {
    KeyDerivation derivation = new KeyDerivation(cost);
    this.passwords = new Passwords(derivation);
    this.factors = new Factors(database, ids);
    this.letters = new Letters(clock);
    this.logIn = new LogIn(database, audit, ids, factors, passwords);
    this.signOn = new SignOn(database, audit, clock, logIn);
    this.ownFactors = new OwnFactors(database, audit, factors);
    this.sessions = new Sessions(database, audit);
    this.verification = new Verification(database, audit, factors, passwords);
    this.accounts = new Accounts(database, audit, ids, derivation, letters, factors);
    this.units = new Units(database);
    this.roles = new Roles(database);
  }

  /** Opens what belongs to a data folder: the outgoing letters, and the key of second factors. */
  public void open(Path data) {
    letters.open(data.resolve("mail"));
    factors.open(data.resolve("identity.key"));
  }

  /** Accounts may come from this directory from now on. */
  public void join(LdapSettings directory) {
    passwords.join(directory);
  }

  /** Officers may come in by this sign-on service from now on. */
  public void join(OidcSettings service) {
    signOn.join(service);
  }

  /** From now on officers may come in on devices, where this rule lets their unit. */
  public void join(DeviceRule rule) {
    logIn.join(rule);
  }

  public SignOn signOn() {
    return signOn;
  }

  public LogIn logIn() {
    return logIn;
  }

  /** What an officer proves with besides the password. */
  public OwnFactors ownFactors() {
    return ownFactors;
  }

  public Sessions sessions() {
    return sessions;
  }

  public Verification verification() {
    return verification;
  }

  public Accounts accounts() {
    return accounts;
  }

  public Units units() {
    return units;
  }

  public Roles roles() {
    return roles;
  }
}
