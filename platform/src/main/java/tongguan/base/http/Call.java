package tongguan.base.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tongguan.base.Json;
import tongguan.base.Problem;

/** One request and its answer, in the words that routes need. */
public final class Call {
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String VARY = "Accept, Accept-Encoding, Accept-Language";

  private final ServerRequest request;
  private final ServerResponse response;
  private final String correlation;
  private final SlowPeers slowPeers;
  private final Patience patience;
  private @Nullable Route route;
  private String vary = VARY;
  private @Nullable Viewer viewer;

  Call(
      ServerRequest request,
      ServerResponse response,
      String correlation,
      SlowPeers slowPeers,
      Patience patience) {
    this.request = request;
    this.response = response;
    this.correlation = correlation;
    this.slowPeers = slowPeers;
    this.patience = patience;
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

  private boolean asksForHeadersOnly() {
    return method().equals("HEAD");
  }

  public String pathParameter(String name) {
    return storable(name, request.path().pathParameters().first(name).orElse(""));
  }

  /** The database keeps every character but one, and nothing that it keeps has that. */
  private static String storable(String name, String text) {
    if (text.indexOf('\0') >= 0) {
      throw Problem.badRequest("parameter", "查詢參數無效。", "A query parameter is not valid.")
          .with("parameter", name);
    }
    return text;
  }

  /**
   * @throws Problem when the parameter is there twice: a cache or a filter on the way may have read
   *     the other one
   */
  public Optional<String> query(String name) {
    List<String> values = request.query().all(name, List::of);
    if (values.size() > 1) {
      throw Problem.badRequest(
              "parameter-twice", "同一參數出現多次。", "This parameter is given more than once.")
          .with("parameter", name);
    }
    return values.stream()
        .filter(text -> !text.isEmpty())
        .findFirst()
        .map(text -> storable(name, text));
  }

  public Optional<String> header(String name) {
    return header(HeaderNames.create(name));
  }

  private Optional<String> header(HeaderName name) {
    return request.headers().first(name);
  }

  /** The network address of the peer, never what a header says. */
  public InetSocketAddress peer() {
    return (InetSocketAddress) request.remotePeer().address();
  }

  /** The same as digits, without what a link-local address says about our own interfaces. */
  public String address() {
    String digits = peer().getAddress().getHostAddress();
    int scope = digits.indexOf('%');
    return scope < 0 ? digits : digits.substring(0, scope);
  }

  /** Whether it came over TLS. */
  public boolean isSecure() {
    return request.isSecure();
  }

  /** The name under which this server was asked, small and without the port. */
  public String hostName() {
    String host = header("Host").orElse("").toLowerCase(Locale.ROOT);
    int port = host.lastIndexOf(':');
    return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
  }

  /** Whether that name is one of the machine itself. */
  public boolean isForThisMachine() {
    return LOOPBACK_NAMES.contains(hostName());
  }

  /** Every value of a header that should be there once. */
  public List<String> headers(String name) {
    return request.headers().values(HeaderNames.create(name));
  }

  /** The certificate that made the connection; its chain and its dates were looked at by TLS. */
  public Optional<X509Certificate> clientCertificate() {
    return request
        .remotePeer()
        .tlsCertificates()
        .map(chain -> chain[0])
        .filter(X509Certificate.class::isInstance)
        .map(X509Certificate.class::cast);
  }

  /** Whether the reader's first choice is Chinese; it is also the default. */
  public boolean chinese() {
    return chinese(header(HeaderNames.ACCEPT_LANGUAGE));
  }

  static boolean chinese(Optional<String> acceptLanguage) {
    return acceptLanguage
        .map(languages -> languages.strip().toLowerCase(Locale.ROOT))
        .filter(languages -> languages.startsWith("en"))
        .isEmpty();
  }

  /** Whether the client takes this type of answer; one that says nothing takes all. */
  public boolean takes(String mediaType) {
    return Accept.takes(header(HeaderNames.ACCEPT).orElse(""), mediaType);
  }

  /**
   * The whole body, inflated where it came compressed.
   *
   * @throws Problem when it is larger than the route allows, broken, cut short, or too slow
   */
  public byte[] body() {
    slowPeers.peerHas(patience.transfer());
    try {
      return Body.read(request, route == null ? 0 : route.bodyBytes());
    } catch (Problem refused) {
      closeAfterwards();
      throw refused;
    } finally {
      slowPeers.ourTurn();
    }
  }

  /** The body's media type without parameters. */
  public String mediaType() {
    String type = header(HeaderNames.CONTENT_TYPE).orElse("");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /** Sets cookies, each a whole {@code Set-Cookie} value. */
  public void cookies(String... values) {
    response.header(HeaderNames.SET_COOKIE, values);
  }

  public void header(String name, String value) {
    response.header(HeaderNames.create(name), value);
  }

  public void respondJson(int status, Object value) {
    respond(status, "application/json", Json.bytes(value));
  }

  /**
   * Whether the client holds just this JSON from an earlier answer, so that {@link #respondTagged}
   * will tell it nothing.
   */
  public boolean isKnown(byte[] json) {
    String etag = Etag.of(json, false);
    return header(HeaderNames.IF_NONE_MATCH).filter(given -> Etag.matches(given, etag)).isPresent();
  }

  /**
   * JSON that was assembled elsewhere, with its entity tag; 304 and no body where the client has it
   * already.
   */
  public void respondTagged(byte[] json) {
    respondTagged("application/json", "private, no-cache", json);
  }

  public void respondTagged(String mediaType, String cacheControl, byte[] content) {
    boolean gzip = compresses(content.length);
    respondTagged(
        Etag.of(content, gzip),
        mediaType,
        cacheControl,
        gzip,
        () -> gzip ? Gzip.compressed(content) : content);
  }

  /** A file whose tag and compressed form are known already. */
  void respondFile(StaticFile file) {
    boolean gzip = file.compressed().isPresent() && acceptsGzip();
    // A file has no language; caches would keep one copy for each that browsers ask for.
    vary = "Accept-Encoding";
    respondTagged(
        Etag.variant(file.hash(), gzip),
        file.mediaType(),
        file.cacheControl(),
        gzip,
        () -> gzip ? file.compressed().orElseThrow() : file.content());
  }

  private void respondTagged(
      String etag, String mediaType, String cacheControl, boolean gzip, Supplier<byte[]> content) {
    response.header(HeaderNames.ETAG, etag);
    response.header(HeaderNames.CACHE_CONTROL, cacheControl);
    if (header(HeaderNames.IF_NONE_MATCH).filter(given -> Etag.matches(given, etag)).isPresent()) {
      response.header(HeaderNames.VARY, vary);
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    send(200, mediaType, content.get(), gzip);
  }

  public void respond(int status, String mediaType, byte[] content) {
    boolean compressed = compresses(content.length);
    send(status, mediaType, compressed ? Gzip.compressed(content) : content, compressed);
  }

  private void send(int status, String mediaType, byte[] content, boolean codedAsGzip) {
    response.status(status);
    response.header(HeaderNames.CONTENT_TYPE, mediaType);
    response.header(HeaderNames.VARY, vary);
    if (codedAsGzip) {
      response.header(HeaderNames.CONTENT_ENCODING, "gzip");
    }
    slowPeers.peerHas(patience.transfer());
    if (asksForHeadersOnly()) {
      response.contentLength(content.length);
      response.send();
    } else {
      response.send(content);
    }
  }

  /**
   * An answer that is written as it is made. An exception in the middle of it cuts the connection,
   * so that a part is not taken for the whole.
   */
  public OutputStream stream(String mediaType) {
    response.status(Status.OK_200);
    response.header(HeaderNames.CONTENT_TYPE, mediaType);
    response.header(HeaderNames.VARY, vary);
    if (asksForHeadersOnly()) {
      response.send();
      return OutputStream.nullOutputStream();
    }
    return response.outputStream();
  }

  /** The same, compressed where the client takes that. */
  public OutputStream compressedStream(String mediaType) throws IOException {
    if (!acceptsGzip()) {
      return stream(mediaType);
    }
    response.header(HeaderNames.CONTENT_ENCODING, "gzip");
    return Gzip.stream(stream(mediaType));
  }

  /**
   * An answer that is held open for events; the last one on its connection. To a request for its
   * headers alone it is over at once.
   */
  public Events events() {
    closeAfterwards();
    header("X-Accel-Buffering", "no");
    return new Events(stream(Events.MEDIA_TYPE), slowPeers, patience);
  }

  /** The answer is that it is done, and nothing more. */
  public void respondNothing() {
    response.status(Status.NO_CONTENT_204);
    slowPeers.peerHas(patience.transfer());
    response.send();
  }

  private boolean compresses(int length) {
    return length >= Gzip.WORTH_IT && acceptsGzip();
  }

  private boolean acceptsGzip() {
    return header(HeaderNames.ACCEPT_ENCODING).filter(Accept::gzip).isPresent();
  }

  /** The answer is the last one on its connection. */
  void closeAfterwards() {
    response.header(HeaderValues.CONNECTION_CLOSE);
  }

  /** Takes back what was prepared of an answer; false when something is on the wire already. */
  boolean startOver() {
    if (!((RoutingResponse) response).resetStream()) {
      return false;
    }
    ServerResponseHeaders headers = response.headers();
    headers.remove(HeaderNames.ETAG);
    headers.remove(HeaderNames.CONTENT_LENGTH);
    headers.remove(HeaderNames.CONTENT_DISPOSITION);
    headers.remove(HeaderNames.CONTENT_ENCODING);
    return true;
  }

  ServerRequest request() {
    return request;
  }

  ServerResponse response() {
    return response;
  }
}
