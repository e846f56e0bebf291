package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Ids;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.identity.AccountStore.Door;

/**
 * The administration of accounts. Changes take place in the transaction of the confirmed operation
 * that makes them; who may make them is decided there.
 */
public final class Accounts {
  private final Database database;
  private final Audit audit;
  private final Ids ids;
  private final KeyDerivation derivation;
  private final PasswordRules rules;
  private final Letters letters;
  private final Factors factors;

  Accounts(
      Database database,
      Audit audit,
      Ids ids,
      KeyDerivation derivation,
      Letters letters,
      Factors factors) {
    this.database = database;
    this.audit = audit;
    this.ids = ids;
    this.derivation = derivation;
    this.rules = new PasswordRules();
    this.letters = letters;
    this.factors = factors;
  }

  public Optional<Account> one(UUID id) {
    return database.query(connection -> new AccountStore(connection).one(id));
  }

  public Optional<Account> one(Connection tx, UUID id) throws SQLException {
    return new AccountStore(tx).one(id);
  }

  public Optional<Account> named(Connection tx, LoginName name) throws SQLException {
    return new AccountStore(tx).named(name.text());
  }

  /** Who keeps its password: {@code local}, {@code ldap} or {@code oidc}. */
  public String source(UUID id) {
    return one(id).map(Account::source).orElse(Passwords.LOCAL);
  }

  public List<Account> list(Connection connection, AccountFilter filter, int limit)
      throws SQLException {
    return new AccountStore(connection).list(filter, limit);
  }

  public List<AccountStore.TriesOf> tries(UUID id) {
    return database.query(connection -> new AccountStore(connection).tries(id));
  }

  public int sessions(UUID id) {
    return database.query(connection -> new SessionStore(connection).of(id).size());
  }

  public byte[] offlineKey(UUID id) {
    return database.query(connection -> new AccountStore(connection).offlineKey(id));
  }

  /**
   * A new account without a password. The owner of a local one gets a letter with the secret to set
   * one; that of another has it where the account comes from.
   */
  public UUID create(Connection tx, NewAccount account) throws SQLException {
    UUID id = ids.next();
    String subject = account.subject();
    if (subject != null && new AccountStore(tx).isTaken(account.source(), subject)) {
      throw Problem.of(
          409,
          "subject-taken",
          "此目錄身分已有帳號。",
          "There is an account for this person of the directory already.");
    }
    new AccountStore(tx).insert(id, account);
    return id;
  }

  public boolean change(Connection tx, UUID id, NewAccount account, int version)
      throws SQLException {
    return new AccountStore(tx).change(id, account, version);
  }

  /** Ends the account and, in the same moment, all of its sessions. */
  public boolean end(Connection tx, UUID id, String why) throws SQLException {
    Sessions.endAll(tx, id, "account-ended");
    return new AccountStore(tx).end(id, why);
  }

  public boolean unlock(Connection tx, UUID id) throws SQLException {
    return Tries.unlock(tx, id);
  }

  /** Roles decide what a session may; those begun under other roles end. */
  public void setRoles(Connection tx, UUID id, List<Account.Holding> roles) throws SQLException {
    new AccountStore(tx).setRoles(id, roles);
    Sessions.endAll(tx, id, "roles-changed");
  }

  /**
   * A single-use secret for setting a password. The password, all sessions, all known browsers and
   * the key of offline records are worth nothing from now on. Only the letter to the owner holds
   * the secret.
   */
  public void reset(Connection tx, Account account) throws SQLException {
    String secret = renewSecret(tx, account.id());
    String mail = account.mail();
    if (mail == null) {
      throw Problem.of(409, "no-mail-address", "此帳號沒有電子郵件地址。", "This account has no mail address.");
    }
    letters.send(
        ids.next(),
        mail,
        "通關平台帳號設定碼 Tongguan setup secret",
        """
        %s 您好：請於通關平台的「設定密碼」頁面輸入以下設定碼，並設定您自己的密碼。設定碼只能使用一次。
        To %s: enter this secret on the page "Set a password" of Tongguan and choose a password of your own. It works once.

        %s
        """
            .formatted(account.nameZh(), account.nameEn(), secret));
  }

