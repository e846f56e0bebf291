package tongguan.dossier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Refusals;
import tongguan.access.operation.Exports;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.http.Call;
import tongguan.base.http.Csv;
import tongguan.base.http.Cursor;
import tongguan.base.http.Route;
import tools.jackson.databind.JsonNode;

/** The lists over HTTP: filters as query parameters, pages by cursor, the whole of it as CSV. */
public final class ListRoutes {
  private final Database database;
  private final ListStore store;

  private final Audit audit;
  private final Exports exports;

  public ListRoutes(Database database, Audit audit) {
    this.database = database;
    this.store = new ListStore(database);
    this.audit = audit;
    this.exports = new Exports(database);
  }

  /** What two persons do: taking away more than one may. */
  public List<Operation> operations() {
    return List.of(new MassExport(store, exports));
  }

  public List<Route> routes() {
    return Lists.ALL.stream()
        .map(listing ->
            Route.get(listing.path(), Permissions.RECORD_READ, call -> list(call, listing))
                .producing(Set.of("application/json", "text/csv")))
        .toList();
  }

  private void list(Call call, Listing listing) {
    if (listing == Lists.MANIFEST) {
      requireVoyage(call);
    }
    ListQuery query = ListQuery.of(call, listing);
    if (wantsCsv(call)) {
      export(call, listing, query);
      return;
    }
    List<ListStore.Row> rows =
        audit.recorded(
            entry(call, "query.list", listing),
            database,
            connection -> store.page(connection, listing, query),
            found -> Math.min(found.size(), query.limit()));
    call.respondTagged(page(rows, query.limit()).getBytes(StandardCharsets.UTF_8));
  }

  private static Entry entry(Call call, String act, Listing listing) {
    return Entry.done(act, Officer.of(call).actor(), "list:" + listing.name(), call.correlation());
  }

  private void requireVoyage(Call call) {
    String voyage =
        call.query("voyage")
            .orElseThrow(() ->
                Problem.badRequest("parameter", "請指定航次。", "Say which voyage.")
                    .with("parameter", "voyage"));
    if (!store.knowsVoyage(voyage)) {
      throw Problem.of(404, "unknown-key", "查無此航次。", "This voyage is not on record.");
    }
  }

  private static boolean wantsCsv(Call call) {
    return call.query("format").filter("csv"::equals).isPresent()
        || (call.takes("text/csv") && !call.takes("application/json"));
  }

  /** Rows are JSON already; the page is put around them as text. */
  private static String page(List<ListStore.Row> rows, int limit) {
    boolean more = rows.size() > limit;
    List<ListStore.Row> shown = more ? rows.subList(0, limit) : rows;
    String items = shown.stream().map(ListStore.Row::json).collect(Collectors.joining(","));
    String next = more ? Json.text(Cursor.of(shown.getLast().place())) : "null";
    return "{\"items\":[" + items + "],\"next\":" + next + "}";
  }

  private void export(Call call, Listing listing, ListQuery asked) {
    requireExport(call, listing);
    ListQuery query = asked.seenBy(Officer.of(call).sight(Permissions.RECORD_EXPORT));
    long count = store.count(listing, query, Limits.EXPORT_ROWS);
    Optional<String> grant = requireLeave(call, listing, query, count);
    call.header("Content-Disposition", "attachment; filename=\"" + listing.name() + ".csv\"");
    List<ListStore.Row> rows =
        store.page(listing, query.startingAfter(query.after(), Limits.PAGE_LARGEST));
    int written = 0;
    try (Csv csv = new Csv(call.stream("text/csv; charset=utf-8"))) {
      csv.row(
          listing.columns().stream()
              .map(column -> call.chinese() ? column.zh() : column.en())
              .toList());
      while (!rows.isEmpty() && written < count) {
        boolean more = rows.size() > Limits.PAGE_LARGEST;
        List<ListStore.Row> page = more ? rows.subList(0, Limits.PAGE_LARGEST) : rows;
        for (ListStore.Row row : page) {
          csv.row(cells(listing, row));
        }
        written += page.size();
        rows =
            more
                ? store.page(
                    listing, query.startingAfter(page.getLast().place(), Limits.PAGE_LARGEST))
                : List.of();
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } finally {
      // Also when the line broke: what was written may have been read.
      Map<String, Object> details = new LinkedHashMap<>(Map.of("filters", query.asked()));
      grant.ifPresent(id -> details.put("request", id));
      audit.write(entry(call, "export", listing).found(written).with(details));
    }
  }

  /** Taking a list away is more than looking at it. */
  private void requireExport(Call call, Listing listing) {
    Officer officer = Officer.of(call);
    if (!officer.may(Permissions.RECORD_EXPORT)) {
      audit.write(
          Entry.refused("export", "not-permitted", officer.actor(), call.correlation())
              .about("list:" + listing.name()));
      throw Refusals.notPermitted();
    }
  }

  /** By what the rows are taken: one person's own leave, or a grant of two, which it gives. */
  private Optional<String> requireLeave(Call call, Listing listing, ListQuery query, long count) {
    Officer officer = Officer.of(call);
    UUID account = officer.session().account();
    Optional<String> grant = call.query("grant");
    boolean leave =
        grant.isPresent()
            ? exports.use(
                Input.id(grant.get(), () -> noLeave(count)), account, listing.name(), query.asked())
            : exports.take(account, count);
    if (!leave) {
      audit.write(
          Entry.refused("export", "mass-export", officer.actor(), call.correlation())
              .about("list:" + listing.name())
              .found(count)
              .with(Map.of("filters", query.asked())));
      throw noLeave(count);
    }
    return grant;
  }

  private static Problem noLeave(long count) {
    return Problem.of(
            403,
            "mass-export",
            "匯出筆數超過一人一日之上限，須由第二人核准；每次核准限用一次。",
            "This is more than one person may take away in a day: a second person has to agree, each time anew.")
        .with("rows", count);
  }

  private static List<String> cells(Listing listing, ListStore.Row row) {
    try {
      JsonNode item = Json.read(row.json().getBytes(StandardCharsets.UTF_8));
      List<String> cells = new ArrayList<>();
      for (Listing.Column column : listing.columns()) {
        cells.add(cell(item.at("/" + column.member().replace('.', '/'))));
      }
      return cells;
    } catch (Json.Malformed impossible) {
      throw new IllegalStateException("PostgreSQL wrote this JSON", impossible);
    }
  }

  private static String cell(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (value.isArray()) {
      return value.valueStream().map(ListRoutes::cell).collect(Collectors.joining(" "));
    }
    return value.isString() ? value.stringValue() : value.toString();
  }
}
