package tongguan.access.administration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.identity.Account;
import tongguan.identity.Identity;
import tongguan.identity.LoginName;
import tongguan.identity.NewAccount;
import tongguan.identity.Roles;
import tongguan.identity.Units;
import tools.jackson.databind.JsonNode;

/** What administrators do to accounts, each a confirmed operation. */
public final class AccountOperations {
  private static final Texts ACCOUNT = new Texts("帳號", "Account");
  private static final Texts REASON = new Texts("理由", "Reason");
  private static final int NAME = 100;

  private final Identity identity;

  public AccountOperations(Identity identity) {
    this.identity = identity;
  }

  public List<Operation> all() {
    return List.of(
        new Create(),
        new Change(),
        new Simple("account.end", "end", new Texts("停用帳號", "End the account"), this::end),
        new Simple(
            "account.unlock", "unlock", new Texts("解除鎖定", "Unlock the account"), this::unlock),
        new Simple("account.reset", "reset", new Texts("重設密碼", "Reset the password"), this::reset),
        new Simple(
            "account.recovery",
            "recovery",
            new Texts("重發復原碼", "Send new recovery codes"),
            this::recovery),
        new Simple(
            "account.revoke-factors",
            "revoke-factors",
            new Texts("移除第二重驗證與通行金鑰", "Take away second factors and passkeys"),
            this::revokeFactors),
        new SetRoles());
  }

  private Account within(Connection tx, Officer officer, Map<String, String> parameters)
      throws SQLException {
    return identity
        .accounts()
        .one(tx, Reach.id(parameters))
        .filter(account -> !account.ended())
        .filter(account -> Reach.reaches(officer, Permissions.ACCOUNTS_ADMINISTER, account))
        .orElseThrow(Reach::unknownAccount);
  }

  private static Line who(Account account) {
    return new Line(ACCOUNT, account.name() + " " + account.nameZh() + " " + account.nameEn());
  }

  private static String subject(Account account) {
    return "account:" + account.name();
  }

  private static String state(Account account) {
    return account.id() + " " + account.version() + " " + account.locked();
  }

  /** What is done to one account for a reason and nothing else. */
  @FunctionalInterface
  private interface Act {
    void on(Connection tx, Account account, String reason) throws SQLException;
  }

  private void end(Connection tx, Account account, String reason) throws SQLException {
    identity.accounts().end(tx, account.id(), reason);
  }

  private void unlock(Connection tx, Account account, String reason) throws SQLException {
    identity.accounts().unlock(tx, account.id());
  }

  private void reset(Connection tx, Account account, String reason) throws SQLException {
    identity.accounts().reset(tx, account);
  }

  private void recovery(Connection tx, Account account, String reason) throws SQLException {
    identity.accounts().reissueRecoveryCodes(tx, account);
  }

  private void revokeFactors(Connection tx, Account account, String reason) throws SQLException {
    identity.accounts().revokeFactors(tx, account.id());
  }

  private final class Simple implements Operation {
    private final String name;
    private final String word;
    private final Texts title;
    private final Act act;

    Simple(String name, String word, Texts title, Act act) {
      this.name = name;
      this.word = word;
      this.title = title;
      this.act = act;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String path() {
      return "/api/v1/accounts/{id}/" + word;
    }

    @Override
    public String need() {
      return Permissions.ACCOUNTS_ADMINISTER;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Account account = within(tx, officer, parameters);
      notOneself(officer, account.id());
      if (word.equals("reset")) {
        identity.accounts().requireOwnPassword(account);
      }
      return new Draft(
          title,
          List.of(who(account), new Line(REASON, Input.reason(input))),
          state(account),
          subject(account),
          Optional.of(account.id()));
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      act.on(tx, within(tx, officer, parameters), Input.reason(input));
      return Map.of();
    }
  }

  private static void notOneself(Officer officer, UUID account) {
    if (officer.session().account().equals(account)) {
      throw Problem.of(
          403, "concerns-oneself", "不可對自己的帳號執行此操作。", "This is not done to one's own account.");
    }
  }

