package tongguan.clearance.work;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.http.Call;
import tongguan.base.http.Cursor;
import tongguan.base.http.Route;

/** The officer's work list over HTTP. */
public final class WorkRoutes {
  private static final int LONGEST_FILTER = 30;

  private final Database database;
  private final Audit audit;

  public WorkRoutes(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  public List<Route> routes() {
    return List.of(Route.get("/api/v1/work", Permissions.CLEARANCE_READ, this::list));
  }

  private void list(Call call) {
    Officer officer = Officer.of(call);
    String wish = call.query("of").orElse(View.WAITING.code());
    View view = View.of(wish).orElseThrow(() -> invalid("of", "waiting, mine, near or unit"));
    Map<String, String> filters = new TreeMap<>();
    for (String name : WorkStore.FILTERS.keySet()) {
      call.query(name).filter(text -> !text.isEmpty()).ifPresent(text -> filters.put(name, text));
    }
    filters.forEach((name, text) -> {
      if (text.length() > LONGEST_FILTER || text.indexOf('\0') >= 0) {
        throw invalid(name, "at most " + LONGEST_FILTER + " characters");
      }
    });
    List<String> after = call.query("after").map(WorkRoutes::place).orElse(List.of());
    Worker worker = Worker.of(officer);
    WorkStore.Page page =
        audit.recorded(
            Entry.done("query.list", officer.actor(), "list:work", call.correlation()),
            database,
            connection ->
                new WorkStore(connection).page(worker, view, filters, after, Limits.PAGE_DEFAULT),
            found -> Math.min(found.items().size(), Limits.PAGE_DEFAULT));
    call.respondTagged(json(page).getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> place(String text) {
    List<String> place = Cursor.parse(text, 2);
    if (!place.getFirst().matches("infinity|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{15}Z")) {
      throw invalid("after", "next of the page before");
    }
    return place;
  }

  /** Items are JSON already; the page is put around them as text. */
  private static String json(WorkStore.Page page) {
    boolean more = page.items().size() > Limits.PAGE_DEFAULT;
    int shown = more ? Limits.PAGE_DEFAULT : page.items().size();
    String next = more ? Json.text(Cursor.of(page.places().get(shown - 1))) : "null";
    Map<String, Integer> counts = new LinkedHashMap<>();
    page.counts().forEach((view, count) -> counts.put(view.code(), count));
    return "{\"items\":["
        + String.join(",", page.items().subList(0, shown))
        + "],\"next\":"
        + next
        + ",\"counts\":"
        + Json.text(counts)
        + "}";
  }

  private static Problem invalid(String name, String expected) {
    return Problem.badRequest("parameter", "查詢參數無效。", "A parameter of the query is not valid.")
        .with("parameter", name)
        .with("expected", expected);
  }
}
