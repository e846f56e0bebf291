package tongguan.base.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tongguan.base.Json;
import tongguan.base.Problem;

/** One request and its answer, in the words that routes need. */
public final class Call {
  /** Below this a compressed answer saves nothing on the wire. */
  private static final int WORTH_COMPRESSING = 1200;

  private final ServerRequest request;
  private final ServerResponse response;
  private final String correlation;
  private @Nullable Route route;
  private @Nullable Viewer viewer;

  Call(ServerRequest request, ServerResponse response, String correlation) {
    this.request = request;
    this.response = response;
    this.correlation = correlation;
  }

  void admitted(Route admittedRoute, Viewer admittedViewer) {
    this.route = admittedRoute;
    this.viewer = admittedViewer;
  }

  /** Who asks; set by the gate before the handler runs. */
  public Viewer viewer() {
    if (viewer == null) {
      throw new IllegalStateException("the gate has not decided yet");
    }
    return viewer;
  }

  /** What finds this call in the log. */
  public String correlation() {
    return correlation;
  }

  public String method() {
    return request.prologue().method().text();
  }

  public String pathParameter(String name) {
    return request.path().pathParameters().first(name).orElse("");
  }

  public Optional<String> query(String name) {
    return request.query().first(name).asOptional().filter(text -> !text.isEmpty());
  }

  public Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  /** The network address of the peer, never what a header says. */
  public InetSocketAddress peer() {
    return (InetSocketAddress) request.remotePeer().address();
  }

  /** Whether the reader's first choice is Chinese; it is also the default. */
  public boolean chinese() {
    String first = header("Accept-Language").orElse("zh-TW").strip().toLowerCase(Locale.ROOT);
    return !first.startsWith("en");
  }

  /** The whole body, inflated where it came compressed, up to the route's limit. */
  public byte[] body() {
    long limit = route == null ? 0 : route.bodyBytes();
    request
        .headers()
        .contentLength()
        .ifPresent(length -> {
          if (length > limit) {
            throw Problem.tooLarge(limit);
          }
        });
    try (InputStream raw = request.content().inputStream();
        InputStream plain = inflated(raw)) {
      byte[] body = plain.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
      if (body.length > limit) {
        throw Problem.tooLarge(limit);
      }
      return body;
    } catch (IOException | UncheckedIOException broken) {
      throw Problem.badRequest(
          "body-unreadable",
          "無法讀取內容（壓縮格式錯誤或傳輸中斷）。",
          "The body cannot be read: broken compression or a cut transfer.");
    }
  }

  private InputStream inflated(InputStream raw) throws IOException {
    String coding = header("Content-Encoding").orElse("identity").strip().toLowerCase(Locale.ROOT);
    return switch (coding) {
      case "identity", "" -> raw;
      case "gzip", "x-gzip" -> new GZIPInputStream(raw, 16 * 1024);
      default ->
          throw Problem.of(
                  415,
                  "content-encoding",
                  "不支援此壓縮方式。",
                  "This content coding is not supported; send gzip or none.")
              .with("expected", "gzip");
    };
  }

  /** The body's media type without parameters. */
  public String mediaType() {
    String type = header("Content-Type").orElse("");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  public void respondJson(int status, Object value) {
    respond(status, "application/json", Json.bytes(value));
  }

  /**
   * JSON that was assembled elsewhere, with its entity tag; 304 and no body where the client has it
   * already.
   */
  public void respondTagged(byte[] json) {
    respondTagged("application/json", "private, no-cache", json);
  }

  public void respondTagged(String mediaType, String cacheControl, byte[] content) {
    boolean compressed = compresses(content.length);
    String etag = Etag.of(content, compressed);
    response.header(HeaderNames.ETAG, etag);
    response.header(HeaderNames.CACHE_CONTROL, cacheControl);
    if (header("If-None-Match").filter(given -> Etag.matches(given, etag)).isPresent()) {
      response.header(HeaderNames.VARY, "Accept-Encoding, Accept-Language");
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    respond(200, mediaType, content);
  }

  public void respond(int status, String mediaType, byte[] content) {
    response.status(status);
    response.header(HeaderNames.CONTENT_TYPE, mediaType);
    response.header(HeaderNames.VARY, "Accept-Encoding, Accept-Language");
    if (compresses(content.length)) {
      response.header(HeaderNames.CONTENT_ENCODING, "gzip");
      response.send(compressed(content));
    } else {
      response.send(content);
    }
  }

  private boolean compresses(int length) {
    return length >= WORTH_COMPRESSING && acceptsGzip();
  }

  boolean acceptsGzip() {
    return header("Accept-Encoding").filter(codings -> codings.contains("gzip")).isPresent();
  }

  private static byte[] compressed(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 3);
    try (OutputStream gzip = new FastGzip(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Level 1: on answers of some kilobytes a higher one costs thrice the time for a few bytes. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 8 * 1024);
      def.setLevel(1);
    }
  }

  public void header(String name, String value) {
    response.header(HeaderNames.create(name), value);
  }

  /** An answer that is written as it is made; close it to end the answer. */
  public OutputStream stream(String mediaType) {
    response.status(Status.OK_200);
    response.header(HeaderNames.CONTENT_TYPE, mediaType);
    return response.outputStream();
  }

  ServerRequest request() {
    return request;
  }

  ServerResponse response() {
    return response;
  }
}
