package tongguan.inspection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Sight;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Ids;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.clearance.Act;
import tongguan.clearance.Clearance;
import tongguan.clearance.Course;
import tongguan.clearance.Standing;
import tongguan.inspection.BatchStore.Meant;
import tools.jackson.databind.JsonNode;

/**
 * Flags everything on a list for inspection, in one act. What is confirmed is the list itself: a
 * number that is released between the look and the password does not undo the other ones, it gets
 * its own result. As many statements for five hundred numbers as for one.
 */
final class FlagOperation implements Operation {
  private static final int LEAST_PRIORITY = 3;

  private final Inspection inspection;
  private final Clearance clearance;
  private final Audit audit;
  private final Ids ids;

  FlagOperation(Inspection inspection, Clearance clearance, Audit audit, Ids ids) {
    this.inspection = inspection;
    this.clearance = clearance;
    this.audit = audit;
    this.ids = ids;
  }

  @Override
  public String name() {
    return "inspection.flag";
  }

  @Override
  public String path() {
    return "/api/v1/batches/flags";
  }

  @Override
  public String need() {
    return Permissions.INSPECTION_ACT;
  }

  private record Wish(
      List<Scanned> list, FlagKind kind, FlagReason reason, int priority, Optional<String> note) {

    /** What goes to the core system with each flag. */
    Map<String, Object> values() {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("kind", kind.code());
      values.put("reason", reason.code());
      values.put("priority", priority);
      note.ifPresent(text -> values.put("remark", text));
      return values;
    }
  }

  private Wish wish(JsonNode input) {
    List<Scanned> list = inspection.read(Scanned.texts(input.path("keys"), "keys"));
    Set<String> seen = new LinkedHashSet<>();
    if (!list.stream().allMatch(one -> seen.add(one.shown()))) {
      throw Input.refused("keys", "each number once");
    }
    return new Wish(
        list,
        FlagKind.of(Input.text(input, "kind", 20))
            .orElseThrow(() -> Input.refused("kind", "document, open, x-ray or canine")),
        FlagReason.of(Input.text(input, "reason", 30))
            .orElseThrow(() -> Input.refused("reason", "code of a reason")),
        Input.number(input, "priority", 1, LEAST_PRIORITY),
        Input.optionalText(input, "note", Limits.REASON_CHARACTERS));
  }

  /** The declarations behind the list, and where they stand; locked until the transaction ends. */
  private record Found(List<Meant> meant, Map<String, Standing> standings) {}

  private Found found(Connection tx, Officer officer, Wish wish) throws SQLException {
    Sight sight = officer.sight(Permissions.INSPECTION_ACT);
    List<Meant> meant = new BatchStore(tx).declarations(wish.list(), sight);
    if (meant.size() > Limits.BATCH_RECORDS) {
      throw Problem.of(
          409,
          "batch-too-large",
          "此清單涉及過多報單，請分批注檢。",
          "This list comes to more than "
              + Limits.BATCH_RECORDS
              + " declarations; flag a part of it at a time.");
    }
    List<String> numbers = meant.stream().map(Meant::declaration).distinct().toList();
    return new Found(meant, clearance.locked(tx, numbers, sight));
  }

