package tongguan.access.administration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Input;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.http.Call;
import tongguan.base.http.Cursor;
import tongguan.base.http.Route;
import tongguan.identity.Account;
import tongguan.identity.AccountFilter;
import tongguan.identity.Identity;

/** Accounts as administrators look them up: those of their district, or all. */
public final class AccountRoutes {
  private final Database database;
  private final Identity identity;
  private final Audit audit;

  public AccountRoutes(Database database, Identity identity, Audit audit) {
    this.database = database;
    this.identity = identity;
    this.audit = audit;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/accounts", Permissions.ACCOUNTS_READ, this::list),
        Route.get("/api/v1/accounts/{id}", Permissions.ACCOUNTS_READ, this::one));
  }

  private void list(Call call) {
    Officer officer = Officer.of(call);
    int limit = limit(call);
    String after = call.query("after").map(cursor -> Cursor.parse(cursor, 1).getFirst()).orElse("");
    AccountFilter filter =
        new AccountFilter(
            after,
            call.query("q").orElse(null),
            call.query("unit").orElse(null),
            call.query("role").orElse(null),
            call.query("state").orElse(null),
            officer.sight(Permissions.ACCOUNTS_READ).district().orElse(null));
    List<Account> found =
        audit.recorded(
            Entry.done("query.accounts", officer.actor(), "", call.correlation()),
            database,
            connection -> identity.accounts().list(connection, filter, limit + 1),
            all -> Math.min(all.size(), limit));
    boolean more = found.size() > limit;
    List<Account> shown = more ? found.subList(0, limit) : found;
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("items", shown.stream().map(AccountRoutes::item).toList());
    page.put("next", more ? Cursor.of(List.of(shown.getLast().name())) : null);
    call.respondJson(200, page);
  }

  private static int limit(Call call) {
    String text = call.query("limit").orElse(String.valueOf(Limits.PAGE_DEFAULT));
    if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1) {
      throw Problem.badRequest("parameter", "查詢參數無效。", "A query parameter is not valid.")
          .with("parameter", "limit");
    }
    return Math.min(Integer.parseInt(text), Limits.PAGE_LARGEST);
  }

  private void one(Call call) {
    Officer officer = Officer.of(call);
    UUID id = Input.id(call.pathParameter("id"), Reach::unknownAccount);
    Account account =
        identity
            .accounts()
            .one(id)
            .filter(found -> Reach.reaches(officer, Permissions.ACCOUNTS_READ, found))
            .orElseThrow(Reach::unknownAccount);
    audit.write(
        Entry.done(
                "query.account", officer.actor(), "account:" + account.name(), call.correlation())
            .found(1));
    Map<String, @Nullable Object> item = item(account);
    item.put("mail", account.mail());
    item.put("tries", identity.accounts().tries(id));
    item.put("sessions", identity.accounts().sessions(id));
    item.put("secondFactor", identity.ownFactors().of(id));
    item.put("refusedSince", account.refusedSince());
    call.respondJson(200, item);
  }

  private static Map<String, @Nullable Object> item(Account account) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    item.put("id", account.id());
    item.put("account", account.name());
    item.put("nameZh", account.nameZh());
    item.put("nameEn", account.nameEn());
    item.put("unit", account.unit());
    item.put("clearance", account.clearance());
    item.put("state", account.ended() ? "ended" : "active");
    item.put("source", account.source());
    Optional.ofNullable(account.subject()).ifPresent(subject -> item.put("subject", subject));
    item.put("roles", account.roles());
    item.put("locked", account.locked());
    Optional.ofNullable(account.lastLoginAt()).ifPresent(at -> item.put("lastLoginAt", at));
    item.put("version", account.version());
    return item;
  }
}