  private NewAccount read(Connection tx, Officer officer, LoginName name, JsonNode input)
      throws SQLException {
    String code = Input.text(input, "unit", 20);
    Units.Unit unit =
        identity
            .units()
            .one(tx, code)
            .filter(found ->
                Reach.inDistrict(officer, Permissions.ACCOUNTS_ADMINISTER, found.district()))
            .orElseThrow(Reach::unknownUnit);
    String mail = Input.optionalText(input, "mail", 200).orElse(null);
    if (mail != null && !mail.matches("[^@\\s]+@[^@\\s]+")) {
      throw Input.refused("mail", "mail address");
    }
    int clearance = Input.number(input, "clearance", 0, 2);
    if (clearance > officer.session().clearance()) {
      throw Input.refused("clearance", "not above one's own");
    }
    return new NewAccount(
        name,
        Input.text(input, "nameZh", NAME),
        Input.text(input, "nameEn", NAME),
        unit.code(),
        clearance,
        mail,
        "local",
        null);
  }

  /** Where the account's password is kept, and who it is there. */
  private static NewAccount kept(NewAccount account, JsonNode input) {
    String source = Input.optionalText(input, "source", 5).orElse("local");
    Optional<String> subject =
        Input.optionalText(input, "subject", Limits.DIRECTORY_SUBJECT_CHARACTERS);
    return switch (source) {
      case "local" -> {
        if (subject.isPresent()) {
          throw Input.refused("subject", "none for an account of the platform's own");
        }
        yield account;
      }
      case "ldap" -> account.from(source, subject.orElse(account.name().text()));
      case "oidc" ->
          account.from(
              source,
              subject.orElseThrow(
                  () -> Input.refused("subject", "who it is at the sign-on service (sub)")));
      default -> throw Input.refused("source", "local, ldap or oidc");
    };
  }

  private static NewAccount asKept(Account now, NewAccount wanted) {
    String subject = now.subject();
    return subject == null ? wanted : wanted.from(now.source(), subject);
  }

  private static List<Line> lines(NewAccount account) {
    String subject = account.subject();
    return List.of(
        new Line(ACCOUNT, account.name().text()),
        new Line(new Texts("姓名", "Name"), account.nameZh() + " " + account.nameEn()),
        new Line(new Texts("單位", "Unit"), account.unit()),
        new Line(new Texts("資訊等級", "Clearance"), String.valueOf(account.clearance())),
        new Line(new Texts("電子郵件", "Mail"), Optional.ofNullable(account.mail()).orElse("-")),
        new Line(
            new Texts("密碼來源", "Password kept by"),
            subject == null ? account.source() : account.source() + ": " + subject));
  }

  private final class Create implements Operation {
    @Override
    public String name() {
      return "account.create";
    }

    @Override
    public String path() {
      return "/api/v1/accounts";
    }

    @Override
    public String need() {
      return Permissions.ACCOUNTS_ADMINISTER;
    }

    private LoginName name(Connection tx, JsonNode input) throws SQLException {
      LoginName name =
          LoginName.parse(Input.text(input, "account", 64))
              .orElseThrow(() ->
                  Input.refused(
                      "account", "3 to 64 of a-z, 0-9, dot, dash and underscore, no other script"));
      if (identity.accounts().named(tx, name).isPresent()) {
        throw Problem.of(409, "account-exists", "帳號已存在。", "There is an account of this name.");
      }
      return name;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      LoginName name = name(tx, input);
      return new Draft(
          new Texts("建立帳號", "Create an account"),
          lines(kept(read(tx, officer, name, input), input)),
          name.text(),
          "account:" + name.text(),
          Optional.empty());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      NewAccount account = kept(read(tx, officer, name(tx, input), input), input);
      UUID id = identity.accounts().create(tx, account);
      if (account.mail() != null && account.subject() == null) {
        identity.accounts().reset(tx, identity.accounts().one(tx, id).orElseThrow());
      }
      return Map.of("id", id);
    }
  }

