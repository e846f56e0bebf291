package tongguan.exchange.json;

import com.networknt.schema.Error;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tongguan.exchange.message.Rejection;
import tools.jackson.databind.JsonNode;

/** What a schema says is wrong, in the words of a rejection. */
final class SchemaFault {
  private SchemaFault() {}

  static Rejection of(Error error) {
    String where = error.getInstanceLocation().toString();
    String property = error.getProperty();
    return switch (error.getKeyword()) {
      case "required" -> Rejection.at(child(where, property), "missing", null, null);
      case "additionalProperties" ->
          Rejection.at(child(where, property), "unknown-field", property, null);
      case "type" -> Rejection.at(where, "wrong-type", value(error), expected(error));
      case "enum", "const" -> Rejection.at(where, "not-allowed", value(error), expected(error));
      case "minimum", "maximum", "exclusiveMaximum" ->
          Rejection.at(where, "number-out-of-range", value(error), expected(error));
      case "maxLength", "minLength", "maxItems", "minItems" ->
          Rejection.at(where, "wrong-length", null, expected(error));
      default -> Rejection.at(where, "wrong-form", value(error), expected(error));
    };
  }

  private static String child(String where, @Nullable String property) {
    return property == null ? where : where + '/' + JsonText.escaped(property);
  }

  private static @Nullable String value(Error error) {
    JsonNode node = error.getInstanceNode();
    return node == null ? null : node.isContainer() ? typeOf(node) : node.asString();
  }

  private static String typeOf(JsonNode node) {
    return node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String expected(Error error) {
    JsonNode rule = error.getSchemaNode();
    return rule == null ? null : Expected.of(error.getKeyword(), rule);
  }
}
