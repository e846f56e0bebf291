package tongguan.field;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Refusals;
import tongguan.access.Sight;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.clearance.Clearance;
import tongguan.dossier.Gathering;
import tongguan.dossier.Gathering.Subject;
import tongguan.dossier.Gathering.Subjects;
import tongguan.record.key.RecordKind;

/**
 * A package for work without a network: its dossiers with what may be done next, one JSON object a
 * line, written as they are read. The first line says what it is and as of when, the last one that
 * it is whole.
 */
final class PackageRoutes {
  static final String LINES = "application/x-ndjson";

  private final Gathering gathering;
  private final Clearance clearance;
  private final FieldStore store;
  private final Audit audit;
  private final Semaphore desks = new Semaphore(Limits.PACKAGES_AT_ONCE);

  PackageRoutes(Gathering gathering, Clearance clearance, FieldStore store, Audit audit) {
    this.gathering = gathering;
    this.clearance = clearance;
    this.store = store;
    this.audit = audit;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/field/packages/{kind}", Permissions.FIELD_READ, this::give)
            .producing(Set.of(LINES)));
  }

  private void give(Call call) {
    PackageKind kind =
        PackageKind.of(call.pathParameter("kind"))
            .orElseThrow(() ->
                Problem.of(
                    404,
                    "unknown-package",
                    "無此種外勤資料包。",
                    "There is no field package of this kind."));
    String key = kind.key(call.query("key"));
    Officer officer = Officer.of(call);
    Entry entry =
        Entry.done("field.package", officer.actor(), kind.code() + ':' + key, call.correlation());
    if (!officer.may(Permissions.RECORD_READ)) {
      throw refused(entry, Refusals.notPermitted());
    }
    if (!desks.tryAcquire()) {
      throw Problem.unavailable(
          "overloaded", 2, "系統忙碌，請稍後再試。", "The platform is busy; try again in a moment.");
    }
    try {
      Subjects subjects = kind.gather(gathering, key, officer.sight(Permissions.RECORD_READ));
      if (!store.take(officer.session().account(), subjects.given().size())) {
        throw refused(
            entry,
            Problem.of(
                403,
                "packages-of-day",
                "今日攜出之資料已達上限。",
                "No more dossiers can be taken along today."));
      }
      write(call, kind, key, subjects, entry);
    } finally {
      desks.release();
    }
  }

  private Problem refused(Entry entry, Problem why) {
    audit.write(
        Entry.refused(entry.act(), why.code(), entry.actor(), entry.correlation())
            .about(entry.record()));
    return why;
  }

  private void write(Call call, PackageKind kind, String key, Subjects subjects, Entry entry) {
    Officer officer = Officer.of(call);
    Lines lines = new Lines();
    call.header("Cache-Control", "no-store");
    try (OutputStream out = call.compressedStream(LINES)) {
      lines.out = out;
      lines.write(
          Map.of(
              "package", kind.code(),
              "key", key,
              "asOf", subjects.asOf(),
              "dossiers", subjects.given().size(),
              "left", subjects.left()));
      Sight sight = officer.sight(Permissions.RECORD_READ);
      for (List<Subject> some : parts(subjects.given())) {
        Map<String, Map<String, @Nullable Object>> next = next(some, officer);
        gathering.each(some, sight, (subject, json) -> lines.write(subject, json, next));
      }
      lines.write(Map.of("end", true, "dossiers", lines.dossiers));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } finally {
      // Also when the line broke: what was written may have been read.
      audit.write(entry.found(lines.dossiers));
    }
  }

  private static List<List<Subject>> parts(List<Subject> all) {
    List<List<Subject>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += Limits.LOOK_UPS_TOGETHER) {
      parts.add(all.subList(from, Math.min(all.size(), from + Limits.LOOK_UPS_TOGETHER)));
    }
    return parts;
  }

  private Map<String, Map<String, @Nullable Object>> next(List<Subject> some, Officer officer) {
    List<String> declarations =
        some.stream()
            .filter(subject -> subject.kind() == RecordKind.DECLARATION)
            .map(Subject::key)
            .toList();
    return declarations.isEmpty() || !officer.may(Permissions.CLEARANCE_READ)
        ? Map.of()
        : clearance.next(declarations, officer);
  }

  /** Where the lines go to, and how many dossiers went. */
  private static final class Lines {
    private OutputStream out = OutputStream.nullOutputStream();
    private long dossiers;

    void write(Map<String, ?> line) throws IOException {
      out.write(Json.bytes(line));
      out.write('\n');
    }

    /** The dossier is JSON already; the line is put around it as text. */
    void write(Subject subject, byte[] dossier, Map<String, ?> next) {
      Map<String, Object> head = new LinkedHashMap<>();
      head.put("kind", subject.kind().code());
      head.put("key", subject.key());
      Object acts = next.get(subject.key());
      if (acts != null) {
        head.put("next", acts);
      }
      byte[] text = Json.text(head).getBytes(StandardCharsets.UTF_8);
      try {
        out.write(text, 0, text.length - 1);
        out.write(",\"dossier\":".getBytes(StandardCharsets.UTF_8));
        out.write(dossier);
        out.write("}\n".getBytes(StandardCharsets.UTF_8));
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
      dossiers++;
    }
  }
}
