package tongguan.steward.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A connection's bytes, read by lines and by pieces. */
public final class WireInput {
  private final InputStream in;
  private final byte[] buffer = new byte[8 * 1024];
  private int from;
  private int to;

  public WireInput(InputStream in) {
    this.in = in;
  }

  /** Up to CR LF, which is taken and left out; each without the other is refused, and so is NUL. */
  public String line(int most) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int c = need();
      if (c == '\r') {
        if (need() != '\n') {
          throw new WireProblem(400, "a CR without LF");
        }
        return line.toString();
      }
      if (c == '\n' || c == 0) {
        throw new WireProblem(400, "a LF without CR, or NUL");
      }
      if (line.length() == most) {
        throw new WireProblem(431, "a line is too long");
      }
      line.append((char) c);
    }
  }

  /**
   * One more line of UTF-8 text that ends with LF, CR LF or CR, as event streams have them; null at
   * the end.
   */
  public @org.jspecify.annotations.Nullable String textLine(int most) throws IOException {
    java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
    while (true) {
      if (from == to && !fill()) {
        return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
      }
      int c = buffer[from++] & 0xff;
      if (c == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      if (line.size() == most) {
        throw new WireProblem(431, "a line is too long");
      }
      line.write(c);
    }
  }

  /** Waits for at least one byte; -1 at the end. */
  public int read(byte[] into, int offset, int most) throws IOException {
    if (from == to && !fill()) {
      return -1;
    }
    int count = Math.min(most, to - from);
    System.arraycopy(buffer, from, into, offset, count);
    from += count;
    return count;
  }

  /** False at a clean end, before anything of a next message. */
  public boolean hasMore() throws IOException {
    return from < to || fill();
  }

  private int need() throws IOException {
    if (from == to && !fill()) {
      throw new EOFException("the connection ended in the middle");
    }
    return buffer[from++] & 0xff;
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer);
    from = 0;
    to = Math.max(count, 0);
    return count > 0;
  }
}
