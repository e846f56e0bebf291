package tongguan.exchange.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A schema's rule in signs that are read alike in every language and stand well in a sentence: "≤
 * 35", "A–Z ×2", "gate-in, gate-out".
 */
final class Expected {
  /** One piece of our patterns: a class of characters and how many of them. */
  private static final Pattern PIECE =
      Pattern.compile("\\[((?:[^\\]\\\\]|\\\\.)+)\\](?:\\{(\\d+)(?:,(\\d+))?\\})?");

  private static final Pattern RANGE = Pattern.compile("(\\w)-(\\w)");

  /** What a pattern cannot be taken apart for, and what a format means, is shown. */
  private static final Map<String, String> SHOWN =
      Map.ofEntries(
          Map.entry("^[\\x21-\\x7e]{1,35}$", "ASCII ×1–35"),
          Map.entry("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "YYYY-MM-DD"),
          Map.entry("^[0-9]{1,11}(\\.[0-9]{1,6})?$", "0.000000–99999999999.999999"),
          Map.entry("moment", "YYYY-MM-DDThh:mm:ss+08:00 (1980–2099)"),
          Map.entry("day", "YYYY-MM-DD (1980–2099)"),
          Map.entry("container-number", "CSQU3054383 (ISO 6346)"),
          Map.entry("declaration-number", "AA/BC/15/1234/5678"),
          Map.entry("bill-number", "COSU6123456780, 695-12345675"),
          Map.entry("imo-number", "9074729 (IMO)"),
          Map.entry("flight", "CI61"));

  private Expected() {}

  static String of(String keyword, JsonNode rule) {
    String text = rule.asString("");
    return switch (keyword) {
      case "minimum", "minLength", "minItems" -> "≥ " + rule;
      case "maximum", "maxLength", "maxItems" -> "≤ " + rule;
      case "exclusiveMaximum" -> "< " + rule;
      case "pattern" -> SHOWN.containsKey(text) ? SHOWN.get(text) : pattern(text);
      case "format" -> SHOWN.getOrDefault(text, text);
      default -> rule.isArray() ? list(rule) : text.isEmpty() ? rule.toString() : text;
    };
  }

  private static String list(JsonNode values) {
    StringJoiner list = new StringJoiner(", ");
    values.forEach(value -> list.add(value.asString()));
    return list.toString();
  }

  /** "A–Z ×2 + A–Z 0–9 ×3" for {@code ^[A-Z]{2}[A-Z0-9]{3}$}; as it is where it has other parts. */
  static String pattern(String pattern) {
    List<String> pieces = new ArrayList<>();
    String body = pattern.substring(1, pattern.length() - 1);
    Matcher piece = PIECE.matcher(body);
    int at = 0;
    while (piece.lookingAt()) {
      pieces.add(characters(piece.group(1)) + times(piece.group(2), piece.group(3)));
      at = piece.end();
      piece.region(at, body.length());
    }
    return at == body.length() ? String.join(" + ", pieces) : pattern;
  }

  private static String characters(String set) {
    StringJoiner shown = new StringJoiner(" ");
    Matcher range = RANGE.matcher(set);
    range.results().forEach(each -> shown.add(each.group(1) + '–' + each.group(2)));
    range.reset().replaceAll("").chars().forEach(c -> shown.add(Character.toString(c)));
    return shown.toString();
  }

  private static String times(String least, String most) {
    if (least == null) {
      return " ×1";
    }
    return " ×" + least + (most == null ? "" : '–' + most);
  }
}
