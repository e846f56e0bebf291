package tongguan.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The messages of the world on their way into files, voyage by voyage; nothing older than the
 * current voyage is in memory. What lies after {@code until} has not happened yet and is not
 * written.
 */
final class Journal {
  private static final int LARGEST_FILE = 4_000_000;

  /** A key worth trying, and why. */
  record Interesting(String zh, String en) {}

  private final Path folder;
  private final ZonedDateTime until;
  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, Interesting> keys = new LinkedHashMap<>();
  private final StringBuilder notices = new StringBuilder();
  private int file;
  private long notice;
  private int broken;
  private long duplicates;

  Journal(Path folder, ZonedDateTime until) {
    this.folder = folder;
    this.until = until;
  }

  boolean hasHappened(ZonedDateTime at) {
    return !at.isAfter(until);
  }

  /** A notice to fill, with a reference of its own. */
  Notice notice(String kind, String sender, ZonedDateTime at) {
    notice++;
    return new Notice(kind, "%s-%010d".formatted(sender, notice), sender, at);
  }

  /** Writes a finished notice; {@code copies} is more than one where the sender sends it again. */
  void write(String kind, Notice finished, int copies) {
    for (int i = 0; i < copies; i++) {
      notices.append(finished.line()).append('\n');
      counts.merge(kind, 1L, Long::sum);
    }
    duplicates += copies - 1;
    if (notices.length() > LARGEST_FILE) {
      closeNotices();
    }
  }

  /** A line that no receiver can make sense of. */
  void writeBrokenNotice(String line) {
    notices.append(line).append('\n');
    broken++;
  }

  void write(String kind, Edifact interchange, int copies) {
    int messages = interchange.messages();
    byte[] bytes = interchange.close();
    for (int i = 0; i < copies; i++) {
      put(kind.toLowerCase(java.util.Locale.ROOT) + ".edi", bytes);
      counts.merge(kind, (long) messages, Long::sum);
    }
    duplicates += (long) (copies - 1) * messages;
  }

  /** An interchange of which one message is broken on purpose. */
  void writeBroken(String kind, Edifact interchange) {
    write(kind, interchange, 1);
    counts.merge(kind, -1L, Long::sum);
    broken++;
  }

  /** Ends the files of a voyage. */
  void closeNotices() {
    if (!notices.isEmpty()) {
      put("notices.ndjson", notices.toString().getBytes(StandardCharsets.UTF_8));
      notices.setLength(0);
    }
  }

  private void put(String name, byte[] bytes) {
    file++;
    try {
      Files.write(folder.resolve("%06d-%s".formatted(file, name)), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Remembers the first key of each sort that the world brings about. */
  void remember(String key, String zh, String en) {
    if (keys.values().stream().noneMatch(known -> known.en().equals(en))) {
      keys.put(key, new Interesting(zh, en));
    }
  }

  /** Says at the end what was written: {@code index.json}. */
  void close(long seed, int containers) {
    closeNotices();
    Notice messages = Notice.object();
    counts.forEach(messages::put);
    Notice tries = Notice.object();
    keys.forEach(
        (key, why) -> tries.put(key, Notice.object().put("zh", why.zh()).put("en", why.en())));
    Notice index =
        Notice.object()
            .put("seed", seed)
            .put("containers", containers)
            .put("until", until)
            .put("files", file)
            .put("quarantined", broken)
            .put("repeated", duplicates)
            .put("messages", messages)
            .put("try", tries);
    String line = index.line();
    try {
      Files.writeString(folder.resolve("index.json"), line.substring(0, line.length() - 1) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
