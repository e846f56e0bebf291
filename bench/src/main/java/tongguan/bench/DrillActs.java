package tongguan.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/** What the drill's officers do, of what the platform says may be done. */
final class DrillActs {
  /** Those that do not end a declaration for good, so that there is always something to do. */
  private static final List<String> DONE =
      List.of(
          "accept",
          "give-channel",
          "review-documents",
          "assign-examination",
          "record-examination",
          "examine-again",
          "value",
          "assess-duty",
          "hold",
          "lift-hold",
          "release",
          "cancel-release",
          "lodge-appeal",
          "dismiss-appeal",
          "grant-appeal");

  private DrillActs() {}

  static boolean isApproval(JsonNode next, String act) {
    for (JsonNode one : next.path("acts")) {
      if (one.path("act").stringValue("").equals(act)) {
        return one.path("need").stringValue("").equals("clearance.approve");
      }
    }
    return false;
  }

  /** Each possible act with values that fit. */
  static List<Map<String, Object>> possible(JsonNode next, SplittableRandom random) {
    List<Map<String, Object>> wishes = new ArrayList<>();
    for (JsonNode one : next.path("acts")) {
      String act = one.path("act").stringValue("");
      boolean seldom = act.equals("hold") && random.nextInt(4) > 0;
      if (one.path("possible").asBoolean() && DONE.contains(act) && !seldom) {
        Map<String, Object> wish = new HashMap<>(values(act, next, random));
        wish.put("act", act);
        wishes.add(wish);
      }
    }
    return wishes;
  }

  private static Map<String, Object> values(String act, JsonNode next, SplittableRandom random) {
    return switch (act) {
      case "give-channel" ->
          Map.of("channel", List.of("C1", "C2", "C3M", "C3X").get(random.nextInt(4)));
      case "assign-examination" -> Map.of("method", "M");
      case "record-examination" -> Map.of("result", "clear", "packagesOpened", 1);
      case "value" -> Map.of("amount", "1000");
      case "assess-duty" -> Map.of("taxes", List.of(Map.of("tax", "duty", "amount", "50")));
      case "lift-hold" ->
          Map.of("hold", next.at("/holds/0/reference").stringValue("-"), "reason", "drill");
      case "hold",
          "examine-again",
          "cancel-release",
          "lodge-appeal",
          "dismiss-appeal",
          "grant-appeal" ->
          Map.of("reason", "drill");
      default -> Map.of();
    };
  }
}
