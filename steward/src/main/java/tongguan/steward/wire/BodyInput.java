package tongguan.steward.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body without its framing. Chunk extensions and trailers are refused: no browser sends them, and
 * smugglers do. A body that ends before its framing says so is an exception, never a short body.
 */
public final class BodyInput extends InputStream {
  private static final int CHUNK_LINE = 16;

  private final Framing framing;
  private final WireInput in;
  private long left;
  private boolean ended;
  private boolean first = true;

  public BodyInput(Framing framing, WireInput in) {
    this.framing = framing;
    this.in = in;
    switch (framing) {
      case Framing.None() -> ended = true;
      case Framing.Length(long bytes) -> {
        left = bytes;
        ended = bytes == 0;
      }
      case Framing.Chunked(), Framing.UntilClose() -> {}
    }
  }

  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    if (framing instanceof Framing.Chunked && left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    if (framing instanceof Framing.UntilClose) {
      int count = in.read(into, offset, most);
      ended = count < 0;
      return count;
    }
    int count = in.read(into, offset, (int) Math.min(most, left));
    if (count < 0) {
      throw new EOFException("the body ended early");
    }
    left -= count;
    ended = left == 0 && framing instanceof Framing.Length;
    return count;
  }

  private void nextChunk() throws IOException {
    if (!first && !in.line(0).isEmpty()) {
      throw new WireProblem(400, "a chunk is longer than it said");
    }
    first = false;
    String size = in.line(CHUNK_LINE);
    if (!size.matches("[0-9a-fA-F]{1,8}")) {
      throw new WireProblem(400, "not a chunk's size");
    }
    left = Long.parseLong(size, 16);
    if (left == 0) {
      if (!in.line(CHUNK_LINE).isEmpty()) {
        throw new WireProblem(400, "a trailer");
      }
      ended = true;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }
}
