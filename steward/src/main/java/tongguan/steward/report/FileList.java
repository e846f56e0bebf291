package tongguan.steward.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tongguan.steward.base.Texts;

/**
 * The digests of all installed files, made when the package is built, held against what is there.
 * It notices what was changed by accident or by somebody without much time; who is root and means
 * it can change this program, too, and has to be kept out by the machine's secure boot.
 */
public final class FileList {
  private static final String NAME = "files.sha256";

  private final Path folder;

  /** {@code folder}: the installed image. */
  public FileList(Path folder) {
    this.folder = folder;
  }

  /** Writes the list, as {@code sha256sum -c} reads it. */
  public void make() throws IOException {
    String list =
        digests().entrySet().stream()
            .map(entry -> entry.getValue() + "  " + entry.getKey() + "\n")
            .collect(Collectors.joining());
    Files.writeString(folder.resolve(NAME), list);
  }

  /**
   * What does not fit, if anything: the first file that was changed, is missing or came in
   * addition.
   */
  public Optional<String> mismatch() {
    try {
      Map<String, String> listed = listed();
      Map<String, String> found = digests();
      for (Map.Entry<String, String> entry : listed.entrySet()) {
        String digest = found.remove(entry.getKey());
        if (digest == null) {
          return Optional.of("missing: " + entry.getKey());
        }
        if (!digest.equals(entry.getValue())) {
          return Optional.of("changed: " + entry.getKey());
        }
      }
      return found.keySet().stream().findFirst().map(extra -> "not ours: " + extra);
    } catch (IOException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
  }

  private Map<String, String> listed() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve(NAME))) {
      int gap = line.indexOf("  ");
      if (gap != 64) {
        throw new IOException("the list itself is damaged");
      }
      listed.put(line.substring(gap + 2), line.substring(0, gap));
    }
    return listed;
  }

  private Map<String, String> digests() throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = folder.relativize(file).toString();
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !name.equals(NAME)) {
          digests.put(name, digest(file));
        } else if (Files.isSymbolicLink(file)) {
          digests.put(name, Texts.sha256("link to " + Files.readSymbolicLink(file)));
        }
      }
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    return digests;
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] piece = new byte[64 * 1024];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        digest.update(piece, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
