package tongguan.steward.base;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kernel's files below a root: {@code /} on a device, a folder made for it in tests. Not final,
 * because a test's tree has no kernel behind it and must do what one would do on a write.
 */
public class SysTree {
  private final Path root;

  public SysTree(Path root) {
    this.root = root;
  }

  public final Path at(String path) {
    return root.resolve(path);
  }

  /** The entries of a folder by name; none where there is no such folder. */
  public final List<Path> children(String folder) {
    Path path = at(folder);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.sorted().toList();
    } catch (IOException goneMeanwhile) {
      return List.of();
    }
  }

  /** Without the line's end; empty where there is no such file or it cannot be read. */
  public final Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  public final Optional<String> read(String file) {
    return read(at(file));
  }

  /** Where a link, such as a device's {@code driver}, leads to: the last part of its name. */
  public final Optional<String> linkName(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link).getFileName().toString());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /** Writes into a file that is there; never makes one. */
  public void write(Path file, String value) throws IOException {
    Files.write(file, value.getBytes(StandardCharsets.US_ASCII), onlyIfThere());
  }

  private static OpenOption[] onlyIfThere() {
    return new OpenOption[] {StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING};
  }
}
