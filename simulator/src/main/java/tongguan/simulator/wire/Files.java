package tongguan.simulator.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import tongguan.simulator.trade.Numbers;

/** Numbered files: an interchange each, and notices gathered into files of lines. */
final class Files {
  private static final int LARGEST = 4_000_000;

  private final Path folder;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private int count;

  Files(Path folder) {
    this.folder = folder;
  }

  void write(Journal.Sending sending) throws IOException {
    if (sending.notice()) {
      lines.writeBytes(sending.bytes());
      if (lines.size() > LARGEST) {
        flush();
      }
    } else {
      write(next(sending.name() + ".edi"), sending.bytes());
    }
  }

  /** Closes the file of notices that is being gathered. */
  void flush() throws IOException {
    if (lines.size() > 0) {
      write(next("notices.ndjson"), lines.toByteArray());
      lines.reset();
    }
  }

  void write(String name, byte[] bytes) throws IOException {
    java.nio.file.Files.write(folder.resolve(name), bytes);
  }

  private String next(String name) {
    count++;
    return Numbers.padded(count, 6) + '-' + name;
  }

  int count() {
    return count;
  }
}
