package tongguan.access.radius.wire;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** The password in an Access-Request: hidden (PAP, RFC 2865 §5.2) or proven (CHAP, §5.3). */
public final class Password {
  private static final int BLOCK = 16;
  private static final int MOST = 128;

  private Password() {}

  /** Whether the request shows that its sender knows the password, in either way. */
  public static boolean matches(Packet request, SharedSecret secret, byte[] expected) {
    Optional<byte[]> chap = request.octets(Type.CHAP_PASSWORD);
    if (chap.isPresent()) {
      return provenBy(request, chap.get(), expected);
    }
    return revealed(request, secret)
        .filter(given -> MessageDigest.isEqual(given, expected))
        .isPresent();
  }

  /** What User-Password hides; empty where there is none or its length cannot be. */
  public static Optional<byte[]> revealed(Packet request, SharedSecret secret) {
    byte[] hidden = request.octets(Type.USER_PASSWORD).orElse(new byte[0]);
    if (hidden.length == 0 || hidden.length > MOST || hidden.length % BLOCK != 0) {
      return Optional.empty();
    }
    byte[] plain = new byte[hidden.length];
    byte[] previous = request.authenticator();
    for (int at = 0; at < hidden.length; at += BLOCK) {
      mix(hidden, plain, at, secret.digestBefore(previous));
      previous = Arrays.copyOfRange(hidden, at, at + BLOCK);
    }
    int end = plain.length;
    while (end > 0 && plain[end - 1] == 0) {
      end--;
    }
    return Optional.of(Arrays.copyOf(plain, end));
  }

  /**
   * The value of User-Password, as a client makes it.
   *
   * @throws IllegalArgumentException for a password of more than 128 octets
   */
  public static byte[] hidden(byte[] password, byte[] authenticator, SharedSecret secret) {
    if (password.length > MOST) {
      throw new IllegalArgumentException("a password has at most " + MOST + " octets");
    }
    int blocks = Math.max(1, (password.length + BLOCK - 1) / BLOCK);
    byte[] padded = Arrays.copyOf(password, blocks * BLOCK);
    byte[] hidden = new byte[padded.length];
    byte[] previous = authenticator;
    for (int at = 0; at < padded.length; at += BLOCK) {
      mix(padded, hidden, at, secret.digestBefore(previous));
      previous = Arrays.copyOfRange(hidden, at, at + BLOCK);
    }
    return hidden;
  }

  /** Each block is mixed with a digest of the hidden block before it. */
  private static void mix(byte[] from, byte[] to, int at, byte[] digest) {
    for (int i = 0; i < BLOCK; i++) {
      to[at + i] = (byte) (from[at + i] ^ digest[i]);
    }
  }

  /** The identifier and the MD5 of identifier, password and challenge. */
  private static boolean provenBy(Packet request, byte[] chap, byte[] expected) {
    byte[] challenge = request.octets(Type.CHAP_CHALLENGE).orElseGet(request::authenticator);
    MessageDigest md5 = SharedSecret.md5();
    md5.update(chap[0]);
    md5.update(expected);
    return MessageDigest.isEqual(md5.digest(challenge), Arrays.copyOfRange(chap, 1, chap.length));
  }
}
