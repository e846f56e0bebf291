package tongguan.examination;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.base.Limits;
import tongguan.base.Problem.Texts;
import tools.jackson.databind.JsonNode;

/** Reads the parts of a {@link Form} one after the other, and gathers what is not as declared. */
final class Findings {
  private static final Set<String> MARKS = Set.of("as-declared", "other", "none", "not-checked");
  private static final Set<String> SUSPICIONS = Set.of("none", "suspected", "not-checked");
  private static final Set<String> SPECIES =
      Set.of("none", "suspected", "permit-seen", "not-checked");
  private static final Set<String> KINDS =
      Set.of("description", "code", "quantity", "weight", "value", "origin", "undeclared", "other");

  final Map<String, Object> json = new LinkedHashMap<>();
  final List<Line> lines = new ArrayList<>();
  final List<Form.Finding> findings = new ArrayList<>();
  private final JsonNode input;
  private final Declared declared;

  Findings(JsonNode input, Declared declared) {
    this.input = input;
    this.declared = declared;
  }

  void put(String member, Texts label, Object value) {
    json.put(member, value);
    lines.add(new Line(label, value.toString()));
  }

  private void show(Texts label, Map<String, Object> part) {
    lines.add(
        new Line(label, String.join(" ", part.values().stream().map(Object::toString).toList())));
  }

  private void found(String code, String text) {
    findings.add(new Form.Finding(code, text));
  }

  /** A sample that goes to the laboratory. */
  void sample() {
    JsonNode node = input.path("sample");
    if (node.isMissingNode() || node.isNull()) {
      return;
    }
    Map<String, Object> sample = new LinkedHashMap<>();
    sample.put("number", Input.text(node, "number", 40));
    sample.put("quantity", quantity(node, "quantity"));
    sample.put("unit", Input.text(node, "unit", 10));
    Input.optionalText(node, "purpose", 200).ifPresent(text -> sample.put("purpose", text));
    json.put("sample", sample);
    show(new Texts("取樣", "Sample"), sample);
  }

  /** What was counted, weighed or measured of a line; the difference is ours to compute. */
  void quantities() {
    List<Map<String, Object>> counted = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (JsonNode one : rows(input, "quantities", Limits.FINDINGS)) {
      int line = Input.number(one, "line", 1, 9999);
      Declared.Item item =
          declared
              .line(line)
              .orElseThrow(() -> Input.refused("quantities.line", "line of the declaration"));
      if (!seen.add(line)) {
        throw Input.refused("quantities.line", "each line once");
      }
      counted.add(counted(item, one));
    }
    if (!counted.isEmpty()) {
      json.put("quantities", counted);
    }
  }

  private Map<String, Object> counted(Declared.Item item, JsonNode one) {
    BigDecimal found = quantity(one, "found");
    String unit = Input.text(one, "unit", 10);
    Map<String, Object> counted = new LinkedHashMap<>();
    counted.put("line", item.line());
    counted.put("found", found);
    counted.put("unit", unit);
    String shown = "#" + item.line() + " " + found.toPlainString() + " " + unit;
    if (item.quantity() != null && unit.equals(item.unit())) {
      BigDecimal difference = found.subtract(item.quantity());
      counted.put("declared", item.quantity());
      counted.put("difference", difference);
      if (difference.signum() != 0) {
        shown += " (" + signed(difference) + ")";
        found("QUANTITY", shown);
      }
    }
    lines.add(new Line(new Texts("查得數量", "Quantity found"), shown));
    return counted;
  }

  static String signed(BigDecimal difference) {
    return (difference.signum() > 0 ? "+" : "") + difference.toPlainString();
  }

  /** Marks of origin on goods and packing. */
  void origin() {
    JsonNode node = input.path("origin");
    String marks = one(node, "origin", "marks", MARKS);
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("marks", marks);
    if (marks.equals("other")) {
      String country = Input.text(node, "country", 2);
      if (!country.matches("[A-Z]{2}")) {
        throw Input.refused("origin.country", "ISO 3166 code of two letters");
      }
      origin.put("country", country);
    }
    Input.optionalText(node, "text", 200).ifPresent(text -> origin.put("text", text));
    json.put("origin", origin);
    show(new Texts("產地標示", "Marks of origin"), origin);
    if (marks.equals("other")) {
      found("ORIGIN", "marked " + origin.get("country"));
    }
  }

