package tongguan.identity;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;

/**
 * The verb {@code account}: the first administrators of an installation, and the way back in when
 * the last one is locked out. What it does is in the audit like all else.
 */
public final class AccountVerb {
  private final Database database;
  private final Identity identity;
  private final Audit audit;
  private final PrintStream out;

  private AccountVerb(Database database, Identity identity, Audit audit, PrintStream out) {
    this.database = database;
    this.identity = identity;
    this.audit = audit;
    this.out = out;
  }

  /**
   * @param words {@code add NAME --unit U --role R[,R] [--scope own|all] [--clearance 0|1|2]
   *     [--mail M] [--name-zh T] [--name-en T] [--source local|ldap|oidc] [--subject S]}, {@code
   *     secret NAME} or {@code unlock NAME}
   */
  public static int run(
      List<String> words, Database database, Identity identity, Audit audit, PrintStream out) {
    AccountVerb verb = new AccountVerb(database, identity, audit, out);
    if (words.size() < 2) {
      throw usage("it takes add NAME, secret NAME or unlock NAME");
    }
    LoginName name =
        LoginName.parse(words.get(1))
            .orElseThrow(() -> usage("a name has 3 to 64 of a-z, 0-9, dot, dash and underscore"));
    return switch (words.getFirst()) {
      case "add" -> verb.add(name, words.subList(2, words.size()));
      case "secret" -> verb.secret(name);
      case "unlock" -> verb.unlock(name);
      default -> throw usage("it takes add NAME, secret NAME or unlock NAME");
    };
  }

  private int add(LoginName name, List<String> options) {
    String unit = "HQ";
    String roles = "officer";
    String scope = "own";
    int clearance = 0;
    String mail = null;
    String nameZh = name.text();
    String nameEn = name.text();
    String source = Passwords.LOCAL;
    String subject = "";
    for (int i = 0; i < options.size(); i += 2) {
      String value = i + 1 < options.size() ? options.get(i + 1) : "";
      if (value.isEmpty()) {
        throw usage(options.get(i) + " needs a value");
      }
      switch (options.get(i)) {
        case "--unit" -> unit = value;
        case "--role" -> roles = value;
        case "--scope" -> scope = value;
        case "--clearance" -> clearance = clearance(value);
        case "--mail" -> mail = value;
        case "--name-zh" -> nameZh = value;
        case "--name-en" -> nameEn = value;
        case "--source" -> source = value;
        case "--subject" -> subject = value;
        default -> throw usage("add does not know \"" + options.get(i) + '"');
      }
    }
    NewAccount local = new NewAccount(name, nameZh, nameEn, unit, clearance, mail, "local", null);
    NewAccount account = kept(local, source, subject);
    print(name, store(account, roles, scope));
    return 0;
  }

  private static NewAccount kept(NewAccount account, String source, String subject) {
    return switch (source) {
      case Passwords.LOCAL -> account;
      case Passwords.LDAP ->
          account.from(source, subject.isEmpty() ? account.name().text() : subject);
      case Passwords.OIDC -> {
        if (subject.isEmpty()) {
          throw usage("--source oidc needs --subject, who it is at the sign-on service");
        }
        yield account.from(source, subject);
      }
      default -> throw usage("--source is local, ldap or oidc");
    };
  }

  private static int clearance(String value) {
    if (!value.matches("[012]")) {
      throw usage("--clearance is 0, 1 or 2");
    }
    return Integer.parseInt(value);
  }

  /** Gives the secret for setting a password; empty where the password is kept elsewhere. */
  private Optional<String> store(NewAccount account, String roles, String scope) {
    if (!List.of("own", "all").contains(scope)) {
      throw usage("--scope is own or all");
    }
    return database.inTransaction(tx -> {
      if (identity.accounts().named(tx, account.name()).isPresent()) {
        throw StartFailure.environment(
            "There is an account " + account.name().text() + " already.");
      }
      if (identity.units().one(tx, account.unit()).isEmpty()) {
        throw StartFailure.environment("There is no unit " + account.unit() + ".");
      }
      List<Account.Holding> holdings = new ArrayList<>();
      for (String role : roles.split(",")) {
        if (identity.roles().one(tx, role).isEmpty()) {
          throw StartFailure.environment("There is no role " + role + ".");
        }
        holdings.add(new Account.Holding(role, scope));
      }
      UUID id = identity.accounts().create(tx, account);
      identity.accounts().setRoles(tx, id, holdings);
      audit.write(
          tx,
          Entry.done("account.create", Actor.PLATFORM, "account:" + account.name().text(), "")
              .with(Map.of("roles", roles, "scope", scope)));
      return account.subject() == null
          ? Optional.of(identity.accounts().renewSecret(tx, id))
          : Optional.empty();
    });
  }

  private void print(LoginName name, Optional<String> secret) {
    out.println("account " + name.text());
    secret.ifPresentOrElse(
        text -> out.println("secret for setting a password, once: " + text),
        () -> out.println("its password is kept by the directory or sign-on service"));
  }

  private Account known(java.sql.Connection tx, LoginName name) throws java.sql.SQLException {
    return identity
        .accounts()
        .named(tx, name)
        .orElseThrow(() -> StartFailure.environment("There is no account " + name.text() + "."));
  }

  private int secret(LoginName name) {
    String secret =
        database.inTransaction(tx -> {
          Account account = known(tx, name);
          if (account.subject() != null) {
            throw StartFailure.environment(
                "The password of %s is kept by the directory or sign-on service; change it there."
                    .formatted(name.text()));
          }
          audit.write(
              tx, Entry.done("account.reset", Actor.PLATFORM, "account:" + name.text(), ""));
          return identity.accounts().renewSecret(tx, account.id());
        });
    print(name, Optional.of(secret));
    return 0;
  }

  private int unlock(LoginName name) {
    boolean locked =
        database.inTransaction(tx -> {
          Account account = known(tx, name);
          audit.write(
              tx, Entry.done("account.unlock", Actor.PLATFORM, "account:" + name.text(), ""));
          return identity.accounts().unlock(tx, account.id());
        });
    out.println(name.text() + (locked ? " is unlocked." : " was not locked."));
    return 0;
  }

  private static StartFailure usage(String what) {
    return StartFailure.usage("account: " + what + " (see account --help).");
  }
}
