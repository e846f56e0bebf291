package tongguan.field;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Refusals;
import tongguan.access.operation.Confirmed;
import tongguan.access.operation.Input;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Json;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.base.database.Database;
import tongguan.base.database.SqlFailure;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries out a confirmed bundle: its items in order, each in one transaction with its audit entry
 * and its result. Asked for again, it goes on where it stopped and tells the same results.
 */
final class Carrying {
  /** So often an item is tried that other transactions are in the way of. */
  private static final int TRIES = 3;

  private final Database database;
  private final FieldStore store;
  private final Judging judging;
  private final Audit audit;

  Carrying(Database database, FieldStore store, Judging judging, Audit audit) {
    this.database = database;
    this.store = store;
    this.judging = judging;
    this.audit = audit;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/v1/field/bundles/{id}/run", Permissions.FIELD_ACT, this::carryOut));
  }

  private static Problem unknown() {
    return Problem.of(404, "unknown-bundle", "查無此批離線處理。", "There is no such bundle.");
  }

  private void carryOut(Call call) {
    Officer officer = Officer.of(call);
    UUID id = Input.id(call.pathParameter("id"), Carrying::unknown);
    FieldStore.Bundle bundle =
        store.bundle(id, officer.session().account()).orElseThrow(Carrying::unknown);
    List<FieldStore.Confirmed> items = store.items(id);
    boolean open = items.stream().anyMatch(item -> item.result() == null);
    if (open && !(bundle.live() && bundle.session().equals(officer.session().id()))) {
      audit.write(
          Entry.refused("field.bundle", "bundle-over", officer.actor(), call.correlation())
              .about("bundle:" + id));
      throw Problem.of(
          409,
          "bundle-over",
          "此次確認已失效，請重新確認尚未送出的項目。",
          "This confirmation does not hold any more; confirm again what has not been done.");
    }
    for (FieldStore.Confirmed item : items) {
      if (item.result() == null) {
        carryOut(new Turn(bundle, item.item().id(), officer, call.correlation()));
      }
    }
    call.respondJson(200, Map.of("items", told(store.items(id))));
  }

  private static List<JsonNode> told(List<FieldStore.Confirmed> items) {
    List<JsonNode> told = new ArrayList<>();
    for (FieldStore.Confirmed one : items) {
      ObjectNode item = Json.MAPPER.createObjectNode();
      item.put("id", one.item().id().toString());
      item.put("result", one.result());
      if (one.answer() != null) {
        item.setAll((ObjectNode) Json.MAPPER.readTree(one.answer()));
      }
      told.add(item);
    }
    return told;
  }

  /** An item and who carries it out. */
  private record Turn(FieldStore.Bundle bundle, UUID item, Officer officer, String correlation) {
    UUID account() {
      return officer.session().account();
    }
  }

  private void carryOut(Turn turn) {
    for (int tries = 1; ; tries++) {
      try {
        boolean _ = database.inTransaction(tx -> carryOut(tx, turn));
        return;
      } catch (Problem no) {
        if (Judging.isNoJudgement(no) || no.status() == 401) {
          throw no;
        }
        park(turn, Judgement.Refused.of(no));
        return;
      } catch (SqlFailure failed) {
        if (failed.isAboutData()) {
          park(turn, Judging.notUnderstood());
          return;
        }
        if (!failed.mayBeRepeated() || tries == TRIES) {
          throw failed;
        }
      }
    }
  }

  /** False where it has its result already. */
  private boolean carryOut(Connection tx, Turn turn) throws SQLException {
    FieldStore.In within = new FieldStore.In(tx);
    FieldStore.Confirmed confirmed =
        within.locked(turn.bundle().id(), turn.account(), turn.item()).orElse(null);
    if (confirmed == null || confirmed.result() != null) {
      return false;
    }
    // A device that is reported lost in this moment ends its sessions: what has not been done stays
    // undone.
    if (!within.holds(turn.bundle().session())) {
      throw Refusals.notSignedIn();
    }
    Judgement now = judging.of(tx, turn.officer(), confirmed.item());
    if (now instanceof Judgement.Ready ready) {
      if (confirmed.shown() != null && Arrays.equals(confirmed.shown(), ready.digest())) {
        carryOut(tx, turn, confirmed.item(), ready);
      } else {
        settle(tx, turn, confirmed.item(), notAsShown(tx, turn, confirmed.item(), ready));
      }
    } else {
      settle(tx, turn, confirmed.item(), now);
    }
    return true;
  }

  private static Judgement notAsShown(Connection tx, Turn turn, Item item, Judgement.Ready ready)
      throws SQLException {
    var basis = ready.operation().basis(tx, turn.officer(), ready.parameters(), item.input());
    return new Judgement.Conflict(
        Judgement.MOVED,
        new Texts("與確認時所顯示的不同。", "It is not what was shown and confirmed."),
        basis.version(),
        basis.now());
  }

  private void carryOut(Connection tx, Turn turn, Item item, Judgement.Ready ready)
      throws SQLException {
    Map<String, Object> reply =
        ready.operation().apply(tx, turn.officer(), ready.parameters(), item.input());
    Map<String, Object> details = details(turn, item);
    details.put("shown", Confirmed.summary(ready.draft()));
    audit.write(
        tx,
        Entry.done(
                ready.operation().name(),
                turn.officer().actor(),
                ready.draft().record(),
                turn.correlation())
            .with(details));
    Map<String, Object> answer =
        Map.of("title", ready.draft().title().in(turn.officer().chinese()), "reply", reply);
    new FieldStore.In(tx).settle(turn.account(), item.id(), "done", Json.text(answer));
  }

  /** Not done; with its audit entry, in one transaction. */
  private void settle(Connection tx, Turn turn, Item item, Judgement why) throws SQLException {
    Map<String, Object> told = why.told(turn.officer().chinese());
    audit.write(
        tx,
        Entry.refused(
                item.kind(),
                String.valueOf(told.getOrDefault("code", why.verdict())),
                turn.officer().actor(),
                turn.correlation())
            .with(details(turn, item)));
    new FieldStore.In(tx).settle(turn.account(), item.id(), why.verdict(), Json.text(told));
  }

  /** What was refused at the last moment, when its transaction was undone. */
  private void park(Turn turn, Judgement why) {
    boolean _ =
        database.inTransaction(tx -> {
          var item = new FieldStore.In(tx).locked(turn.bundle().id(), turn.account(), turn.item());
          if (item.isPresent() && item.get().result() == null) {
            settle(tx, turn, item.get().item(), why);
          }
          return item.isPresent();
        });
  }

  private static Map<String, Object> details(Turn turn, Item item) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("bundle", turn.bundle().id().toString());
    details.put("item", item.id().toString());
    details.put("sequence", item.sequence());
    details.put("madeAt", item.madeAt().toString());
    details.put("body", item.body().path("parameters").toString());
    return details;
  }
}
