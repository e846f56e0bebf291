package tongguan.fleet.authority;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * A one-time code with which a device asks for its first certificate: 80 random bits in Crockford's
 * base 32, which knows no letters that look like others.
 */
public record EnrolmentCode(String text) {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new one, in groups of four. */
  public static EnrolmentCode random() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      if (i > 0 && i % 4 == 0) {
        text.append('-');
      }
      text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return new EnrolmentCode(text.toString());
  }

  /** As a person types it: small letters, with or without dashes, O for 0, I and L for 1. */
  public static Optional<EnrolmentCode> parse(String typed) {
    String plain =
        typed
            .toUpperCase(Locale.ROOT)
            .replaceAll("[ -]", "")
            .replace('O', '0')
            .replaceAll("[IL]", "1");
    if (plain.length() != LENGTH || !plain.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
      return Optional.empty();
    }
    return Optional.of(new EnrolmentCode(plain.replaceAll("(.{4})(?!$)", "$1-")));
  }

  /** What is kept of it. */
  byte[] digest() {
    return Digests.sha256(("enrol " + text).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }
}