  private final class Change implements Operation {
    @Override
    public String name() {
      return "account.change";
    }

    @Override
    public String path() {
      return "/api/v1/accounts/{id}/change";
    }

    @Override
    public String need() {
      return Permissions.ACCOUNTS_ADMINISTER;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Account account = within(tx, officer, parameters);
      notOneself(officer, account.id());
      if (account.version() != Reach.version(input)) {
        throw Reach.stale();
      }
      return new Draft(
          new Texts("變更帳號", "Change the account"),
          lines(asKept(account, read(tx, officer, new LoginName(account.name()), input))),
          state(account),
          subject(account),
          Optional.of(account.id()));
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Account account = within(tx, officer, parameters);
      NewAccount wanted = read(tx, officer, new LoginName(account.name()), input);
      if (!identity.accounts().change(tx, account.id(), wanted, Reach.version(input))) {
        throw Reach.stale();
      }
      return Map.of();
    }
  }

  /** Two persons: whoever grants a role does not decide alone, and never about oneself. */
  private final class SetRoles implements Operation {
    @Override
    public String name() {
      return "account.roles";
    }

    @Override
    public String path() {
      return "/api/v1/accounts/{id}/roles";
    }

    @Override
    public String need() {
      return Permissions.ACCOUNTS_ADMINISTER;
    }

    @Override
    public String secondPerson() {
      return Permissions.ACCOUNTS_ADMINISTER;
    }

    @Override
    public boolean isWithinReach(Connection tx, Officer decider, Map<String, String> parameters)
        throws SQLException {
      return identity
          .accounts()
          .one(tx, Reach.id(parameters))
          .filter(account -> Reach.reaches(decider, secondPerson(), account))
          .isPresent();
    }

    private List<Account.Holding> wanted(Connection tx, Officer officer, JsonNode input)
        throws SQLException {
      if (!input.path("roles").isArray() || input.path("roles").size() > 20) {
        throw Input.refused("roles", "list of {role, scope}");
      }
      Set<String> known = new TreeSet<>();
      List<Account.Holding> roles = new ArrayList<>();
      for (JsonNode node : input.path("roles")) {
        String code = Input.text(node, "role", 40);
        String scope = Input.text(node, "scope", 3);
        Optional<Roles.Role> role = identity.roles().one(tx, code);
        if (role.isEmpty() || !known.add(code) || !Set.of("own", "all").contains(scope)) {
          throw Input.refused("roles", "known roles, each once, with scope own or all");
        }
        boolean beyond =
            scope.equals("all")
                    && officer.sight(Permissions.ACCOUNTS_ADMINISTER).district().isPresent()
                || role.get().permissions().stream()
                    .anyMatch(
                        each -> !officer.permissions().contains(each) && !Permissions.isWork(each));
        if (beyond) {
          throw Problem.of(
              403, "beyond-own", "不可授予超出自己權限的角色。", "No one grants more than they hold themselves.");
        }
        roles.add(new Account.Holding(code, scope));
      }
      return roles;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Account account = within(tx, officer, parameters);
      notOneself(officer, account.id());
      return new Draft(
          new Texts("授予角色", "Grant roles"),
          List.of(
              who(account),
              new Line(new Texts("原有角色", "Roles now"), text(account.roles())),
              new Line(new Texts("新角色", "Roles then"), text(wanted(tx, officer, input))),
              new Line(REASON, Input.reason(input))),
          state(account),
          subject(account),
          Optional.of(account.id()));
    }

    private static String text(List<Account.Holding> roles) {
      return roles.isEmpty()
          ? "-"
          : String.join(
              ", ",
              roles.stream()
                  .map(holding -> holding.role() + " (" + holding.scope() + ")")
                  .toList());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      identity.accounts().setRoles(tx, Reach.id(parameters), wanted(tx, officer, input));
      return Map.of();
    }
  }
}
