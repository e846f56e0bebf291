package tongguan.exchange.edifact;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Which characters the bytes of a message are. Senders declare one set (ISO 9735-1, UNB 0001) and
 * often write another: forms that say UNOA or UNOC carry Chinese in Big5 or UTF-8. So: bytes that
 * are UTF-8 are read as such, because no other text of more than a few characters passes for it by
 * accident; then the declared set, unless it cannot hold the bytes, or it is a Latin set and the
 * bytes pair up as Big5; then Big5.
 */
final class CharacterSets {
  /** Big5 with the extensions that Windows writes; what senders in Taiwan mean by Big5. */
  static final Charset BIG5 = Charset.forName("x-windows-950");

  private static final Map<String, String> DECLARED =
      Map.ofEntries(
          Map.entry("UNOA", "US-ASCII"),
          Map.entry("UNOB", "US-ASCII"),
          Map.entry("UNOC", "ISO-8859-1"),
          Map.entry("UNOD", "ISO-8859-2"),
          Map.entry("UNOE", "ISO-8859-5"),
          Map.entry("UNOF", "ISO-8859-7"),
          Map.entry("UNOG", "ISO-8859-3"),
          Map.entry("UNOH", "ISO-8859-4"),
          Map.entry("UNOI", "ISO-8859-6"),
          Map.entry("UNOJ", "ISO-8859-8"),
          Map.entry("UNOK", "ISO-8859-9"),
          Map.entry("UNOL", "ISO-8859-15"),
          Map.entry("UNOW", "UTF-8"),
          Map.entry("UNOY", "UTF-8"));

  private CharacterSets() {}

  /** Whether an interchange of this syntax identifier can be read at all. */
  static boolean isSupported(String syntaxIdentifier) {
    return DECLARED.containsKey(syntaxIdentifier);
  }

  /** The set that the bytes are in; empty when none of those that may be holds them. */
  static Optional<Charset> of(byte[] bytes, String syntaxIdentifier) {
    if (isAscii(bytes)) {
      return Optional.of(StandardCharsets.US_ASCII);
    }
    if (isUtf8(bytes)) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    Charset declared = Charset.forName(DECLARED.getOrDefault(syntaxIdentifier, "US-ASCII"));
    boolean holds = decodes(bytes, declared) && !hasControls(bytes);
    boolean big5 = decodes(bytes, BIG5);
    if (holds && !(big5 && pairsUp(bytes))) {
      return Optional.of(declared);
    }
    return big5 ? Optional.of(BIG5) : Optional.empty();
  }

  static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  static boolean isUtf8(byte[] bytes) {
    return decodes(bytes, StandardCharsets.UTF_8);
  }

  /** In the 8859 family 0x80 to 0x9F are controls that no text holds. */
  private static boolean hasControls(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0 && b < (byte) 0xA0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether at least two Big5 characters stand side by side: accented Latin letters come one by
   * one.
   */
  private static boolean pairsUp(byte[] bytes) {
    for (int i = 0; i + 3 < bytes.length; i++) {
      if (bytes[i] < 0) {
        if ((bytes[i] & 0xFF) >= 0xA4 && bytes[i + 2] < 0 && (bytes[i + 2] & 0xFF) >= 0xA4) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static boolean decodes(byte[] bytes, Charset charset) {
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    java.nio.CharBuffer out = java.nio.CharBuffer.allocate(8192);
    try {
      while (true) {
        var result = decoder.decode(in, out, true);
        if (result.isOverflow()) {
          out.clear();
        } else if (result.isError()) {
          result.throwException();
        } else {
          return true;
        }
      }
    } catch (CharacterCodingException notThisOne) {
      return false;
    }
  }
}
