package tongguan.simulator.wire;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What customs' own systems hold of each declaration when the world stands still: a line of JSON
 * each, for the core systems that are started with it. Written voyage by voyage; the declarations
 * of one voyage are in memory.
 */
public final class Register {
  private final Optional<Path> file;
  private final Map<String, Entry> voyage = new LinkedHashMap<>();

  private static final class Entry {
    final String system;
    String step = "";
    String method = "M";
    LocalDateTime at = LocalDateTime.MIN;
    boolean held;
    boolean released;
    boolean seized;

    Entry(String system) {
      this.system = system;
    }
  }

  /**
   * @param file where to; empty where nobody wants it
   */
  Register(Optional<Path> file) throws IOException {
    this.file = file;
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
      Files.createFile(file.get());
    }
  }

  /**
   * A step that has happened, in the order of their times for each declaration.
   *
   * @param system sea or air
   */
  void step(String system, String declaration, String step, LocalDateTime at) {
    if (file.isEmpty()) {
      return;
    }
    Entry entry = voyage.computeIfAbsent(declaration, _ -> new Entry(system));
    entry.step = step;
    entry.at = at;
    switch (step) {
      case "hold" -> entry.held = true;
      case "hold-lifted" -> entry.held = false;
      case "released" -> entry.released = true;
      case "release-cancelled" -> entry.released = false;
      case "seized" -> entry.seized = true;
      default -> {}
    }
  }

  /** By hand or by X-ray, as the newest examination is assigned. */
  void method(String declaration, String method) {
    Entry entry = voyage.get(declaration);
    if (entry != null) {
      entry.method = method;
    }
  }

  /** Nothing more happens to what the voyage brought. */
  void closeVoyage() throws IOException {
    if (file.isEmpty()) {
      return;
    }
    try (BufferedWriter out = Files.newBufferedWriter(file.get(), StandardOpenOption.APPEND)) {
      for (Map.Entry<String, Entry> one : voyage.entrySet()) {
        Entry entry = one.getValue();
        out.write(
            Notice.object()
                .put("declaration", one.getKey())
                .put("system", entry.system)
                .put("step", entry.step)
                .put("at", entry.at)
                .put("method", entry.method)
                .put("held", entry.held)
                .put("released", entry.released)
                .put("seized", entry.seized)
                .line());
        out.newLine();
      }
    }
    voyage.clear();
  }
}
