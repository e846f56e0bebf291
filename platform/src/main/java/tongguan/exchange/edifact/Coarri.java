package tongguan.exchange.edifact;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongguan.record.MovementKind;

/**
 * COARRI, discharge and loading report: containers that a crane took off a vessel or put on it. 44
 * and 46 are SMDG's and ITIGG's numbers, 98 and 270 those of many terminal systems, 119 and 122
 * UN/EDIFACT's list 1001.
 */
final class Coarri {
  private static final Map<String, MovementKind> DOCUMENTS =
      Map.of(
          "44", MovementKind.DISCHARGE,
          "98", MovementKind.DISCHARGE,
          "119", MovementKind.DISCHARGE,
          "46", MovementKind.LOAD,
          "270", MovementKind.LOAD,
          "122", MovementKind.LOAD);

  private Coarri() {}

  static void read(Telling telling) {
    telling.expectDocument(DOCUMENTS.keySet(), true);
    MovementKind movement = DOCUMENTS.get(telling.bgm().value(1));
    if (movement == MovementKind.DISCHARGE) {
      new MovementReport(telling, movement, Coarri::placeOfDischarge).read();
    } else if (movement != null) {
      new MovementReport(telling, movement, Coarri::placeOfLoading).read();
    }
  }

  private static @Nullable String placeOfDischarge(Segment loc) {
    return loc.isQualified("165") || Places.isDischarge(loc) ? Places.terminal(loc) : null;
  }

  private static @Nullable String placeOfLoading(Segment loc) {
    return loc.isQualified("165") || Places.isLoading(loc) ? Places.terminal(loc) : null;
  }
}
