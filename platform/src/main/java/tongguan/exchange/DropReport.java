package tongguan.exchange;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tongguan.base.Json;
import tongguan.base.Problem;
import tools.jackson.databind.JsonNode;

/** What became of a dropped file, for the people who look after the folder; in both languages. */
final class DropReport {
  /** Why a file is not even looked into. */
  enum Drop {
    NO_SUCH_SENDER("沒有此發送系統或已停用", "There is no such sender, or it is disabled"),
    UNKNOWN_NAME("檔名看不出內容種類，請使用", "The name does not say what is in the file; use"),
    UNREADABLE("檔案無法讀取", "The file cannot be read");

    private final String zh;
    private final String en;

    Drop(String zh, String en) {
      this.zh = zh;
      this.en = en;
    }
  }

  private final List<String> complaints = new ArrayList<>();
  private long applied;
  private long known;
  private long quarantined;

  void refuse(Drop why, String detail) {
    complaints.add("%s / %s: %s".formatted(why.zh, why.en, detail));
  }

  void refuse(Problem problem) {
    complaints.add(
        "%s / %s (%s)"
            .formatted(problem.title().in(true), problem.title().in(false), problem.code()));
  }

  /** Adds what the exchange replied to one part of the file. */
  void add(String reply) {
    JsonNode parsed;
    try {
      parsed = Json.read(reply.getBytes(StandardCharsets.UTF_8));
    } catch (Json.Malformed ours) {
      throw new IllegalStateException("the exchange wrote this reply", ours);
    }
    applied += parsed.path("applied").longValue();
    known += parsed.path("known").longValue();
    quarantined += parsed.path("quarantined").longValue();
    for (JsonNode message : parsed.path("messages")) {
      if (message.path("outcome").asString("").equals("quarantined")) {
        complaints.add(
            "%s  %s %s  %s  [%s]"
                .formatted(
                    message.path("id").asString(""),
                    message.path("kind").asString("?"),
                    message.path("reference").asString(""),
                    message.at("/reason/text").asString(""),
                    message.at("/reason/where").asString("")));
      }
    }
  }

  boolean isClean() {
    return complaints.isEmpty();
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "已套用 applied %d · 已知 known %d · 隔離 quarantined %d%n%s%n",
        applied,
        known,
        quarantined,
        String.join("\n", complaints));
  }
}
