package tongguan.access.radius.wire;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a peer and we alone know. MD5 is what the protocol has; it is why every packet carries a
 * Message-Authenticator, and why all of it runs inside IPsec, TLS or a private link.
 */
public final class SharedSecret {
  /** No peer has a shorter one. */
  public static final int LEAST = 16;

  private static final int MADE = 32;

  private final byte[] octets;
  private final SecretKeySpec key;

  SharedSecret(byte[] octets) {
    this.octets = octets.clone();
    this.key = new SecretKeySpec(this.octets, "HmacMD5");
  }

  /**
   * @throws IllegalArgumentException for one that is too short to be kept
   */
  public static SharedSecret of(byte[] octets) {
    if (octets.length < LEAST) {
      throw new IllegalArgumentException("a shared secret has at least " + LEAST + " octets");
    }
    return new SharedSecret(octets);
  }

  /** A new one, as text that can be typed at the other side: 64 hexadecimal digits. */
  public static String random() {
    byte[] bytes = new byte[MADE];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** MD5 over the parts and the secret. */
  byte[] digest(byte[]... parts) {
    MessageDigest md5 = md5();
    for (byte[] part : parts) {
      md5.update(part);
    }
    return md5.digest(octets);
  }

  /** MD5 over the secret and the part, of which passwords are hidden (RFC 2865 §5.2). */
  byte[] digestBefore(byte[] part) {
    MessageDigest md5 = md5();
    md5.update(octets);
    return md5.digest(part);
  }

  byte[] hmac(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "SharedSecret";
  }
}
