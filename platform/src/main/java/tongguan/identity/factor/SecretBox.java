package tongguan.identity.factor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tongguan.base.Problem;
import tongguan.base.StartFailure;

/**
 * Seals small secrets for the database with AES-256-GCM, under a key that is a file beside it: who
 * copies the database alone has nothing. All nodes of an installation share the file.
 */
public final class SecretBox {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private volatile @Nullable SecretKeySpec key;

  /** Reads the key, and makes it where there is none. */
  public void open(Path file) {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      byte[] bytes = Base64.getDecoder().decode(Files.readString(file).strip());
      if (bytes.length != 32) {
        throw new IllegalArgumentException("not 32 bytes");
      }
      key = new SecretKeySpec(bytes, "AES");
    } catch (IllegalArgumentException broken) {
      throw StartFailure.environment(
          "The key file " + file + " does not hold 32 bytes in base64; put the right one back.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create(Path file) throws IOException {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, Base64.getEncoder().encodeToString(bytes) + "\n");
    } catch (FileAlreadyExistsException anotherNodeWasFirst) {
      // its key is read below
    }
  }

  /** For the database. */
  public byte[] seal(byte[] secret) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce);
      return ByteBuffer.allocate(NONCE + secret.length + TAG_BITS / 8)
          .put(nonce)
          .put(cipher.doFinal(secret))
          .array();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * What was sealed.
   *
   * @throws Problem 503 where the key is another one
   */
  public byte[] open(byte[] sealed) {
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, java.util.Arrays.copyOf(sealed, NONCE));
      return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
    } catch (GeneralSecurityException otherKey) {
      throw away().because(otherKey);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    SecretKeySpec known = key;
    if (known == null) {
      throw away();
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, known, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  /** Without the key nothing that it sealed can be checked, and so no one gets in by it. */
  private static Problem away() {
    return Problem.unavailable(
        "factor-key",
        60,
        "密封金鑰無法使用，請洽系統管理者。",
        "The key that sealed a secret is not there or not the right one.");
  }
}
