package tongguan.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.audit.AuditSearch.Found;
import tongguan.audit.Proof.Inclusion;
import tongguan.audit.Proof.NotSealed;
import tongguan.audit.Proof.Unknown;
import tongguan.audit.witness.Note;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.http.Call;
import tongguan.base.http.Csv;
import tongguan.base.http.Cursor;
import tongguan.base.http.Route;
import tools.jackson.databind.JsonNode;

/** The log for those who may read it. That they read it is in the log, too. */
public final class AuditRoutes {
  private static final String READ = "audit.read";
  private static final String EXPORT = "audit.export";

  private final Audit audit;
  private final Database database;
  private final Readers readers;

  /**
   * Who reads, and whose acts.
   *
   * @param units of whose officers; empty for everybody, also those whom nobody knows
   */
  public record Reader(Actor actor, Optional<List<String>> units) {}

  /** Knows who a call is from and how far that permission of theirs goes; the rooms above do. */
  @FunctionalInterface
  public interface Readers {
    Reader of(Call call, String permission);
  }

  public AuditRoutes(Audit audit, Database database, Readers readers) {
    this.audit = audit;
    this.database = database;
    this.readers = readers;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/audit", READ, this::list),
        Route.get("/api/v1/audit.csv", EXPORT, this::export).producing(Set.of("text/csv")),
        Route.get("/api/v1/audit/checkpoints", READ, this::checkpoints),
        Route.get("/api/v1/audit/{id}/proof", READ, this::proof));
  }

  private void list(Call call) {
    AuditFilter filter = AuditFilter.of(call).within(readers.of(call, READ).units());
    List<Found> rows =
        audit.recorded(
            entry(call, READ, "query.audit"),
            database,
            connection -> AuditSearch.page(connection, filter),
            found -> Math.min(found.size(), filter.limit()));
    boolean more = rows.size() > filter.limit();
    List<Found> shown = more ? rows.subList(0, filter.limit()) : rows;
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("items", shown.stream().map(AuditRoutes::item).toList());
    page.put("next", more ? Cursor.of(place(shown.getLast())) : null);
    call.respondJson(200, page);
  }

  private List<Found> page(AuditFilter filter) {
    return database.query(connection -> AuditSearch.page(connection, filter));
  }

  private Entry entry(Call call, String permission, String act) {
    return Entry.done(act, readers.of(call, permission).actor(), "", call.correlation())
        .with(filters(call));
  }

  private static Map<String, Object> filters(Call call) {
    Map<String, Object> filters = new LinkedHashMap<>();
    for (String name :
        List.of("person", "device", "unit", "record", "act", "outcome", "from", "to")) {
      call.query(name).ifPresent(value -> filters.put(name, value));
    }
    return filters;
  }

  private static List<String> place(Found found) {
    return List.of(Long.toString(found.entry().xid()), found.entry().id().toString());
  }

  private static Map<String, Object> item(Found found) {
    Logged entry = found.entry();
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", entry.id());
    if (found.seq() != null) {
      item.put("seq", found.seq());
    }
    item.put("at", entry.at());
    item.put("nodeAt", entry.nodeAt());
    for (int i = 0; i < NAMES.size(); i++) {
      String text = entry.texts().get(i);
      if (!text.isEmpty() || !OPTIONAL.contains(NAMES.get(i))) {
        item.put(NAMES.get(i), text);
      }
    }
    if (entry.results() >= 0) {
      item.put("results", entry.results());
    }
    item.put("details", details(entry));
    item.put("correlation", entry.correlation());
    return item;
  }

  private static final List<String> NAMES =
      List.of(
          "act", "outcome", "code", "account", "name", "unit", "device", "address", "session",
          "record");

  private static final Set<String> OPTIONAL = Set.of("code", "record");

  private static JsonNode details(Logged entry) {
    return Json.MAPPER.readTree(entry.details());
  }

  private void export(Call call) {
    AuditFilter filter =
        AuditFilter.of(call)
            .within(readers.of(call, EXPORT).units())
            .startingAfter(List.of(), Limits.PAGE_LARGEST);
    // Before the first row leaves: how many they will be is not known yet.
    audit.write(entry(call, EXPORT, "export.audit"));
    call.header("Content-Disposition", "attachment; filename=\"audit.csv\"");
    try (Csv csv = new Csv(call.stream("text/csv; charset=utf-8"))) {
      csv.row(call.chinese() ? HEAD_ZH : HEAD_EN);
      int written = 0;
      List<Found> rows = page(filter);
      while (!rows.isEmpty() && written < Limits.EXPORT_ROWS) {
        boolean more = rows.size() > filter.limit();
        List<Found> shown = more ? rows.subList(0, filter.limit()) : rows;
        for (Found row : shown) {
          csv.row(cells(row));
        }
        written += shown.size();
        rows =
            more ? page(filter.startingAfter(place(shown.getLast()), filter.limit())) : List.of();
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static final List<String> HEAD_ZH =
      List.of(
          "序號", "識別碼", "資料庫時間", "節點時間", "動作", "結果", "原因代碼", "帳號識別碼", "帳號", "單位", "設備", "位址", "連線",
          "標的", "筆數", "細節", "關聯碼");

  private static final List<String> HEAD_EN =
      List.of(
          "place",
          "id",
          "database time",
          "node time",
          "act",
          "outcome",
          "code",
          "account id",
          "account",
          "unit",
          "device",
          "address",
          "session",
          "record",
          "results",
          "details",
          "correlation");

  private static List<String> cells(Found found) {
    Logged entry = found.entry();
    List<String> cells = new ArrayList<>();
    cells.add(found.seq() == null ? "" : found.seq().toString());
    cells.add(entry.id().toString());
    cells.add(entry.at().toString());
    cells.add(entry.nodeAt().toString());
    cells.addAll(entry.texts());
    cells.add(entry.results() < 0 ? "" : Long.toString(entry.results()));
    cells.add(entry.details());
    cells.add(entry.correlation());
    return cells;
  }

  private void checkpoints(Call call) {
    AuditFilter page = AuditFilter.pageOf(call);
    long below = page.after().isEmpty() ? Long.MAX_VALUE : Long.parseLong(page.after().getFirst());
    List<Note> notes =
        database.query(connection -> new CheckpointStore(connection).page(below, page.limit() + 1));
    boolean more = notes.size() > page.limit();
    List<Note> shown = more ? notes.subList(0, page.limit()) : notes;
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("items", shown.stream().map(AuditRoutes::item).toList());
    answer.put("next", more ? Cursor.of(List.of(Long.toString(shown.getLast().size()))) : null);
    call.respondJson(200, answer);
  }

  private static Map<String, Object> item(Note note) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("size", note.size());
    item.put("root", note.root().base64());
    item.put("at", note.at());
    item.put("signature", note.signature().base64());
    item.put("keyId", note.keyId());
    return item;
  }

  private void proof(Call call) {
    UUID id = id(call.pathParameter("id"));
    Reader reader = readers.of(call, READ);
    Proof proof = database.query(connection -> Proof.of(connection, id, reader.units()));
    switch (proof) {
      case Inclusion inclusion -> {
        audit.write(Entry.done("query.proof", reader.actor(), "audit:" + id, call.correlation()));
        call.respondJson(200, inclusion.json());
      }
      case Unknown _ -> throw unknown();
      case NotSealed _ ->
          throw Problem.of(
              409,
              "not-sealed",
              "此紀錄尚未納入簽章檢查點，請於一分鐘後再試。",
              "No checkpoint covers this entry yet; try again in a minute.");
    }
  }

  private static UUID id(String text) {
    try {
      if (text.length() == 36) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException notAnId) {
      // answered below
    }
    throw unknown();
  }

  private static Problem unknown() {
    return Problem.of(404, "unknown-entry", "查無此稽核紀錄。", "There is no such entry.");
  }
}
