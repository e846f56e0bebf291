package tongguan.fleet;

import tongguan.base.Json;
import tongguan.base.Limits;
import tools.jackson.databind.JsonNode;

/**
 * A signature as it was drawn on a screen: strokes of points within a square of 1000, as {@code
 * [[[x,y],...],...]}.
 */
public record Signature(String json) {
  private static final int SIDE = 1000;

  /** At least one stroke that is more than a dot. */
  public static Parsed<Signature> parse(JsonNode strokes) {
    int points = 0;
    boolean drawn = false;
    boolean good = strokes.isArray() && strokes.size() <= Limits.SIGNATURE_STROKES;
    for (JsonNode stroke : strokes) {
      good &= stroke.isArray() && !stroke.isEmpty() && areWithin(stroke);
      points += stroke.size();
      drawn |= stroke.size() > 1;
    }
    return good && drawn && points <= Limits.SIGNATURE_POINTS
        ? new Parsed.Good<>(new Signature(Json.text(strokes)))
        : Parsed.bad(
            "手寫簽名：至少一筆，座標 0 至 1000，至多 %d 筆、%d 點"
                .formatted(Limits.SIGNATURE_STROKES, Limits.SIGNATURE_POINTS),
            "a drawn signature: one stroke or more, coordinates 0 to 1000, at most %d strokes and %d points"
                .formatted(Limits.SIGNATURE_STROKES, Limits.SIGNATURE_POINTS));
  }

  private static boolean areWithin(JsonNode stroke) {
    for (JsonNode point : stroke) {
      if (!point.isArray()
          || point.size() != 2
          || !isWithin(point.get(0))
          || !isWithin(point.get(1))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWithin(JsonNode coordinate) {
    return coordinate.isInt() && coordinate.intValue() >= 0 && coordinate.intValue() <= SIDE;
  }
}
