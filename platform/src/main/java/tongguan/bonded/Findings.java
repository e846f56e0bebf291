package tongguan.bonded;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongguan.access.operation.Input;
import tongguan.base.Limits;
import tongguan.fleet.Parsed;
import tongguan.fleet.Signature;
import tools.jackson.databind.JsonNode;

/**
 * What was found on the spot: each line of the books counted, each question answered, and who of
 * the premises signed for it. Differences are computed here and nowhere else.
 */
record Findings(
    List<Count> counts,
    Map<Question, Answered> checklist,
    @Nullable String remark,
    String signer,
    Signature signature) {

  /** Counted less book; in the item's own unit. */
  record Count(Plan.Item item, BigDecimal counted) {
    BigDecimal difference() {
      return counted.subtract(item.book());
    }
  }

  record Answered(Question.Answer answer, @Nullable String remark) {}

  static String signed(BigDecimal difference) {
    return difference.signum() == 0
        ? "0"
        : (difference.signum() > 0 ? "+" : "") + difference.toPlainString();
  }

  /** {@code conform} where every count is the book's and no question was answered with no. */
  String result() {
    boolean conform =
        counts.stream().allMatch(count -> count.difference().signum() == 0)
            && checklist.values().stream()
                .noneMatch(answered -> answered.answer() == Question.Answer.NO);
    return conform ? "conform" : "discrepancy";
  }

  /** Each count with its item and its difference. */
  List<Map<String, Object>> countsJson() {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Count count : counts) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("code", count.item().code());
      one.put("description", count.item().description());
      one.put("unit", count.item().unit());
      one.put("book", count.item().book());
      one.put("counted", count.counted());
      one.put("difference", count.difference());
      list.add(one);
    }
    return list;
  }

  List<Map<String, Object>> checklistJson() {
    List<Map<String, Object>> list = new ArrayList<>();
    checklist.forEach((question, answered) -> {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("question", question.code());
      one.put("answer", answered.answer().code());
      if (answered.remark() != null) {
        one.put("remark", answered.remark());
      }
      list.add(one);
    });
    return list;
  }

  static Findings of(JsonNode input, List<Plan.Item> items) {
    return new Findings(
        counts(input.path("counts"), items),
        checklist(input.path("checklist")),
        Input.optionalText(input, "remark", Limits.REASON_CHARACTERS).orElse(null),
        Input.text(input, "signer", 60),
        signature(input.path("signature")));
  }

  private static List<Count> counts(JsonNode list, List<Plan.Item> items) {
    Map<String, BigDecimal> counted = new HashMap<>();
    for (JsonNode one : list) {
      String code = Input.text(one, "code", 40);
      if (items.stream().noneMatch(item -> item.code().equals(code))) {
        throw Input.refused("counts.code", "code of the plan: " + code);
      }
      if (counted.put(code, Plan.quantity(one, "counted")) != null) {
        throw Input.refused("counts.code", "each code once: " + code);
      }
    }
    List<Count> counts = new ArrayList<>();
    for (Plan.Item item : items) {
      BigDecimal quantity = counted.get(item.code());
      if (quantity == null) {
        throw Input.refused("counts", "a count of each item; missing: " + item.code());
      }
      counts.add(new Count(item, quantity));
    }
    return List.copyOf(counts);
  }

  private static Map<Question, Answered> checklist(JsonNode list) {
    Map<Question, Answered> answers = new EnumMap<>(Question.class);
    for (JsonNode one : list) {
      Question question =
          Question.of(Input.text(one, "question", 40))
              .orElseThrow(() -> Input.refused("checklist.question", "question of the checklist"));
      Question.Answer answer =
          Question.Answer.of(Input.text(one, "answer", 20))
              .orElseThrow(() -> Input.refused("checklist.answer", "yes, no or not-applicable"));
      @Nullable String remark = Input.optionalText(one, "remark", 200).orElse(null);
      if (answer == Question.Answer.NO && remark == null) {
        throw Input.refused("checklist.remark", "what was seen at " + question.code());
      }
      answers.put(question, new Answered(answer, remark));
    }
    for (Question question : Question.values()) {
      if (!answers.containsKey(question)) {
        throw Input.refused("checklist", "an answer to each question; missing: " + question.code());
      }
    }
    return answers;
  }

  private static Signature signature(JsonNode strokes) {
    return switch (Signature.parse(strokes)) {
      case Parsed.Good<Signature> good -> good.value();
      case Parsed.Bad<Signature> bad -> throw Input.refused("signature", bad.expected().en());
    };
  }
}
