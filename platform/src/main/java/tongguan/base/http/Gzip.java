package tongguan.base.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compressed answers. */
final class Gzip {
  /** Below this a compressed answer saves nothing on the wire: it fits one packet anyway. */
  static final int WORTH_IT = 1200;

  private Gzip() {}

  /** For answers that are made once: on some kilobytes a higher level costs thrice the time. */
  static byte[] compressed(byte[] content) {
    return compressed(content, Deflater.BEST_SPEED);
  }

  /** For files that are sent many times. */
  static byte[] compressedOnce(byte[] content) {
    return compressed(content, Deflater.BEST_COMPRESSION);
  }

  private static byte[] compressed(byte[] content, int level) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 3);
    try (OutputStream gzip = new AtLevel(out, level)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Compresses what is written as it is written. */
  static OutputStream stream(OutputStream out) throws IOException {
    return new AtLevel(out, Deflater.BEST_SPEED);
  }

  private static final class AtLevel extends GZIPOutputStream {
    AtLevel(OutputStream out, int level) throws IOException {
      super(out, 8 * 1024);
      def.setLevel(level);
    }
  }
}
