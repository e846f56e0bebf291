package tongguan.exchange.sending;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tongguan.base.Limits;

/**
 * A file of messages, by its name: {@code .edi .edifact .txt} are interchanges, {@code .json} one
 * object or an array, {@code .ndjson .jsonl} one object a line; with {@code .gz} behind it where it
 * is compressed. Lines are cut into transmissions, so that such a file may be of any size; the
 * others go as a whole.
 */
public final class MessageFile {
  private static final String LINES = "application/x-ndjson";
  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "edi", "application/edifact",
          "edifact", "application/edifact",
          "txt", "application/edifact",
          "json", "application/json",
          "ndjson", LINES,
          "jsonl", LINES);

  /** Large enough to make batches cheap, small enough to show progress and to repeat cheaply. */
  private static final int PART_BYTES = 4 * 1024 * 1024;

  private static final int PART_LINES = Limits.TRANSMISSION_MESSAGES / 2;

  private final Path path;
  private final String mediaType;

  private MessageFile(Path path, String mediaType) {
    this.path = path;
    this.mediaType = mediaType;
  }

  /** Empty where the name does not say that messages are in it. */
  public static Optional<MessageFile> of(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    String ending = plain.substring(plain.lastIndexOf('.') + 1);
    return Optional.ofNullable(MEDIA_TYPES.get(ending)).map(type -> new MessageFile(path, type));
  }

  public Path path() {
    return path;
  }

  public String mediaType() {
    return mediaType;
  }

  /** Takes what one transmission carries. */
  @FunctionalInterface
  public interface Part {
    /** Whether to go on with the next one. */
    boolean take(byte[] body) throws IOException;
  }

  /** The file as one transmission after another, each at most as large as a platform takes. */
  public void parts(Part part) throws IOException {
    try (InputStream in = open()) {
      if (mediaType.equals(LINES)) {
        lines(in, part);
      } else {
        part.take(whole(in));
      }
    }
  }

  private InputStream open() throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(path), 64 * 1024);
    boolean compressed = path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    return compressed ? new GZIPInputStream(raw, 64 * 1024) : raw;
  }

  private static byte[] whole(InputStream in) throws IOException {
    byte[] body = in.readNBytes((int) Limits.TRANSMISSION_BYTES + 1);
    if (body.length > Limits.TRANSMISSION_BYTES) {
      throw new TooLarge(
          "larger than one transmission may be (%d bytes); split it"
              .formatted(Limits.TRANSMISSION_BYTES));
    }
    return body;
  }

  private static void lines(InputStream in, Part part) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(PART_BYTES + 64 * 1024);
    byte[] buffer = new byte[64 * 1024];
    int lines = 0;
    for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
      int from = 0;
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '\n' && (++lines >= PART_LINES || body.size() + i - from >= PART_BYTES)) {
          body.write(buffer, from, i + 1 - from);
          from = i + 1;
          lines = 0;
          if (!part.take(body.toByteArray())) {
            return;
          }
          body.reset();
        }
      }
      body.write(buffer, from, read - from);
      if (body.size() > Limits.TRANSMISSION_BYTES) {
        throw new TooLarge("a line is larger than a transmission may be");
      }
    }
    if (body.size() > 0) {
      part.take(body.toByteArray());
    }
  }

  /** The file cannot go as it is. */
  public static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;

    TooLarge(String what) {
      super(what);
    }
  }
}
