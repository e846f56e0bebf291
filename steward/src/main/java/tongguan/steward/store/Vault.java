package tongguan.steward.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tongguan.steward.base.DurableFile;
import tongguan.steward.base.Limits;

/**
 * The encrypted store: each thing a file, AES-256-GCM under the data key, which lies beside them
 * sealed under the key file. Without the key file all of it is noise (crypto-shredding). A file's
 * name is part of what is sealed, so that none can be put in another's place.
 *
 * <p>The key file lies on the same disk; against a thief who reads the disk of a powered-off device
 * the disk's own encryption has to hold.
 */
public final class Vault {
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;
  private static final String SUFFIX = ".sealed";
  private static final String DATA_KEY = "data-key";

  private final SecureRandom random = new SecureRandom();
  private final DurableFile keyFile;
  private final Path folder;

  public Vault(Path state) {
    keyFile = new DurableFile(state.resolve("vault.key"));
    folder = state.resolve("vault");
  }

  /** What was found under a name. */
  public sealed interface Found {
    record Content(byte[] bytes) implements Found {}

    record Nothing() implements Found {}

    /** There is something, and it was changed, or its key is gone. */
    record Unreadable() implements Found {}
  }

  /** Names are small letters, digits, dots and dashes. Throws if it cannot be kept. */
  public synchronized void put(String name, byte[] content) throws IOException {
    if (content.length > Limits.STORED_BYTES) {
      throw new IOException("larger than " + Limits.STORED_BYTES + " bytes");
    }
    file(name).write(seal(dataKey(), name, content));
  }

  public synchronized Found get(String name) throws IOException {
    Optional<byte[]> sealed = file(name).read();
    if (sealed.isEmpty()) {
      return new Found.Nothing();
    }
    if (!keyFile.exists()) {
      return new Found.Unreadable();
    }
    return open(dataKey(), name, sealed.get())
        .<Found>map(Found.Content::new)
        .orElseGet(Found.Unreadable::new);
  }

  public synchronized void delete(String name) throws IOException {
    file(name).delete();
  }

  public synchronized List<String> names() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX) && !file.startsWith("."))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  /** After that nothing in it can be read any more, by anybody. */
  synchronized void destroyKey() throws IOException {
    keyFile.destroy();
  }

  synchronized Path folder() {
    return folder;
  }

  private DurableFile file(String name) {
    if (!name.matches("[a-z0-9][a-z0-9.-]{0,99}")) {
      throw new IllegalArgumentException("not a name: " + name);
    }
    return new DurableFile(folder.resolve(name + SUFFIX));
  }

  private SecretKey dataKey() throws IOException {
    DurableFile wrapped = new DurableFile(folder.resolve(DATA_KEY));
    Optional<byte[]> outer = keyFile.read();
    if (outer.isEmpty()) {
      return newDataKey(wrapped);
    }
    SecretKey outerKey = new SecretKeySpec(outer.get(), "AES");
    byte[] inner =
        open(outerKey, DATA_KEY, wrapped.read().orElse(new byte[0]))
            .orElseThrow(() -> new IOException("the store's key does not fit the store"));
    return new SecretKeySpec(inner, "AES");
  }

  /** The sealed data key first: a key file that opens nothing would be taken for damage. */
  private SecretKey newDataKey(DurableFile wrapped) throws IOException {
    byte[] outer = randomBytes(KEY_BYTES);
    byte[] inner = randomBytes(KEY_BYTES);
    wrapped.write(seal(new SecretKeySpec(outer, "AES"), DATA_KEY, inner));
    keyFile.write(outer);
    return new SecretKeySpec(inner, "AES");
  }

  private byte[] seal(SecretKey key, String name, byte[] content) {
    byte[] nonce = randomBytes(NONCE_BYTES);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, name).doFinal(content);
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put(VERSION)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static Optional<byte[]> open(SecretKey key, String name, byte[] sealed) {
    if (sealed.length < 1 + NONCE_BYTES + TAG_BITS / 8 || sealed[0] != VERSION) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
    try {
      int from = 1 + NONCE_BYTES;
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, key, nonce, name)
              .doFinal(sealed, from, sealed.length - from));
    } catch (AEADBadTagException changed) {
      return Optional.empty();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String name)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
