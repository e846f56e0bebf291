package tongguan.field;

import java.util.LinkedHashMap;
import java.util.Map;
import tongguan.access.operation.Deferrable;
import tongguan.access.operation.Draft;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;

/** What becomes of an item as the record stands now. */
sealed interface Judgement {
  String MOVED = "moved-meanwhile";

  /** It can be done, and this is what it comes to. */
  record Ready(Deferrable operation, Map<String, String> parameters, Draft draft, byte[] digest)
      implements Judgement {}

  /** It was done already, under the same id. */
  record Done(String answer) implements Judgement {}

  /** The record is not what the officer saw: not done, and shown beside what was assumed. */
  record Conflict(String code, Texts title, String version, Map<String, Object> now)
      implements Judgement {
    static Conflict moved(Deferrable.Basis basis) {
      return new Conflict(
          MOVED,
          new Texts("離線期間此案已有異動。", "The record has changed since."),
          basis.version(),
          basis.now());
    }

    static Conflict taken(Deferrable.Basis basis) {
      return new Conflict(
          "act-pending",
          new Texts(
              "此報單另有處理尚待通關系統回覆。",
              "Another act on this declaration waits for the core system's answer."),
          basis.version(),
          basis.now());
    }
  }

  /** It can never be done as it is. */
  record Refused(String code, Texts title) implements Judgement {
    static Refused of(Problem problem) {
      return new Refused(problem.code(), problem.title());
    }
  }

  default String verdict() {
    return switch (this) {
      case Ready ready -> "ready";
      case Done done -> "done";
      case Conflict conflict -> "conflict";
      case Refused refused -> "refused";
    };
  }

  /** What the officer is told of it. */
  default Map<String, Object> told(boolean chinese) {
    Map<String, Object> told = new LinkedHashMap<>();
    switch (this) {
      case Ready ready -> told.put("title", ready.draft().title().in(chinese));
      case Done done -> {}
      case Conflict conflict -> {
        told.put("code", conflict.code());
        told.put("title", conflict.title().in(chinese));
        told.put("version", conflict.version());
        told.put("now", conflict.now());
      }
      case Refused refused -> {
        told.put("code", refused.code());
        told.put("title", refused.title().in(chinese));
      }
    }
    return told;
  }
}
