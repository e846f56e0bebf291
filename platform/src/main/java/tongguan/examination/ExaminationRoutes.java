package tongguan.examination;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.record.key.DeclarationNumber;

/** The examinations of a declaration, and what was found in goods like these before. */
public final class ExaminationRoutes {
  private final Examinations examinations;
  private final Audit audit;

  public ExaminationRoutes(Examinations examinations, Audit audit) {
    this.examinations = examinations;
    this.audit = audit;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/declarations/{number}/examinations", Permissions.RECORD_READ, this::of),
        Route.get(
            "/api/v1/declarations/{number}/similar-examinations",
            Permissions.RECORD_READ,
            this::similar));
  }

  private void of(Call call) {
    DeclarationNumber number = Examinations.number(call.pathParameter("number"));
    respond(
        call,
        number,
        examinations
            .of(number, Officer.of(call).sight(Permissions.RECORD_READ))
            .orElseThrow(Examinations::unknown));
  }

  private void similar(Call call) {
    DeclarationNumber number = Examinations.number(call.pathParameter("number"));
    respond(
        call,
        number,
        examinations
            .similar(number, Officer.of(call).sight(Permissions.RECORD_READ))
            .orElseThrow(Examinations::unknown));
  }

  private void respond(Call call, DeclarationNumber number, List<String> items) {
    audit.write(
        Entry.done("query", Officer.of(call).actor(), "declaration:" + number, call.correlation())
            .found(items.size()));
    String body = "{\"items\":[" + String.join(",", items) + "]}";
    call.respond(200, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }
}
