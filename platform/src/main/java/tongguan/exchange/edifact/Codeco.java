package tongguan.exchange.edifact;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongguan.record.MovementKind;

/**
 * CODECO, container gate report: containers that came into a terminal or depot, or left it. The
 * numbers 34 and 36 are what terminals' guides use, 109 and 111 what UN/EDIFACT's list 1001 says.
 */
final class Codeco {
  private static final Map<String, MovementKind> DOCUMENTS =
      Map.of(
          "34", MovementKind.GATE_IN,
          "109", MovementKind.GATE_IN,
          "36", MovementKind.GATE_OUT,
          "111", MovementKind.GATE_OUT);

  private Codeco() {}

  static void read(Telling telling) {
    telling.expectDocument(DOCUMENTS.keySet(), true);
    MovementKind movement = DOCUMENTS.get(telling.bgm().value(1));
    if (movement != null) {
      new MovementReport(telling, movement, Codeco::place).read();
    }
  }

  private static @Nullable String place(Segment loc) {
    return loc.isQualified("165") ? Places.terminal(loc) : null;
  }
}
