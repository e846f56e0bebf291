package tongguan.inspection;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Input;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Json;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Route;

/** Looking many numbers up at once, and batches that were handed over. */
public final class InspectionRoutes {
  private static final byte[] BEFORE = "{\"items\":".getBytes(StandardCharsets.UTF_8);

  private final Inspection inspection;
  private final Audit audit;

  public InspectionRoutes(Inspection inspection, Audit audit) {
    this.inspection = inspection;
    this.audit = audit;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/batches/look-up", Permissions.RECORD_READ, this::lookUp),
        Route.get("/api/v1/batches/hand-overs", Permissions.INSPECTION_ACT, this::handOvers),
        Route.get("/api/v1/batches/hand-overs/{id}", Permissions.INSPECTION_ACT, this::handOver));
  }

  private void lookUp(Call call) {
    Officer officer = Officer.of(call);
    List<Scanned> batch = inspection.read(Scanned.texts(Input.of(call).path("keys"), "keys"));
    Entry entry =
        Entry.done(
                "query",
                officer.actor(),
                batch.size() == 1
                    ? "key:" + batch.getFirst().shown()
                    : "list:" + Scanned.fingerprint(batch),
                call.correlation())
            .with(Map.of("keys", batch.stream().map(Scanned::shown).toList()));
    byte[] found = inspection.lookUp(batch, officer.sight(Permissions.RECORD_READ), entry);
    byte[] reply = new byte[BEFORE.length + found.length + 1];
    System.arraycopy(BEFORE, 0, reply, 0, BEFORE.length);
    System.arraycopy(found, 0, reply, BEFORE.length, found.length);
    reply[reply.length - 1] = '}';
    call.respond(200, "application/json", reply);
  }

  private void handOvers(Call call) {
    Officer officer = Officer.of(call);
    UUID own = officer.session().account();
    call.respondJson(
        200,
        Map.of("items", inspection.handOvers(own).stream().map(one -> item(one, own)).toList()));
  }

  private void handOver(Call call) {
    Officer officer = Officer.of(call);
    UUID own = officer.session().account();
    HandOver found =
        inspection
            .handOver(Input.id(call.pathParameter("id"), InspectionRoutes::unknown), own)
            .orElseThrow(InspectionRoutes::unknown);
    audit.write(
        Entry.done("query", officer.actor(), "hand-over:" + found.id(), call.correlation())
            .found(found.count()));
    Map<String, @Nullable Object> reply = item(found, own);
    reply.put("items", Json.MAPPER.readTree(found.items()));
    call.respondJson(200, reply);
  }

  private static Problem unknown() {
    return Problem.of(404, "unknown-hand-over", "查無此移交。", "There is no such hand-over.");
  }

  private static Map<String, @Nullable Object> item(HandOver one, UUID own) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    item.put("id", one.id());
    item.put("from", one.giverName());
    item.put("to", one.receiverName());
    item.put("mine", one.giver().equals(own));
    if (one.note() != null) {
      item.put("note", one.note());
    }
    item.put("count", one.count());
    item.put("givenAt", one.givenAt());
    return item;
  }
}
