package tongguan.access.door;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongguan.access.Cookies;
import tongguan.access.CsrfToken;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Input;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.identity.Account;
import tongguan.identity.Identity;
import tongguan.identity.Proof;
import tongguan.identity.Session;
import tools.jackson.databind.JsonNode;

/** The officer who is in: who it is, what it may, and its own password. */
public final class MeRoutes {
  private static final int LONGEST = 10_000;

  private final Identity identity;

  public MeRoutes(Identity identity) {
    this.identity = identity;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/me", Permissions.HALF, this::me),
        Route.post("/api/v1/me/password", Permissions.SIGNED_IN, this::changePassword));
  }

  private void me(Call call) {
    Officer officer = Officer.of(call);
    Session session = officer.session();
    boolean chinese = call.chinese();
    Map<String, @Nullable Object> me = new LinkedHashMap<>();
    me.put("id", officer.id());
    me.put("account", session.name());
    me.put("name", chinese ? session.nameZh() : session.nameEn());
    me.put("csrf", Cookies.read(call, Cookies.SESSION).map(CsrfToken::of).orElse(""));
    boolean whole = session.stage() == Session.Stage.FULL;
    me.put("next", whole ? "done" : session.stage().code());
    me.put("source", identity.accounts().source(session.account()));
    me.put("secondFactor", identity.ownFactors().of(session.account()));
    if (whole) {
      addWork(me, officer);
    }
    call.respondJson(200, me);
  }

  private void addWork(Map<String, @Nullable Object> me, Officer officer) {
    Session session = officer.session();
    Account account = identity.accounts().one(session.account()).orElseThrow();
    me.put("unit", session.unit());
    if (session.district() != null) {
      me.put("district", session.district());
    }
    me.put("clearance", session.clearance());
    me.put("roles", account.roles().stream().map(Account.Holding::role).toList());
    me.put("permissions", officer.permissions().stream().sorted().toList());
    Audience audience = Audience.of(account.roles(), officer.permissions());
    me.put("home", audience.home());
    me.put("menu", audience.menu());
    Map<String, Object> times = new LinkedHashMap<>();
    times.put("id", session.id());
    times.put("idleSeconds", session.idleSeconds());
    times.put("lockAt", session.lockAt());
    times.put("endsAt", session.endsAt());
    identity.sessions().before(session).ifPresent(before -> times.put("before", before(before)));
    me.put("session", times);
    me.put(
        "offlineKey",
        Base64.getEncoder().encodeToString(identity.accounts().offlineKey(session.account())));
  }

  private static Map<String, Object> before(Session.Before before) {
    Map<String, Object> told = new LinkedHashMap<>();
    if (before.at() != null && before.address() != null) {
      told.put("at", before.at());
      told.put("address", before.address());
    }
    told.put("refused", before.refused());
    return told;
  }

  /** What each audience finds first, and what its menu holds. */
  record Audience(String home, List<String> menu) {
    static Audience of(List<Account.Holding> roles, Set<String> permissions) {
      List<String> menu = new ArrayList<>();
      boolean squad =
          roles.stream().anyMatch(holding -> holding.role().equals("anti-smuggling-officer"));
      if (permissions.contains(Permissions.RECORD_READ)) {
        menu.add("home");
        if (permissions.contains(Permissions.INSPECTION_ACT)) {
          menu.add("batch");
        }
        menu.addAll(
            squad
                ? List.of(
                    "examinations",
                    "flow",
                    "movements",
                    "voyages",
                    "releases",
                    "declarations",
                    "permits",
                    "bonded-checks")
                : List.of(
                    "flow",
                    "voyages",
                    "movements",
                    "releases",
                    "permits",
                    "examinations",
                    "bonded-checks",
                    "declarations"));
      }
      if (permissions.contains(Permissions.CLEARANCE_READ)) {
        menu.add("core");
        menu.add("commands");
        menu.add("bonded");
      }
      if (permissions.contains(Permissions.FIELD_READ)) {
        menu.add("field");
      }
      if (permissions.contains(Permissions.FIELD_ACT)) {
        menu.add("outbox");
      }
      if (permissions.contains(Permissions.MESSAGES_READ)) {
        menu.add("messages");
      }
      for (String[] page :
          List.of(
              new String[] {"accounts", Permissions.ACCOUNTS_READ},
              new String[] {"devices", Permissions.DEVICES_READ},
              new String[] {"network", Permissions.NETWORK_READ},
              new String[] {"units", Permissions.UNITS_READ},
              new String[] {"roles", Permissions.ROLES_READ},
              new String[] {"requests", Permissions.REQUESTS_APPROVE},
              new String[] {"policy", Permissions.POLICY_READ},
              new String[] {"audit", Permissions.AUDIT_READ})) {
        if (permissions.contains(page[1])) {
          menu.add(page[0]);
        }
      }
      menu.add("security");
      menu.add("settings");
      boolean administers = permissions.contains(Permissions.ACCOUNTS_ADMINISTER);
      return new Audience(
          administers ? "/accounts" : squad ? "/list/examinations" : "/", List.copyOf(menu));
    }
  }

  private void changePassword(Call call) {
    Session session = Officer.of(call).session();
    identity.accounts().requireOwnPassword(session);
    JsonNode input = Input.of(call);
    Proof current = new Proof.Password(Input.raw(input, "current", LONGEST));
    String next = Input.raw(input, "password", LONGEST);
    if (!identity
        .verification()
        .check(session, current, "password.change", null, call.correlation())) {
      throw notProven();
    }
    identity.accounts().changePassword(session, next, call.correlation());
    call.respondJson(200, Map.of("done", true));
  }

  static Problem notProven() {
    return Problem.of(
        401,
        "confirmation-refused",
        "密碼或通行金鑰不符，或已鎖定。",
        "The password or passkey is not right, or is locked.");
  }
}
