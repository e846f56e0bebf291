package tongguan.steward.base;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON in and out: bounded, no key twice, nothing behind the end. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(Limits.JSON_DEPTH)
                          .maxStringLength(Limits.JSON_STRING_CHARACTERS)
                          .maxNumberLength(64)
                          .maxNameLength(200)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** Text that is not JSON, is beyond the limits, or is not the object that was expected. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    public Malformed(String what) {
      super(what, null, false, false);
    }
  }

  public static JsonNode read(String text) throws Malformed {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (!node.isObject()) {
        throw new Malformed("not a JSON object");
      }
      return node;
    } catch (JacksonException malformed) {
      throw new Malformed(malformed.getOriginalMessage());
    }
  }

  /** What stands behind a name of the outermost object, letter by letter. */
  public static String raw(String text, String name) throws Malformed {
    try (JsonParser parser = MAPPER.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String found = parser.currentName();
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        if (found.equals(name) && parser.currentToken().isStructEnd()) {
          return text.substring(from, (int) parser.currentLocation().getCharOffset());
        }
      }
      throw new Malformed("no object \"" + name + "\"");
    } catch (JacksonException malformed) {
      throw new Malformed(malformed.getOriginalMessage());
    }
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /** A text that must be there. */
  public static String text(JsonNode object, String name) throws Malformed {
    JsonNode value = object.get(name);
    if (value == null || !value.isString()) {
      throw new Malformed("no text \"" + name + "\"");
    }
    return value.stringValue();
  }

  /** A whole number that must be there. */
  public static long number(JsonNode object, String name) throws Malformed {
    JsonNode value = object.get(name);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new Malformed("no whole number \"" + name + "\"");
    }
    return value.longValue();
  }

  /** A whole number that may be missing. */
  public static long number(JsonNode object, String name, long otherwise) throws Malformed {
    return object.hasNonNull(name) ? number(object, name) : otherwise;
  }
}
