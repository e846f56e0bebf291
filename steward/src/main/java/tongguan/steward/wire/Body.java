package tongguan.steward.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Bodies, piece by piece as they come, so that a held stream is held on both sides. */
public final class Body {
  private static final int PIECE = 16 * 1024;

  private Body() {}

  /** Passes a body on in the same framing; each piece is flushed. */
  public static void pass(Framing framing, WireInput from, OutputStream out) throws IOException {
    boolean chunked = framing instanceof Framing.Chunked;
    BodyInput body = new BodyInput(framing, from);
    byte[] piece = new byte[PIECE];
    for (int count = body.read(piece, 0, PIECE); count >= 0; count = body.read(piece, 0, PIECE)) {
      if (chunked) {
        out.write(ascii(Integer.toHexString(count) + "\r\n"));
      }
      out.write(piece, 0, count);
      if (chunked) {
        out.write(ascii("\r\n"));
      }
      out.flush();
    }
    if (chunked) {
      out.write(ascii("0\r\n\r\n"));
      out.flush();
    }
  }

  /** The whole of a small body. */
  public static byte[] whole(Framing framing, WireInput from, int most) throws IOException {
    byte[] body = new BodyInput(framing, from).readNBytes(most + 1);
    if (body.length > most) {
      throw new WireProblem(502, "the body is too large");
    }
    return body;
  }

  /** To be read by lines. */
  public static WireInput reader(Framing framing, WireInput from) {
    return new WireInput(new BodyInput(framing, from));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
