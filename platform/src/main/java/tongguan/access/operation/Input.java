package tongguan.access.operation;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tools.jackson.databind.JsonNode;

/** Reads what a person sent: a JSON object and its members, each with what was expected of it. */
public final class Input {
  private Input() {}

  public static JsonNode of(Call call) {
    try {
      JsonNode body = Json.read(call.body());
      if (body.isObject()) {
        return body;
      }
      throw refused("(body)", "object");
    } catch (Json.Malformed malformed) {
      throw Problem.badRequest("malformed-json", "內容不是有效的 JSON。", "The body is not valid JSON.")
          .with("offset", malformed.offset());
    }
  }

  public static Problem refused(String member, String expected) {
    return Problem.badRequest(
            "input", "輸入內容不符。", "A member of the input is missing or not as expected.")
        .with("member", member)
        .with("expected", expected);
  }

  /** An id of ours, or the problem that says there is no such thing. */
  public static UUID id(String text, Supplier<Problem> unknown) {
    try {
      if (text.length() == 36) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException notAnId) {
      // answered below
    }
    throw unknown.get();
  }

  /** A text just as it was typed, of whatever characters. */
  public static String raw(JsonNode input, String member, int most) {
    JsonNode node = input.path(member);
    if (!node.isString() || node.stringValue().isEmpty() || node.stringValue().length() > most) {
      throw refused(member, "text of 1 to " + most + " characters");
    }
    return node.stringValue();
  }

  /** A text of at most so many characters that is not blank, without control characters. */
  public static String text(JsonNode input, String member, int most) {
    return optionalText(input, member, most)
        .orElseThrow(() -> refused(member, "text of 1 to " + most + " characters"));
  }

  public static Optional<String> optionalText(JsonNode input, String member, int most) {
    JsonNode node = input.path(member);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isString()
        || node.stringValue().length() > most
        || node.stringValue().chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
      throw refused(member, "text of 1 to " + most + " characters");
    }
    return Optional.of(node.stringValue().strip()).filter(text -> !text.isEmpty());
  }

  public static String reason(JsonNode input) {
    return text(input, "reason", Limits.REASON_CHARACTERS);
  }

  public static int number(JsonNode input, String member, int least, int most) {
    JsonNode node = input.path(member);
    if (!node.isInt() || node.intValue() < least || node.intValue() > most) {
      throw refused(member, "number from " + least + " to " + most);
    }
    return node.intValue();
  }

  public static boolean flag(JsonNode input, String member) {
    if (!input.path(member).isBoolean()) {
      throw refused(member, "true or false");
    }
    return input.path(member).booleanValue();
  }

  static byte[] hex(JsonNode input, String member, int bytes) {
    String text = text(input, member, bytes * 2);
    if (!text.matches("[0-9a-f]{" + bytes * 2 + "}")) {
      throw refused(member, bytes * 2 + " hexadecimal digits");
    }
    return HexFormat.of().parseHex(text);
  }
}
