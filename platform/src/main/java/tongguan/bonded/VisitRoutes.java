package tongguan.bonded;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Sight;
import tongguan.access.operation.Input;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.http.Call;
import tongguan.base.http.Route;

/** Bonded checks: the list, one of them, and its report. */
public final class VisitRoutes {
  private static final UUID NEWEST = new UUID(-1, -1);

  private final Visits visits;
  private final Audit audit;

  public VisitRoutes(Visits visits, Audit audit) {
    this.visits = visits;
    this.audit = audit;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/bonded-visits", Permissions.CLEARANCE_READ, this::list),
        Route.get("/api/v1/bonded-visits/{id}", Permissions.CLEARANCE_READ, this::one),
        Route.get("/api/v1/bonded-visits/{id}/report", Permissions.CLEARANCE_READ, this::report)
            .producing(Set.of("application/pdf")));
  }

  private static Sight sight(Call call) {
    return Officer.of(call).sight(Permissions.CLEARANCE_READ);
  }

  private void list(Call call) {
    @Nullable Boolean closed =
        call.query("state")
            .map(state ->
                switch (state) {
                  case "planned" -> false;
                  case "closed" -> true;
                  default -> throw Input.refused("state", "planned or closed");
                })
            .orElse(null);
    String after = call.query("after").orElse("");
    LocalDate day = after.isEmpty() ? LocalDate.of(9999, 12, 31) : day(after);
    UUID before =
        after.isEmpty()
            ? NEWEST
            : Input.id(after.substring(11), () -> Input.refused("after", "as a page gave it"));
    List<Visit> found = visits.list(closed, sight(call), before, day, Limits.PAGE_DEFAULT + 1);
    List<Visit> page = found.subList(0, Math.min(found.size(), Limits.PAGE_DEFAULT));
    audit.write(
        Entry.done("query", Officer.of(call).actor(), "bonded-visits", call.correlation())
            .found(page.size()));
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("items", page.stream().map(VisitRoutes::row).toList());
    if (found.size() > page.size()) {
      reply.put("next", page.getLast().plannedFor() + " " + page.getLast().id());
    }
    call.respondJson(200, reply);
  }

  private static LocalDate day(String after) {
    try {
      if (after.length() == 47) {
        return LocalDate.parse(after.substring(0, 10));
      }
    } catch (DateTimeParseException notADay) {
      // answered below
    }
    throw Input.refused("after", "as a page gave it");
  }

  private void one(Call call) {
    Visit visit = visits.one(id(call), sight(call));
    audit.write(
        Entry.done(
                "query", Officer.of(call).actor(), "bonded-visit:" + visit.id(), call.correlation())
            .found(1));
    Map<String, Object> item = row(visit);
    item.put("items", visit.items());
    item.put("mine", visit.officer().equals(Officer.of(call).session().account()));
    item.put(
        "questions",
        Stream.of(Question.values())
            .map(question ->
                Map.of(
                    "code", question.code(),
                    "text", question.words().in(call.chinese())))
            .toList());
    Visit.Closed closed = visit.closed();
    if (closed != null) {
      item.put("counts", Json.MAPPER.readTree(closed.counts()));
      item.put("checklist", Json.MAPPER.readTree(closed.checklist()));
      item.put("signer", closed.signer());
      if (closed.remark() != null) {
        item.put("remark", closed.remark());
      }
      item.put("reportSha256", closed.reportSha256());
    }
    call.respondJson(200, item);
  }

  private void report(Call call) {
    UUID id = id(call);
    byte[] report = visits.report(id, sight(call)).orElseThrow(Visits::unknown);
    audit.write(
        Entry.done(
            "bonded.report-read",
            Officer.of(call).actor(),
            "bonded-visit:" + id,
            call.correlation()));
    call.header("Content-Disposition", "attachment; filename=\"bonded-check-" + id + ".pdf\"");
    call.respond(200, "application/pdf", report);
  }

  private static UUID id(Call call) {
    return Input.id(call.pathParameter("id"), Visits::unknown);
  }

  private static Map<String, Object> row(Visit visit) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", visit.id());
    item.put("premises", visit.premises());
    item.put("company", visit.company());
    item.put("plannedFor", visit.plannedFor().toString());
    item.put("officer", visit.officerName());
    item.put("state", visit.closed() == null ? "planned" : "closed");
    if (visit.closed() != null) {
      item.put("result", visit.closed().result());
      item.put("closedAt", visit.closed().at());
    }
    return item;
  }
}
