package tongguan.base.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tongguan.base.Json;
import tongguan.base.Problem;
import tools.jackson.databind.JsonNode;

/**
 * Where the next page of a list begins: the sort values of the last row, opaque to clients. It
 * holds nothing that the client has not seen, and its values are bound as parameters, so a forged
 * one only asks for another place in the list.
 */
public final class Cursor {
  private Cursor() {}

  public static String of(List<String> sortValues) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(sortValues));
  }

  /**
   * @throws Problem when the text is not a cursor with that many values
   */
  public static List<String> parse(String text, int values) {
    try {
      JsonNode node =
          Json.read(
              new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)
                  .getBytes(StandardCharsets.UTF_8));
      if (node.isArray()
          && node.size() == values
          && node.valueStream().allMatch(JsonNode::isString)) {
        return node.valueStream().map(JsonNode::stringValue).toList();
      }
    } catch (IllegalArgumentException | Json.Malformed notACursor) {
      // answered below like every other text that is not a cursor
    }
    throw Problem.badRequest(
            "cursor", "分頁游標無效，請重新查詢。", "The page cursor is not valid; start the list again.")
        .with("parameter", "after");
  }
}
