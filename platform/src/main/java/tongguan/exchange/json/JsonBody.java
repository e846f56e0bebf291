package tongguan.exchange.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongguan.base.Json;
import tongguan.exchange.message.Rejection;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Cuts what was posted into messages, each with exactly its own bytes: one object, an array of
 * objects, or one object a line.
 *
 * @param pieces the messages that could be cut out, good or bad
 * @param rest why the cutting ended early; the last piece then is all from there on
 */
public record JsonBody(List<byte[]> pieces, @Nullable Rejection rest) {

  /** {@code application/x-ndjson}: empty lines are nothing. */
  public static JsonBody ofLines(byte[] body) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '\n') {
        int end = i > start && body[i - 1] == '\r' ? i - 1 : i;
        if (!isBlank(body, start, end)) {
          lines.add(Arrays.copyOfRange(body, start, end));
        }
        start = i + 1;
      }
    }
    return new JsonBody(lines, null);
  }

  /** {@code application/json}. A fault in the middle of an array leaves what stands before it. */
  public static JsonBody of(byte[] body) {
    int first = 0;
    while (first < body.length && isBlank(body, first, first + 1)) {
      first++;
    }
    return first < body.length && body[first] == '['
        ? ofArray(body)
        : new JsonBody(List.of(body), null);
  }

  private static JsonBody ofArray(byte[] body) {
    List<byte[]> pieces = new ArrayList<>();
    int good = 0;
    try (JsonParser parser = Json.MAPPER.createParser(body)) {
      parser.nextToken();
      for (JsonToken token = parser.nextToken();
          token != null && token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        pieces.add(Arrays.copyOfRange(body, start, end));
        good = end;
      }
      if (parser.nextToken() != null) {
        return cutShort(body, pieces, good, "nothing after the array", good);
      }
      return new JsonBody(pieces, null);
    } catch (JacksonException malformed) {
      long offset =
          malformed.getLocation() == null ? good : malformed.getLocation().getByteOffset();
      return cutShort(body, pieces, good, malformed.getOriginalMessage(), offset);
    }
  }

  private static JsonBody cutShort(
      byte[] body, List<byte[]> pieces, int good, String expected, long offset) {
    pieces.add(Arrays.copyOfRange(body, good, body.length));
    return new JsonBody(pieces, new Rejection("not-json", "", null, offset, null, expected));
  }

  private static boolean isBlank(byte[] body, int from, int to) {
    for (int i = from; i < to; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r' && body[i] != '\n') {
        return false;
      }
    }
    return true;
  }
}
