package tongguan.base;

import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON in and out, with one set of limits for all that comes from outside: depth, lengths of
 * numbers and names, no key twice, nothing behind the end.
 */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.JSON_DEPTH)
                  .maxNumberLength(Limits.JSON_NUMBER_CHARACTERS)
                  .maxStringLength(Limits.JSON_STRING_CHARACTERS)
                  .maxNameLength(Limits.JSON_NAME_CHARACTERS)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** Thread-safe; for writing and for records of our own. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Json() {}

  /**
   * Text that is not JSON, or is beyond the limits: where it went wrong and what is wrong with it.
   */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private final long offset;

    Malformed(String what, long offset) {
      super(what, null, false, false);
      this.offset = offset;
    }

    /** Characters from the start of the text, or -1 when the parser cannot say. */
    public long offset() {
      return offset;
    }
  }

  public static JsonNode read(byte[] utf8) throws Malformed {
    try {
      return present(MAPPER.readTree(utf8));
    } catch (JacksonException malformed) {
      throw malformed(malformed);
    }
  }

  public static JsonNode read(InputStream utf8) throws Malformed {
    try {
      return present(MAPPER.readTree(utf8));
    } catch (JacksonException malformed) {
      throw malformed(malformed);
    }
  }

  public static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  public static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  private static JsonNode present(JsonNode node) throws Malformed {
    if (node.isMissingNode()) {
      throw new Malformed("no JSON value", 0);
    }
    return node;
  }

  private static Malformed malformed(JacksonException e) {
    long offset =
        e.getLocation() == null
            ? -1
            : Math.max(e.getLocation().getCharOffset(), e.getLocation().getByteOffset());
    return new Malformed(e.getOriginalMessage(), offset);
  }
}
