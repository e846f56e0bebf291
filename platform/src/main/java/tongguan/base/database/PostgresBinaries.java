package tongguan.base.database;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;
import tongguan.base.Folders;
import tongguan.base.StartFailure;

/**
 * The PostgreSQL server programs that ship inside the registry's archive, unpacked once per
 * version.
 */
final class PostgresBinaries {
  static final String VERSION = "18.6.0";

  /**
   * SHA-256 of the archive of each kind of machine. What is unpacked is run with all rights of the
   * platform, so it has to be what was looked at when its version was chosen.
   */
  private static final Map<String, String> DIGESTS =
      Map.of(
          "postgres-linux-x86_64.txz",
          "63999c2914366d62c68e51794e597588c336e75ed2958d53c558e8deca5e13fc");

  private PostgresBinaries() {}

  /**
   * The folder with {@code bin/}; unpacked beside it and renamed into place, so that a half one is
   * never used.
   */
  static Path unpackedIn(Path folder) throws IOException {
    Path home = folder.resolve(VERSION);
    if (Files.isDirectory(home)) {
      return home;
    }
    Files.createDirectories(folder);
    Path unfinished = folder.resolve(VERSION + ".new");
    Folders.delete(unfinished);
    unpack(sound(archiveName(), archive()), unfinished);
    Files.move(unfinished, home);
    return home;
  }

  /** The archive of this machine as it lies on the class path. */
  static byte[] archive() throws IOException {
    try (InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + archiveName())) {
      if (archive == null) {
        throw StartFailure.environment(
            "There is no embedded PostgreSQL for this kind of machine ("
                + archiveName()
                + "); set TONGGUAN_DATABASE_URL to a PostgreSQL 18 of your own.");
      }
      return archive.readAllBytes();
    }
  }

  /** The same bytes, once they are known to be the right ones. */
  static byte[] sound(String name, byte[] archive) {
    try {
      String digest =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
      if (digest.equals(DIGESTS.get(name))) {
        return archive;
      }
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
    throw StartFailure.environment(
        "The embedded PostgreSQL ("
            + name
            + ") is not the one that belongs to this version of Tongguan; build again from a clean checkout, or set TONGGUAN_DATABASE_URL to a PostgreSQL 18 of your own.");
  }

  static String archiveName() {
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return "postgres-linux-" + (machine.equals("amd64") ? "x86_64" : machine) + ".txz";
  }

  private static void unpack(byte[] archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the archive leaves its folder: " + entry.getName());
        }
        write(tar, entry, path);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, path);
    if ((entry.getMode() & 0100) != 0) {
      Set<PosixFilePermission> executable = PosixFilePermissions.fromString("rwxr-xr-x");
      Files.setPosixFilePermissions(path, executable);
    }
  }
}
