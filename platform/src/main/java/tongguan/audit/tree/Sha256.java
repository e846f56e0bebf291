package tongguan.audit.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of RFC 6962 §2.1; a prefix keeps leaves and nodes apart. Not thread-safe. */
public final class Sha256 {
  public static final int BYTES = 32;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;
  private static final byte LINK = 2;

  private final MessageDigest digest = digest();

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  public byte[] leaf(byte[] content) {
    digest.update(LEAF);
    return digest.digest(content);
  }

  public byte[] node(byte[] left, byte[] right) {
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }

  /** The chain's next link; not part of the RFC, hence a prefix of its own. */
  public byte[] link(byte[] before, byte[] leaf) {
    digest.update(LINK);
    digest.update(before);
    return digest.digest(leaf);
  }

  public byte[] plain(byte[] content) {
    return digest.digest(content);
  }
}
