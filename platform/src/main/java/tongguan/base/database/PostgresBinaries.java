package tongguan.base.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
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
    try (InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + archiveName())) {
      if (archive == null) {
        throw StartFailure.environment(
            "There is no embedded PostgreSQL for this kind of machine ("
                + archiveName()
                + "); set TONGGUAN_DATABASE_URL to a PostgreSQL 18 of your own.");
      }
      unpack(archive, unfinished);
    }
    Files.move(unfinished, home);
    return home;
  }

  private static String archiveName() {
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return "postgres-linux-" + (machine.equals("amd64") ? "x86_64" : machine) + ".txz";
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
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
