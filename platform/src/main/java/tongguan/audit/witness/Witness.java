package tongguan.audit.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that checkpoints are exported to, one file each in a folder per day; files are added
 * and never written again. A copy of it elsewhere is what a change of the whole database cannot
 * reach.
 */
public final class Witness {
  private static final String ENDING = ".checkpoint";

  private final Path folder;

  public Witness(Path folder) {
    this.folder = folder;
  }

  /** A file that holds no checkpoint was tampered with. */
  public static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreadable(Path file) {
      super("the exported checkpoint " + file + " is not what was written");
    }
  }

  /** Whole or not at all, also when the process dies here; one that is there already stays. */
  public void add(Note note) {
    try {
      Path day = folder.resolve(note.at().toString().substring(0, "2026-01-01".length()));
      Files.createDirectories(day);
      String name = "%019d-%s%s".formatted(note.size(), note.keyId(), ENDING);
      Path file = day.resolve(name);
      if (Files.exists(file)) {
        return;
      }
      Path unfinished = day.resolve(name + ".unfinished");
      Files.deleteIfExists(unfinished);
      write(unfinished, note.toString().getBytes(StandardCharsets.UTF_8));
      Files.move(unfinished, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        int _ = channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** The one over the most entries. */
  public Optional<Note> last() {
    return files().stream()
        .max(Comparator.comparing(file -> String.valueOf(file.getFileName())))
        .map(Witness::read);
  }

  public List<Note> all() {
    return files().stream().map(Witness::read).toList();
  }

  private static Note read(Path file) {
    try {
      return Note.parse(Files.readString(file)).orElseThrow(() -> new Unreadable(file));
    } catch (IOException e) {
      throw new Unreadable(file);
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return new ArrayList<>(
          files
              .filter(file -> String.valueOf(file.getFileName()).endsWith(ENDING))
              .sorted(Comparator.comparing(file -> String.valueOf(file.getFileName())))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
