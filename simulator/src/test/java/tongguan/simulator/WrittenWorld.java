package tongguan.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A folder that the simulator wrote, read back. */
final class WrittenWorld {
  private static final ObjectMapper JSON = new ObjectMapper();

  final JsonNode index;
  final List<JsonNode> notices = new ArrayList<>();
  final List<EdifactFile> interchanges = new ArrayList<>();
  int unreadableLines;
  private final Path folder;

  private WrittenWorld(Path folder) throws IOException {
    this.folder = folder;
    this.index = JSON.readTree(Files.readString(folder.resolve("index.json")));
    for (Path file : files(folder)) {
      if (file.toString().endsWith(".edi")) {
        interchanges.add(EdifactFile.read(file));
      } else if (file.toString().endsWith(".ndjson")) {
        Files.readAllLines(file).forEach(this::line);
      }
    }
  }

  static WrittenWorld of(Path folder, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--out", folder.toString()));
    arguments.addAll(List.of(options));
    int code =
        Simulator.run(arguments, System.out, new PrintStream(PrintStream.nullOutputStream()));
    if (code != 0) {
      throw new AssertionError("the simulator ended with " + code);
    }
    return new WrittenWorld(folder);
  }

  private void line(String line) {
    try {
      notices.add(JSON.readTree(line));
    } catch (JacksonException cutOff) {
      unreadableLines++;
    }
  }

  /** Every message by its kind. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    notices.forEach(notice -> counts.merge(notice.path("kind").asString(), 1L, Long::sum));
    messages().forEach(message -> counts.merge(message.type(), 1L, Long::sum));
    if (unreadableLines > 0) {
      counts.put("unreadable", (long) unreadableLines);
    }
    return counts;
  }

  Stream<EdifactFile.Message> messages() {
    return interchanges.stream().flatMap(interchange -> interchange.messages().stream());
  }

  Stream<JsonNode> notices(String... kinds) {
    List<String> wanted = List.of(kinds);
    return notices.stream().filter(notice -> wanted.contains(notice.path("kind").asString()));
  }

  /** All bytes that were written, as text of whatever character set. */
  boolean contains(String key) {
    return notices.stream().anyMatch(notice -> notice.toString().contains(key))
        || messages()
            .flatMap(message -> message.segments().stream())
            .flatMap(segment -> segment.elements().stream())
            .anyMatch(element -> element.stream().anyMatch(value -> value.contains(key)));
  }

  static String digest(Path folder) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files(folder)) {
        digest.update(file.getFileName().toString().getBytes());
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }
}