  @Override
  public Draft draft(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(input);
    // Whoever is not signed in at a core system that this is for is told before the password.
    for (Standing now : found(tx, officer, wish).standings().values()) {
      if (Course.bars(Act.FLAG, now).isEmpty()) {
        Clearance.Way _ = clearance.way(officer, Act.FLAG, now);
      }
    }
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(new Texts("件數", "Items"), String.valueOf(wish.list().size())));
    lines.add(new Line(new Texts("檢查方式", "Kind"), wish.kind().words().in(officer.chinese())));
    lines.add(new Line(new Texts("理由", "Reason"), wish.reason().words().in(officer.chinese())));
    lines.add(new Line(new Texts("優先順序", "Priority"), String.valueOf(wish.priority())));
    wish.note().ifPresent(note -> lines.add(new Line(new Texts("備註", "Note"), note)));
    lines.add(
        new Line(
            new Texts("清單", "List"),
            String.join(", ", wish.list().stream().map(Scanned::shown).toList())));
    String fingerprint = Scanned.fingerprint(wish.list());
    lines.add(new Line(new Texts("清單指紋", "Fingerprint of the list"), fingerprint));
    return new Draft(
        new Texts("批次注檢", "Flag for inspection"),
        lines,
        fingerprint,
        "list:" + fingerprint,
        Optional.empty());
  }

  @Override
  public Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(input);
    Found found = found(tx, officer, wish);
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    Map<String, FlagStore.New> flags = new LinkedHashMap<>();
    for (Meant one : found.meant()) {
      Standing now = found.standings().get(one.declaration());
      if (now == null || outcomes.containsKey(one.declaration())) {
        continue;
      }
      Outcome outcome = Outcome.of(Course.bars(Act.FLAG, now));
      outcomes.put(one.declaration(), outcome);
      if (outcome == Outcome.FLAGGED) {
        String scanned = wish.list().get(one.place()).shown();
        flags.put(one.declaration(), new FlagStore.New(ids.next(), one.declaration(), scanned));
      }
    }
    String fingerprint = Scanned.fingerprint(wish.list());
    if (!flags.isEmpty()) {
      put(tx, officer, wish, found, List.copyOf(flags.values()), fingerprint);
    }
    return Map.of(
        "flagged", flags.size(),
        "list", fingerprint,
        "items", items(wish, found, outcomes, flags));
  }

  private void put(
      Connection tx,
      Officer officer,
      Wish wish,
      Found found,
      List<FlagStore.New> flags,
      String fingerprint)
      throws SQLException {
    new FlagStore(tx).add(flags, fingerprint, wish.priority(), wish.note().orElse(null));
    List<Clearance.Wish> commands = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (FlagStore.New flag : flags) {
      Standing now = Objects.requireNonNull(found.standings().get(flag.declaration()));
      commands.add(new Clearance.Wish(flag.id(), flag.declaration(), now));
      entries.add(
          Entry.done(
                  "inspection.flagged",
                  officer.actor(),
                  "declaration:" + flag.declaration(),
                  flag.id().toString())
              .with(
                  Map.of(
                      "scanned", flag.scanned(),
                      "kind", wish.kind().code(),
                      "reason", wish.reason().code(),
                      "list", fingerprint)));
    }
    clearance.submit(tx, officer, Act.FLAG, wish.values(), commands);
    audit.write(tx, entries);
  }

  /** One for each number of the list, in its order. */
  private static List<Map<String, Object>> items(
      Wish wish, Found found, Map<String, Outcome> outcomes, Map<String, FlagStore.New> flags) {
    List<List<String>> behind = new ArrayList<>();
    wish.list().forEach(one -> behind.add(new ArrayList<>()));
    found.meant().stream()
        .filter(one -> outcomes.containsKey(one.declaration()))
        .forEach(one -> behind.get(one.place()).add(one.declaration()));
    List<Map<String, Object>> items = new ArrayList<>();
    for (int i = 0; i < behind.size(); i++) {
      List<String> declarations = behind.get(i);
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("key", wish.list().get(i).shown());
      item.put(
          "result",
          Outcome.ofAll(
                  declarations.stream()
                      .map(one -> outcomes.getOrDefault(one, Outcome.UNKNOWN))
                      .toList())
              .code());
      if (declarations.size() == 1) {
        item.put("declaration", declarations.getFirst());
        FlagStore.New flag = flags.get(declarations.getFirst());
        if (flag != null) {
          item.put("flag", flag.id());
        }
      } else if (declarations.size() > 1) {
        item.put("flagged", declarations.stream().filter(flags::containsKey).count());
        item.put("declarations", declarations.size());
      }
      items.add(item);
    }
    return items;
  }
}
