package tongguan.access.radius;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Json;
import tongguan.base.database.Database;
import tongguan.base.http.Call;
import tongguan.base.http.Cursor;
import tongguan.base.http.Route;

/** The private network as administrators look at it: who is on, who was refused, by whom. */
final class NetworkRoutes {
  private final Database database;
  private final Audit audit;

  NetworkRoutes(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/network/sessions", Permissions.NETWORK_READ, this::sessions),
        Route.get("/api/v1/network/refusals", Permissions.NETWORK_READ, this::refusals),
        Route.get("/api/v1/network/gateways", Permissions.NETWORK_READ, this::gateways));
  }

  private void sessions(Call call) {
    page(
        call,
        "query.network-sessions",
        NetworkStore::page,
        live -> List.of(live.since().toString(), live.id().toString()));
  }

  private void refusals(Call call) {
    page(
        call,
        "query.network-refusals",
        RefusalStore::page,
        refusal -> List.of(refusal.at().toString(), refusal.id().toString()));
  }

  private void gateways(Call call) {
    List<GatewayStore.Shown> all = database.query(GatewayStore::all);
    note(call, "query.network-gateways", all.size());
    call.respondJson(200, Map.of("items", all));
  }

  @FunctionalInterface
  private interface Read<T> {
    List<T> page(Connection connection, Page page, @Nullable String district) throws SQLException;
  }

  private <T> void page(Call call, String act, Read<T> read, Function<T, List<String>> place) {
    Page page = Page.of(call);
    String district = Officer.of(call).sight(Permissions.NETWORK_READ).district().orElse(null);
    List<T> found = database.query(connection -> read.page(connection, page, district));
    boolean more = found.size() > page.limit();
    List<T> shown = more ? found.subList(0, page.limit()) : found;
    Map<String, @Nullable Object> reply = new LinkedHashMap<>();
    reply.put("items", shown);
    reply.put("next", more ? Cursor.of(place.apply(shown.getLast())) : null);
    byte[] told = Json.bytes(reply);
    // A page that looks again and hears that all is as it was has been told nothing.
    if (!call.isKnown(told)) {
      note(call, act, shown.size());
    }
    call.respondTagged(told);
  }

  private void note(Call call, String act, int found) {
    audit.write(Entry.done(act, Officer.of(call).actor(), "", call.correlation()).found(found));
  }
}
