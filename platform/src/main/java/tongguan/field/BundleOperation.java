package tongguan.field;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Operation;
import tongguan.base.Ids;
import tongguan.base.Limits;
import tongguan.base.Problem.Texts;
import tools.jackson.databind.JsonNode;

/**
 * What was done without a network, confirmed once: the list that was shown, item by item. To
 * confirm it does nothing yet; {@link Carrying} does each item in a transaction of its own.
 */
final class BundleOperation implements Operation {
  private final Judging judging;
  private final Ids ids;

  BundleOperation(Judging judging, Ids ids) {
    this.judging = judging;
    this.ids = ids;
  }

  @Override
  public String name() {
    return "field.bundle";
  }

  @Override
  public String path() {
    return "/api/v1/field/bundles";
  }

  @Override
  public String need() {
    return Permissions.FIELD_ACT;
  }

  @Override
  public long bodyBytes() {
    return Limits.BUNDLE_BYTES;
  }

  /**
   * In the order of the items. They are looked at in the order of what they are about, because each
   * look locks its record, and two bundles that lock in different orders would wait for each other.
   */
  private Map<Item, Judgement> judged(Connection tx, Officer officer, List<Item> items)
      throws SQLException {
    Map<UUID, Judgement> found = new HashMap<>();
    List<Item> sorted = new ArrayList<>(items);
    sorted.sort(
        Comparator.comparing((Item item) -> item.body().path("parameters").toString())
            .thenComparing(Item::sequence));
    for (Item item : sorted) {
      found.put(item.id(), judging.of(tx, officer, item));
    }
    Map<Item, Judgement> ordered = new LinkedHashMap<>();
    items.forEach(item -> ordered.put(item, found.get(item.id())));
    return ordered;
  }

  @Override
  public Draft draft(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Map<Item, Judgement> judged = judged(tx, officer, Item.of(input));
    List<Line> lines = new ArrayList<>();
    StringBuilder state = new StringBuilder();
    judged.forEach((item, judgement) -> {
      state.append(item.id()).append(' ').append(judgement.verdict());
      if (judgement instanceof Judgement.Ready ready) {
        lines.add(line(lines.size() + 1, ready.draft(), officer.chinese()));
        state.append(' ').append(HexFormat.of().formatHex(ready.digest()));
      }
      state.append('\n');
    });
    return new Draft(
            new Texts("送出離線處理", "Send in what was done without a network"),
            lines,
            state.toString(),
            "bundle:" + judged.size(),
            Optional.empty())
        .with(chinese -> report(judged, chinese));
  }

  /** An item's whole draft in one line. */
  private static Line line(int number, Draft draft, boolean chinese) {
    String values =
        draft.lines().stream()
            .map(line -> line.label().in(chinese) + ' ' + line.value())
            .collect(Collectors.joining(" · "));
    return new Line(
        new Texts(number + ". " + draft.title().zh(), number + ". " + draft.title().en()), values);
  }

  private static List<Map<String, Object>> report(Map<Item, Judgement> judged, boolean chinese) {
    List<Map<String, Object>> report = new ArrayList<>();
    judged.forEach((item, judgement) -> {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("id", item.id());
      told.put("verdict", judgement.verdict());
      told.putAll(judgement.told(chinese));
      report.add(told);
    });
    return report;
  }

  @Override
  public Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    UUID bundle = ids.next();
    UUID account = officer.session().account();
    FieldStore.In store = new FieldStore.In(tx);
    store.add(bundle, account, officer.session().id());
    int items = 0;
    for (Map.Entry<Item, Judgement> one : judged(tx, officer, Item.of(input)).entrySet()) {
      byte[] shown = one.getValue() instanceof Judgement.Ready ready ? ready.digest() : null;
      store.add(bundle, account, one.getKey(), shown);
      items++;
    }
    return Map.of("bundle", bundle, "items", items);
  }
}
