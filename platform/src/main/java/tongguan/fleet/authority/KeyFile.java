package tongguan.fleet.authority;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import tongguan.base.StartFailure;

/**
 * A private key in a file (PKCS #8, PEM) outside of the database that only its owner may read; made
 * where it is not there. Nodes share a key by sharing the file.
 */
public final class KeyFile {
  static final String LABEL = "PRIVATE KEY";
  private static final Set<PosixFilePermission> FOREIGN =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private KeyFile() {}

  /**
   * What is in the file.
   *
   * @param make gives what a new one holds
   * @throws StartFailure where the file cannot be used, or by others, too
   */
  static String text(Path file, Supplier<String> make) {
    try {
      if (!Files.exists(file)) {
        write(file, make.get(), "rw-------");
      }
      requireOwn(file);
      return Files.readString(file);
    } catch (IOException e) {
      throw unusable(file, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The key as PKCS #8.
   *
   * @param make gives a new one, as PKCS #8
   * @throws StartFailure where the file cannot be used, or by others, too
   */
  public static byte[] in(Path file, Supplier<byte[]> make) {
    return Pem.read(LABEL, text(file, () -> Pem.write(LABEL, make.get())))
        .orElseThrow(() -> unusable(file, "no private key in PEM"));
  }

  static StartFailure unusable(Path file, String why) {
    return StartFailure.environment("The key %s cannot be used (%s).".formatted(file, why));
  }

  private static void requireOwn(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    permissions.retainAll(FOREIGN);
    if (!permissions.isEmpty()) {
      throw StartFailure.environment(
          "The key %s can be used by others than its owner; run chmod 600 on it.".formatted(file));
    }
  }

  /** Whole or not at all, and never over another one. */
  static void write(Path file, String text, String permissions) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path part =
        Files.createTempFile(
            folder,
            ".new-",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    try {
      Files.write(part, text.getBytes(StandardCharsets.US_ASCII));
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException anotherNodeWasFirst) {
      // its one holds
    } catch (UnsupportedOperationException noLinks) {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