  /** Goods that may bear a right of somebody else. */
  void intellectualProperty() {
    JsonNode node = input.path("intellectualProperty");
    String outcome = one(node, "intellectualProperty", "outcome", SUSPICIONS);
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("outcome", outcome);
    if (outcome.equals("suspected")) {
      property.put("right", Input.text(node, "right", 200));
      found("IPR", "suspected: " + property.get("right"));
    }
    json.put("intellectualProperty", property);
    show(new Texts("智慧財產權", "Intellectual property"), property);
  }

  /** Species of the Washington convention, and what is made of them. */
  void cites() {
    JsonNode node = input.path("cites");
    String outcome = one(node, "cites", "outcome", SPECIES);
    Map<String, Object> cites = new LinkedHashMap<>();
    cites.put("outcome", outcome);
    if (outcome.equals("suspected") || outcome.equals("permit-seen")) {
      cites.put("species", Input.text(node, "species", 200));
    }
    if (outcome.equals("permit-seen")) {
      cites.put("permit", Input.text(node, "permit", 60));
    }
    if (outcome.equals("suspected")) {
      found("CITES", "suspected: " + cites.get("species"));
    }
    json.put("cites", cites);
    show(new Texts("華盛頓公約物種", "CITES"), cites);
  }

  /** Whatever else is not as declared, and what it is worth. */
  void discrepancies() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (JsonNode one : rows(input, "discrepancies", Limits.FINDINGS)) {
      Map<String, Object> discrepancy = new LinkedHashMap<>();
      String kind = one(one, "discrepancies", "kind", KINDS);
      discrepancy.put("kind", kind);
      if (!one.path("line").isMissingNode()) {
        int line = Input.number(one, "line", 1, 9999);
        if (declared.line(line).isEmpty()) {
          throw Input.refused("discrepancies.line", "line of the declaration");
        }
        discrepancy.put("line", line);
      }
      discrepancy.put("text", Input.text(one, "text", Limits.REASON_CHARACTERS - 100));
      BigDecimal amount = decimal(one, "amount", "[0-9]{1,12}(\\.[0-9]{1,2})?");
      String currency = Input.text(one, "currency", 3);
      if (!currency.matches("[A-Z]{3}")) {
        throw Input.refused("discrepancies.currency", "ISO 4217 code");
      }
      discrepancy.put("amount", amount);
      discrepancy.put("currency", currency);
      all.add(discrepancy);
      show(new Texts("不符事項", "Discrepancy"), discrepancy);
      found(
          kind.toUpperCase(java.util.Locale.ROOT),
          discrepancy.get("text") + " " + amount.toPlainString() + " " + currency);
    }
    if (!all.isEmpty()) {
      json.put("discrepancies", all);
    }
  }

  void remark() {
    Input.optionalText(input, "remark", Limits.REASON_CHARACTERS)
        .ifPresent(text -> put("remark", new Texts("備註", "Remark"), text));
  }

  private static String one(JsonNode in, String part, String member, Set<String> known) {
    String word = in.path(member).stringValue("");
    if (!known.contains(word)) {
      throw Input.refused(part + "." + member, "one of " + known.stream().sorted().toList());
    }
    return word;
  }

  private static BigDecimal quantity(JsonNode in, String member) {
    return decimal(in, member, "[0-9]{1,9}(\\.[0-9]{1,6})?");
  }

  /** A number as text, so that it comes as it was typed. */
  private static BigDecimal decimal(JsonNode in, String member, String form) {
    String text = in.path(member).stringValue("");
    if (!text.matches(form)) {
      throw Input.refused(member, "decimal number as text, of the form " + form);
    }
    return new BigDecimal(text);
  }

  /** Empty where the member is not there. */
  static List<JsonNode> rows(JsonNode input, String member, int most) {
    JsonNode list = input.path(member);
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    if (!list.isArray() || list.size() > most) {
      throw Input.refused(member, "list of at most " + most);
    }
    List<JsonNode> rows = new ArrayList<>();
    list.forEach(rows::add);
    return rows;
  }
}
