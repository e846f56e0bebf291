package tongguan.access.radius;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Cursor;

/**
 * Which rows of a list that is ordered by time, newest first.
 *
 * @param at and id: the row that the page comes after
 * @param limit how many are shown
 */
record Page(Instant at, UUID id, int limit) {
  /** Later than everything that a list can hold. */
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

  static Page of(Call call) {
    String text = call.query("limit").orElse(String.valueOf(Limits.PAGE_DEFAULT));
    if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1) {
      throw Problem.badRequest("parameter", "查詢參數無效。", "A query parameter is not valid.")
          .with("parameter", "limit");
    }
    int limit = Math.min(Integer.parseInt(text), Limits.PAGE_LARGEST);
    return call.query("after")
        .map(after -> after(after, limit))
        .orElseGet(() -> new Page(END_OF_TIME, new UUID(-1, -1), limit));
  }

  private static Page after(String cursor, int limit) {
    List<String> place = Cursor.parse(cursor, 2);
    try {
      return new Page(Instant.parse(place.get(0)), UUID.fromString(place.get(1)), limit);
    } catch (DateTimeParseException | IllegalArgumentException forged) {
      throw Problem.badRequest(
              "cursor", "分頁游標無效，請重新查詢。", "The page cursor is not valid; start the list again.")
          .with("parameter", "after");
    }
  }

  /** One more than is shown tells whether there is a next page. */
  int rows() {
    return limit + 1;
  }
}
