package tongguan.base.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Strong entity tags (RFC 9110 §8.8.3) made from the content, so that every node gives the same
 * one.
 */
final class Etag {
  private static final String COMPRESSED = "-gz";

  private Etag() {}

  static String of(byte[] content, boolean compressed) {
    return variant(hash(content), compressed);
  }

  /** The tag of one of the two forms in which the content is sent. */
  static String variant(String hash, boolean compressed) {
    return '"' + hash + (compressed ? COMPRESSED : "") + '"';
  }

  static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Weak comparison over the list of an If-None-Match, blind to the compression of either side. */
  static boolean matches(String ifNoneMatch, String etag) {
    return Arrays.stream(ifNoneMatch.split(","))
        .map(Etag::opaque)
        .anyMatch(given -> given.equals("*") || given.equals(opaque(etag)));
  }

  private static String opaque(String tag) {
    String plain = tag.strip();
    return (plain.startsWith("W/") ? plain.substring(2) : plain).replace(COMPRESSED + '"', "\"");
  }
}