  /** The same without a letter, for who stands at the machine itself. */
  public String renewSecret(Connection tx, UUID id) throws SQLException {
    requireOwnPassword(new AccountStore(tx).one(id).orElseThrow());
    String secret = Secret.random();
    AccountStore store = new AccountStore(tx);
    store.setSetupSecret(id, Secret.digest(secret));
    store.forgetBrowsers(id);
    Sessions.endAll(tx, id, "reset");
    return secret;
  }

  /** Refused for an officer whose password is kept elsewhere. */
  public void requireOwnPassword(Session session) {
    one(session.account()).ifPresent(this::requireOwnPassword);
  }

  public void requireOwnPassword(Account account) {
    if (!account.source().equals(Passwords.LOCAL)) {
      throw Passwords.elsewhere();
    }
  }

  /** Whether no one could sign in at all. */
  public boolean isEmpty() {
    return database.query(connection ->
        new AccountStore(connection)
            .list(new AccountFilter("", null, null, null, null, null), 1)
            .isEmpty());
  }

  /** An account that is ready for use, for who stands at the machine itself. */
  public UUID found(NewAccount account, List<Account.Holding> roles, String password) {
    String hash = derivation.hash(password);
    return database.inTransaction(tx -> {
      UUID id = create(tx, account);
      AccountStore store = new AccountStore(tx);
      store.setRoles(id, roles);
      store.setPassword(id, hash);
      audit.write(
          tx, Entry.done("account.found", Actor.PLATFORM, "account:" + account.name().text(), ""));
      return id;
    });
  }

  /**
   * For a device that was lost or stolen: no passkey, authenticator or recovery code of the account
   * is worth anything from now on, and its sessions end.
   */
  public void revokeFactors(Connection tx, UUID id) throws SQLException {
    factors.revoke(tx, id);
    Sessions.endAll(tx, id, "factors-revoked");
  }

  /** New recovery codes, known to the owner's mail alone. */
  public void reissueRecoveryCodes(Connection tx, Account account) throws SQLException {
    String mail = account.mail();
    if (mail == null) {
      throw Problem.of(409, "no-mail-address", "此帳號沒有電子郵件地址。", "This account has no mail address.");
    }
    letters.send(
        ids.next(),
        mail,
        "通關平台復原碼 Tongguan recovery codes",
        """
        %s 您好：以下復原碼各可使用一次；先前的復原碼已全部失效。
        To %s: each of these codes works once; earlier ones are worth nothing any more.

        %s
        """
            .formatted(
                account.nameZh(),
                account.nameEn(),
                String.join("\n", factors.reissue(tx, account.id()))));
  }

  /** The owner of the secret sets a password. */
  public void setUp(String secret, String password, Place place, String correlation) {
    // The rules are looked at before the secret, so that a refusal says nothing about it.
    refuse(password, List.of());
    String hash = derivation.hash(password);
    database.inTransaction(tx -> {
      AccountStore store = new AccountStore(tx);
      Optional<Door> door = store.bySetupSecret(Secret.digest(secret));
      if (door.isEmpty()) {
        throw Problem.of(
            403, "setup-refused", "設定碼不符或已失效。", "This secret is not valid, or not any more.");
      }
      Account account = store.one(door.get().id()).orElseThrow();
      refuse(password, List.of(account.name(), account.nameZh(), account.nameEn()));
      store.setPassword(account.id(), hash);
      Tries.unlock(tx, account.id());
      audit.write(tx, Entry.done("password.set", actor(account, place), "", correlation));
      return true;
    });
  }

  /** A new password in place of the known one; all other sessions end. */
  public void changePassword(Session session, String password, String correlation) {
    requireOwnPassword(session);
    refuse(password, List.of(session.name(), session.nameZh(), session.nameEn()));
    String hash = derivation.hash(password);
    database.inTransaction(tx -> {
      AccountStore store = new AccountStore(tx);
      store.setPassword(session.account(), hash);
      store.forgetBrowsers(session.account());
      new SessionStore(tx).endAllBut(session.account(), session.id(), "password-changed");
      audit.write(tx, Entry.done("password.change", Verification.actor(session), "", correlation));
      return true;
    });
  }

  private void refuse(String password, List<String> names) {
    rules
        .refuse(password, names)
        .ifPresent(problem -> {
          throw problem;
        });
  }

  private static Actor actor(Account account, Place place) {
    return new Actor(
        account.id().toString(),
        account.name(),
        account.unit(),
        place.device(),
        place.address(),
        "");
  }
}
