package tongguan.steward.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Bytes as texts, and texts that others wrote as one harmless line. */
public final class Texts {
  private Texts() {}

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Either alphabet, with or without padding; throws {@link IllegalArgumentException}. */
  public static byte[] base64(String text) {
    String plain = text.replace('-', '+').replace('_', '/').replace("=", "");
    return Base64.getDecoder().decode(plain);
  }

  /** Cut to a length, control characters written as blanks: fit for a log or a heartbeat. */
  public static String oneLine(String text, int most) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), most));
    text.codePoints()
        .limit(most)
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }
}
