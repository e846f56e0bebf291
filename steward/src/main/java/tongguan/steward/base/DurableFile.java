package tongguan.steward.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

/**
 * A small file that is there whole, or as it was before, whenever the power goes; readable by its
 * owner only.
 */
public final class DurableFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path path;

  public DurableFile(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  public boolean exists() {
    return Files.exists(path);
  }

  /** Empty if there is none. */
  public Optional<byte[]> read() throws IOException {
    try {
      return Optional.of(Files.readAllBytes(path));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  public Optional<String> readText() throws IOException {
    return read().map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** On disk when this returns: the file, and its name in the folder. */
  public void write(byte[] content) throws IOException {
    Path folder = folder();
    createFolder(folder);
    Path draft = folder.resolve("." + path.getFileName() + ".new");
    Files.deleteIfExists(draft);
    try (FileChannel file =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      writeAll(file, content);
      file.force(true);
    }
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(folder);
  }

  public void write(String content) throws IOException {
    write(content.getBytes(StandardCharsets.UTF_8));
  }

  public void delete() throws IOException {
    Files.deleteIfExists(folder().resolve("." + path.getFileName() + ".new"));
    if (Files.deleteIfExists(path)) {
      syncFolder(folder());
    }
  }

  /**
   * Overwrites what is in it, then deletes it, each on disk before the next. What flash storage
   * keeps behind the file system's back is beyond reach from here.
   */
  public void destroy() throws IOException {
    if (exists()) {
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
        byte[] noise = new byte[Math.toIntExact(Math.max(file.size(), 64))];
        new SecureRandom().nextBytes(noise);
        writeAll(file, noise);
        file.force(true);
      }
    }
    delete();
  }

  public static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** On Linux a folder can be opened like a file, to make its entries durable. */
  public static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Path folder() {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  private static void writeAll(FileChannel file, byte[] content) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }
}
