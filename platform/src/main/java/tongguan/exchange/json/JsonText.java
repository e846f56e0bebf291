package tongguan.exchange.json;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tongguan.exchange.message.Rejection;
import tools.jackson.databind.JsonNode;

/**
 * What JSON allows and we do not: bytes that are not UTF-8, characters that cannot be stored (NUL,
 * half a surrogate pair), numbers so large or fine that writing them out would fill the memory.
 */
final class JsonText {
  /** Places before or behind the point; far beyond any amount, far below what hurts. */
  private static final int LARGEST_EXPONENT = 40;

  /** As the schemas say of amounts written as text. */
  private static final int MOST_PLACES = 6;

  private JsonText() {}

  /** Only UTF-8: the parser would guess UTF-16 and UTF-32 from zero bytes. */
  static Optional<Rejection> fault(byte[] raw) {
    boolean ascii = true;
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == 0) {
        return Optional.of(new Rejection("charset", "", null, (long) i, "zero byte", "UTF-8 text"));
      }
      ascii &= raw[i] > 0;
    }
    return ascii ? Optional.empty() : notUtf8(raw);
  }

  private static Optional<Rejection> notUtf8(byte[] raw) {
    ByteBuffer bytes = ByteBuffer.wrap(raw);
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(bytes);
      return Optional.empty();
    } catch (CharacterCodingException notUtf8) {
      int at = bytes.position();
      String octet = "byte 0x%02X".formatted(raw[Math.min(at, raw.length - 1)]);
      return Optional.of(new Rejection("charset", "", null, (long) at, octet, "UTF-8 text"));
    }
  }

  static Optional<Rejection> fault(JsonNode tree) {
    return fault("", tree);
  }

  private static Optional<Rejection> fault(String pointer, JsonNode node) {
    if (node.isString()) {
      return isStorable(node.stringValue())
          ? Optional.empty()
          : Optional.of(
              Rejection.at(
                  pointer, "bad-character", node.stringValue(), "no NUL, whole characters"));
    }
    if (node.isNumber()) {
      return isModest(node.decimalValue())
          ? Optional.empty()
          : Optional.of(
              Rejection.at(
                  pointer,
                  "number-out-of-range",
                  shown(node),
                  "a number of common size with at most 6 places"));
    }
    int index = 0;
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      Optional<Rejection> fault =
          isStorable(field.getKey())
              ? fault(pointer + '/' + escaped(field.getKey()), field.getValue())
              : Optional.of(Rejection.at(pointer, "bad-character", field.getKey(), "a field name"));
      if (fault.isPresent()) {
        return fault;
      }
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        Optional<Rejection> fault = fault(pointer + '/' + index++, element);
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isModest(BigDecimal number) {
    return Math.abs((long) number.precision() - number.scale()) <= LARGEST_EXPONENT
        && Math.abs((long) number.scale()) <= LARGEST_EXPONENT
        && number.stripTrailingZeros().scale() <= MOST_PLACES;
  }

  static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)
          && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i)))) {
        return false;
      }
    }
    return true;
  }

  /** RFC 6901 §3. */
  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** Never written out: a few characters may stand for a billion digits. */
  private static String shown(JsonNode number) {
    BigDecimal value = number.decimalValue();
    return isShort(value) ? value.toPlainString() : value.unscaledValue().bitLength() + " bits";
  }

  private static boolean isShort(BigDecimal value) {
    return value.precision() <= LARGEST_EXPONENT
        && Math.abs((long) value.scale()) <= LARGEST_EXPONENT;
  }
}
