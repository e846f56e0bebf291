package tongguan.base.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import tongguan.base.Problem;

/** Reads the body of a request up to a limit of bytes, counted after inflation. */
final class Body {
  /** What is still read of a body that nobody wants, so that its sender gets to see the answer. */
  static final int COURTESY_BYTES = 256 * 1024;

  private Body() {}

  // The server's stream is not closed here: its close waits for one more piece of the body.
  static byte[] read(ServerRequest request, long limit) {
    request
        .headers()
        .contentLength()
        .ifPresent(length -> {
          if (length > limit) {
            throw Problem.tooLarge(limit);
          }
        });
    InputStream sent = request.content().inputStream();
    try {
      byte[] body = inflated(sent, coding(request)).readNBytes((int) limit + 1);
      if (body.length > limit) {
        skipRest(sent, COURTESY_BYTES);
        throw Problem.tooLarge(limit);
      }
      return body;
    } catch (Problem refused) {
      throw refused;
    } catch (IOException | RuntimeException broken) {
      // A broken stream of gzip, or one of many kinds that the server throws for a cut connection.
      skipRest(sent, COURTESY_BYTES);
      throw Problem.badRequest(
          "body-unreadable",
          "無法讀取內容（壓縮格式錯誤或傳輸中斷）。",
          "The body cannot be read: broken compression or a cut transfer.");
    }
  }

  private static String coding(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.CONTENT_ENCODING)
        .orElse("identity")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static InputStream inflated(InputStream sent, String coding) throws IOException {
    return switch (coding) {
      case "identity", "" -> sent;
      case "gzip", "x-gzip" -> new GZIPInputStream(sent, 16 * 1024);
      default ->
          throw Problem.of(
                  415,
                  "content-encoding",
                  "不支援此壓縮方式。",
                  "This content coding is not supported; send gzip or none.")
              .with("expected", "gzip");
    };
  }

  /** Reads on to the end; false when that is too far away, or broken. */
  static boolean skipRest(InputStream sent, long most) {
    byte[] buffer = new byte[8 * 1024];
    try {
      for (long skipped = 0; skipped < most; ) {
        int count = sent.read(buffer);
        if (count < 0) {
          return true;
        }
        skipped += count;
      }
    } catch (IOException | RuntimeException broken) {
      return false;
    }
    return false;
  }
}
