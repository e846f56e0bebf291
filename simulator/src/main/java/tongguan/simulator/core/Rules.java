package tongguan.simulator.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What this system does with an order, and what it will not do, with its own codes. */
final class Rules {
  /** Acts that are one step and nothing more. */
  private static final Map<String, String> PLAIN =
      Map.ofEntries(
          Map.entry("accept", "accepted"),
          Map.entry("reject", "rejected"),
          Map.entry("give-channel", "channel"),
          Map.entry("raise-channel", "channel"),
          Map.entry("lower-channel", "channel"),
          Map.entry("review-documents", "documents-reviewed"),
          Map.entry("examine-by-hand", "channel"),
          Map.entry("value", "valued"),
          Map.entry("ask-correction", "correction-asked"),
          Map.entry("hold", "hold"),
          Map.entry("lift-hold", "hold-lifted"),
          Map.entry("seize", "seized"),
          Map.entry("send-back", "returned"),
          Map.entry("release", "released"),
          Map.entry("cancel-release", "release-cancelled"),
          Map.entry("ask-documents", "documents-asked"),
          Map.entry("assign-examination", "examination-assigned"),
          Map.entry("examine-again", "examination-assigned"),
          Map.entry("record-examination", "examined"),
          Map.entry("assess-duty", "duty-assessed"),
          Map.entry("lodge-appeal", "appealed"),
          Map.entry("dismiss-appeal", "appeal-dismissed"),
          Map.entry("grant-appeal", "appeal-granted"));

  /** What may be done after a release, and with seized goods. */
  private static final Set<String> ALWAYS =
      Set.of("record-examination", "lodge-appeal", "dismiss-appeal", "grant-appeal");

  /** What may be done after a release alone. */
  private static final Set<String> AFTER_RELEASE =
      Set.of("seize", "send-back", "value", "assess-duty");

  /** Acts on the flag for inspection, which no step tells of by itself. */
  private static final Set<String> FLAGS = Set.of("flag", "lift-flag");

  private Rules() {}

  record Refusal(String code, String text) {}

  /** Why not; empty where it may be done. */
  static Optional<Refusal> objection(OrderIn order, Declared known) {
    if (!PLAIN.containsKey(order.act()) && !FLAGS.contains(order.act())) {
      return refuse("E00", "不支援此作業", "an act that this system does not know");
    }
    if (known.seized && !ALWAYS.contains(order.act())) {
      return refuse("E10", "貨物已扣押", "the goods are seized");
    }
    boolean released = Boolean.TRUE.equals(known.released);
    return switch (order.act()) {
      case "release" ->
          Boolean.TRUE.equals(known.held)
              ? refuse("E21", "管制中，不得放行", "on hold, not to be released")
              : known.flagged
                  ? refuse("E24", "已注檢，不得放行", "flagged, not to be released")
                  : released ? refuse("E22", "已放行", "released already") : Optional.empty();
      case "flag" ->
          released
              ? refuse("E22", "已放行", "released already")
              : known.flagged ? refuse("E41", "已注檢", "flagged already") : Optional.empty();
      case "lift-flag" -> known.flagged ? Optional.empty() : refuse("E42", "未注檢", "not flagged");
      case "cancel-release" ->
          Boolean.FALSE.equals(known.released)
              ? refuse("E23", "尚未放行", "not released")
              : Optional.empty();
      case "hold" ->
          Boolean.TRUE.equals(known.held)
              ? refuse("E31", "已在管制中", "on hold already")
              : Optional.empty();
      case "lift-hold" ->
          Boolean.FALSE.equals(known.held)
              ? refuse("E32", "未在管制中", "not on hold")
              : Optional.empty();
      default ->
          released && !ALWAYS.contains(order.act()) && !AFTER_RELEASE.contains(order.act())
              ? refuse("E22", "已放行", "released already")
              : Optional.empty();
    };
  }

  private static Optional<Refusal> refuse(String code, String zh, String en) {
    return Optional.of(new Refusal(code, zh + " (" + en + ")"));
  }

  /** Carries it out: changes what is known and gives what is to be told of it, in order. */
  static List<Happening> carryOut(OrderIn order, Declared known, String reference, Instant now) {
    JsonNode values = order.values();
    ObjectNode more = values.isObject() ? ((ObjectNode) values).deepCopy() : Json.object();
    more.put("reference", reference);
    if (FLAGS.contains(order.act())) {
      return flag(order, known, more, now);
    }
    String step = PLAIN.getOrDefault(order.act(), "accepted");
    apply(known, step);
    List<Happening> told = new ArrayList<>();
    if (step.equals("hold-lifted") && !more.path("hold").asString("").isEmpty()) {
      // A hold is lifted by the number that it was told under.
      more.put("reference", more.path("hold").asString(""));
    }
    if (order.act().equals("examine-by-hand")) {
      more.put("channel", "C3M");
      known.method = "M";
    }
    if (step.equals("examination-assigned")) {
      known.method = more.path("method").asString("M");
      more.put("method", known.method);
      more.put("result", "assigned");
      told.add(new Happening(order.declaration(), "examination", known.next(now), more));
    }
    if (step.equals("examined")) {
      more.put("method", known.method);
      told.add(new Happening(order.declaration(), "examination", known.next(now), more));
    }
    told.add(new Happening(order.declaration(), step, known.next(now), more));
    if (step.equals("duty-assessed")) {
      // Traders of this world pay at once.
      known.last = "duty-paid";
      told.add(new Happening(order.declaration(), "duty-paid", known.next(now), more));
    }
    return told;
  }

  /** Goods that are flagged go to examination at once; papers are looked at where they lie. */
  private static List<Happening> flag(OrderIn order, Declared known, ObjectNode more, Instant now) {
    note(known, order.act());
    String kind = more.path("kind").asString("document");
    if (!known.flagged || kind.equals("document")) {
      return List.of();
    }
    known.method = kind.equals("x-ray") ? "X" : "M";
    more.put("channel", "C3" + known.method).put("method", known.method);
    more.remove("reason");
    ObjectNode assigned = more.deepCopy().put("result", "assigned");
    apply(known, "channel");
    apply(known, "examination-assigned");
    return List.of(
        new Happening(order.declaration(), "channel", known.next(now), more),
        new Happening(order.declaration(), "examination", known.next(now), assigned),
        new Happening(order.declaration(), "examination-assigned", known.next(now), assigned));
  }

  /** What an act changes that no step tells of. */
  static void note(Declared known, String act) {
    if (FLAGS.contains(act)) {
      known.flagged = act.equals("flag");
    }
  }

  /** What of it has to be known for the next order. */
  static void apply(Declared known, String step) {
    known.last = step;
    switch (step) {
      case "hold" -> known.held = true;
      case "hold-lifted" -> known.held = false;
      case "seized" -> known.seized = true;
      case "released" -> known.released = true;
      case "release-cancelled" -> known.released = false;
      case "examined", "documents-reviewed" -> known.flagged = false;
      default -> {}
    }
  }
}
