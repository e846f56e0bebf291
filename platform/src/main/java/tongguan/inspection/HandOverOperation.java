package tongguan.inspection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.base.Ids;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.identity.Account;
import tongguan.identity.Identity;
import tongguan.identity.LoginName;
import tongguan.record.key.Typed;
import tools.jackson.databind.JsonNode;

/** Hands a batch over to a colleague: the numbers and the notes, not what is known of them. */
final class HandOverOperation implements Operation {
  private static final int NOTE_CHARACTERS = 200;

  private final Inspection inspection;
  private final Identity identity;
  private final Ids ids;

  HandOverOperation(Inspection inspection, Identity identity, Ids ids) {
    this.inspection = inspection;
    this.identity = identity;
    this.ids = ids;
  }

  @Override
  public String name() {
    return "inspection.hand-over";
  }

  @Override
  public String path() {
    return "/api/v1/batches/hand-overs";
  }

  @Override
  public String need() {
    return Permissions.INSPECTION_ACT;
  }

  @Override
  public long bodyBytes() {
    return Limits.HAND_OVER_BYTES;
  }

  private record Wish(Account to, List<Map<String, String>> items, Optional<String> note) {}

  private Wish wish(Connection tx, Officer officer, JsonNode input) throws SQLException {
    JsonNode list = input.path("items");
    if (!list.isArray() || list.isEmpty() || list.size() > Limits.BATCH_KEYS) {
      throw Input.refused("items", "list of 1 to " + Limits.BATCH_KEYS);
    }
    List<Map<String, String>> items = new ArrayList<>();
    for (JsonNode one : list) {
      Map<String, String> item = new LinkedHashMap<>();
      item.put("key", Typed.plain(Input.text(one, "key", Typed.LONGEST)));
      Input.optionalText(one, "note", NOTE_CHARACTERS).ifPresent(note -> item.put("note", note));
      items.add(item);
    }
    String to = Input.text(input, "to", 100);
    Optional<LoginName> name = LoginName.parse(to);
    Account account =
        (name.isEmpty() ? Optional.<Account>empty() : identity.accounts().named(tx, name.get()))
            .filter(found -> !found.ended())
            .filter(found -> !found.id().equals(officer.session().account()))
            .orElseThrow(() ->
                Problem.of(
                    404,
                    "unknown-colleague",
                    "查無此同仁帳號。",
                    "There is no colleague with this account."));
    return new Wish(account, items, Input.optionalText(input, "note", Limits.REASON_CHARACTERS));
  }

  @Override
  public Draft draft(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(tx, officer, input);
    String fingerprint =
        Scanned.fingerprint(
            inspection.read(
                wish.items().stream().map(item -> item.getOrDefault("key", "")).toList()));
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line(
            new Texts("交給", "To"),
            wish.to().name()
                + " "
                + (officer.chinese() ? wish.to().nameZh() : wish.to().nameEn())
                + " ("
                + wish.to().unit()
                + ")"));
    lines.add(new Line(new Texts("件數", "Items"), String.valueOf(wish.items().size())));
    wish.note().ifPresent(note -> lines.add(new Line(new Texts("備註", "Note"), note)));
    lines.add(new Line(new Texts("清單指紋", "Fingerprint of the list"), fingerprint));
    return new Draft(
        new Texts("移交批次", "Hand a batch over"),
        lines,
        wish.to().id() + " " + fingerprint,
        "list:" + fingerprint,
        Optional.empty());
  }

  @Override
  public Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(tx, officer, input);
    UUID id = ids.next();
    new HandOverStore(tx)
        .add(
            id,
            officer.session().account(),
            wish.to().id(),
            wish.note().orElse(null),
            Json.text(wish.items()));
    return Map.of("handOver", id);
  }
}
