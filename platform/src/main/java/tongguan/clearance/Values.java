package tongguan.clearance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.base.Limits;
import tongguan.base.Problem.Texts;
import tongguan.record.Channel;
import tools.jackson.databind.JsonNode;

/**
 * What an act carries with it: read from the input member by member, so that nothing else gets
 * through, shown to the officer, and sent to the core system.
 *
 * @param json members in a fixed order
 * @param lines the same in words
 */
record Values(Map<String, Object> json, List<Line> lines) {
  private static final Texts REASON = new Texts("理由", "Reason");
  private static final BigDecimal LARGEST = new BigDecimal("999999999999.99");

  static Values of(Act act, JsonNode input, Standing now) {
    Reader reader = new Reader(input);
    switch (act) {
      case ACCEPT, RELEASE -> {}
      case REVIEW_DOCUMENTS -> reader.remark();
      case GIVE_CHANNEL -> reader.channel(0, 4);
      case RAISE_CHANNEL -> {
        reader.channel(Course.rank(now) + 1, 4);
        reader.reason();
      }
      case LOWER_CHANNEL -> {
        reader.channel(0, Course.rank(now) - 1);
        reader.reason();
      }
      case ASK_DOCUMENTS -> reader.documents();
      case ASSIGN_EXAMINATION -> reader.method();
      case RECORD_EXAMINATION -> reader.examination();
      case VALUE -> reader.value();
      case ASSESS_DUTY -> reader.taxes();
      case LIFT_HOLD -> {
        reader.text("hold", new Texts("管制編號", "Hold"), 40);
        reader.reason();
      }
      case REJECT,
          EXAMINE_BY_HAND,
          EXAMINE_AGAIN,
          ASK_CORRECTION,
          HOLD,
          SEIZE,
          SEND_BACK,
          CANCEL_RELEASE,
          LODGE_APPEAL,
          DISMISS_APPEAL,
          GRANT_APPEAL ->
          reader.reason();
    }
    return new Values(reader.json, List.copyOf(reader.lines));
  }

  private static final class Reader {
    final Map<String, Object> json = new LinkedHashMap<>();
    final List<Line> lines = new ArrayList<>();
    private final JsonNode input;

    Reader(JsonNode input) {
      this.input = input;
    }

    private void put(String member, Texts label, Object value) {
      json.put(member, value);
      lines.add(new Line(label, value.toString()));
    }

    void reason() {
      put("reason", REASON, Input.reason(input));
    }

    void remark() {
      Input.optionalText(input, "remark", Limits.REASON_CHARACTERS)
          .ifPresent(text -> put("remark", new Texts("備註", "Remark"), text));
    }

    void text(String member, Texts label, int most) {
      put(member, label, Input.text(input, member, most));
    }

    /** One of the channels as strict as from {@code least} to {@code most}. */
    void channel(int least, int most) {
      String wish = Input.text(input, "channel", 3);
      List<Channel> fitting =
          List.of(Channel.C1, Channel.C2, Channel.C3M, Channel.C3X).stream()
              .filter(channel -> strictness(channel) >= least && strictness(channel) <= most)
              .toList();
      Channel channel =
          fitting.stream()
              .filter(one -> one.name().equals(wish))
              .findFirst()
              .orElseThrow(() -> Input.refused("channel", "one of " + fitting));
      put("channel", new Texts("通關方式", "Channel"), channel.name());
    }

    private static int strictness(Channel channel) {
      return switch (channel) {
        case C1 -> 1;
        case C2 -> 2;
        case C3, C3M, C3X -> 3;
      };
    }

    void documents() {
      List<Map<String, Object>> missing = new ArrayList<>();
      for (JsonNode one : rows("documents", 20)) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("code", Input.text(one, "code", 20));
        Input.optionalText(one, "text", 200).ifPresent(text -> document.put("text", text));
        missing.add(document);
        lines.add(
            new Line(
                new Texts("應補文件", "Missing document"),
                String.join(" ", document.values().stream().map(Object::toString).toList())));
      }
      json.put("documents", missing);
    }

    void method() {
      String method = Input.text(input, "method", 1);
      if (!List.of("M", "X").contains(method)) {
        throw Input.refused("method", "M (by hand) or X (by X-ray)");
      }
      put("method", new Texts("查驗方式", "Method"), method);
      remark();
    }

    void examination() {
      String result = Input.text(input, "result", 20);
      if (!List.of("clear", "discrepancy", "sampled").contains(result)) {
        throw Input.refused("result", "clear, discrepancy or sampled");
      }
      put("result", new Texts("查驗結果", "Result"), result);
      put(
          "packagesOpened",
          new Texts("開驗件數", "Packages opened"),
          Input.number(input, "packagesOpened", 0, 1_000_000));
      List<Map<String, Object>> findings = new ArrayList<>();
      if (!input.path("findings").isMissingNode()) {
        for (JsonNode one : rows("findings", 50)) {
          Map<String, Object> finding = new LinkedHashMap<>();
          finding.put("code", Input.text(one, "code", 20));
          finding.put("text", Input.text(one, "text", Limits.REASON_CHARACTERS));
          findings.add(finding);
          lines.add(
              new Line(
                  new Texts("發現", "Finding"), finding.get("code") + " " + finding.get("text")));
        }
      }
      if (result.equals("discrepancy") && findings.isEmpty()) {
        throw Input.refused("findings", "what is not as declared");
      }
      json.put("findings", findings);
      remark();
    }

    void value() {
      put("amount", new Texts("完稅價格", "Customs value"), amount(input, "amount"));
      put("currency", new Texts("幣別", "Currency"), currency());
      remark();
    }

    void taxes() {
      BigDecimal total = BigDecimal.ZERO;
      List<Map<String, Object>> taxes = new ArrayList<>();
      for (JsonNode one : rows("taxes", 10)) {
        Map<String, Object> tax = new LinkedHashMap<>();
        BigDecimal amount = amount(one, "amount");
        tax.put("tax", Input.text(one, "tax", 30));
        tax.put("amount", amount);
        taxes.add(tax);
        lines.add(new Line(new Texts("稅目", "Tax"), tax.get("tax") + " " + amount));
        total = total.add(amount);
      }
      json.put("taxes", taxes);
      put("total", new Texts("合計", "Total"), total);
      put("currency", new Texts("幣別", "Currency"), currency());
    }

    private String currency() {
      String currency = Input.optionalText(input, "currency", 3).orElse("TWD");
      if (!currency.matches("[A-Z]{3}")) {
        throw Input.refused("currency", "ISO 4217 code");
      }
      return currency;
    }

    /** An amount of money with at most two decimals, as text or number. */
    private static BigDecimal amount(JsonNode in, String member) {
      JsonNode node = in.path(member);
      String text = node.isString() ? node.stringValue() : node.isNumber() ? node.asString() : "";
      if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,2})?")
          || new BigDecimal(text).compareTo(LARGEST) > 0) {
        throw Input.refused(member, "amount of at most twelve digits and two decimals");
      }
      return new BigDecimal(text);
    }

    private List<JsonNode> rows(String member, int most) {
      JsonNode list = input.path(member);
      if (!list.isArray() || list.isEmpty() || list.size() > most) {
        throw Input.refused(member, "list of 1 to " + most);
      }
      List<JsonNode> rows = new ArrayList<>();
      list.forEach(rows::add);
      return rows;
    }
  }
}
