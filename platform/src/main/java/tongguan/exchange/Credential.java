package tongguan.exchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * What a sending system shows of itself: {@code Authorization: Bearer <sender>.<secret>}. The
 * secret has 192 random bits, so a plain SHA-256 of it is what we keep.
 */
public record Credential(String sender, String secret) {
  private static final String SCHEME = "bearer ";
  private static final int SECRET_BYTES = 24;
  private static final int LONGEST = 200;

  /** A new one, shown once. */
  static Credential make(String sender) {
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    return new Credential(sender, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  static Optional<Credential> ofHeader(String authorization) {
    return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? ofToken(authorization.substring(SCHEME.length()))
        : Optional.empty();
  }

  static Optional<Credential> ofToken(String token) {
    String plain = token.strip();
    int dot = plain.indexOf('.');
    return dot > 0 && dot < plain.length() - 1 && plain.length() <= LONGEST
        ? Optional.of(new Credential(plain.substring(0, dot), plain.substring(dot + 1)))
        : Optional.empty();
  }

  byte[] digest() {
    return sha256(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** In constant time. */
  boolean matches(byte[] storedDigest) {
    return MessageDigest.isEqual(digest(), storedDigest);
  }

  /** The text that the sender keeps. */
  public String token() {
    return sender + '.' + secret;
  }

  /** Never the secret: records print themselves into logs. */
  @Override
  public String toString() {
    return sender + ".***";
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
