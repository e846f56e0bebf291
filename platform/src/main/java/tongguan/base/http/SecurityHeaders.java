package tongguan.base.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** What every answer carries so that a browser does no more with it than it should. */
final class SecurityHeaders {
  /** For data: whatever it is taken for, nothing in it runs, loads or is framed. */
  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  /**
   * For the client's pages. WebAssembly (which cannot reach the page) is needed for the bar-code
   * reader, {@code blob:} for the camera's pictures.
   */
  private static final String PAGES =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self' 'wasm-unsafe-eval'",
          "style-src 'self'",
          "img-src 'self' data: blob:",
          "font-src 'self'",
          "connect-src 'self'",
          "media-src 'self' blob:",
          "manifest-src 'self'",
          "worker-src 'self'",
          "base-uri 'none'",
          "form-action 'self'",
          "frame-ancestors 'none'",
          "require-trusted-types-for 'script'",
          "trusted-types svelte-trusted-html tongguan-worker");

  private static final Header FOR_PAGES = header("Content-Security-Policy", PAGES);

  static final List<Header> ALWAYS =
      List.of(
          header("Content-Security-Policy", NOTHING),
          header("X-Content-Type-Options", "nosniff"),
          header("Referrer-Policy", "no-referrer"),
          header("Cross-Origin-Opener-Policy", "same-origin"),
          header("Cross-Origin-Resource-Policy", "same-origin"),
          header("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()"),
          header("Cache-Control", "no-store"));

  private SecurityHeaders() {}

  /** Two years, as the lists of browsers want it. */
  private static final Header TLS_ONLY =
      header("Strict-Transport-Security", "max-age=63072000; includeSubDomains");

  static void addTo(ServerResponse response, boolean secure) {
    ALWAYS.forEach(response::header);
    if (secure) {
      response.header(TLS_ONLY);
    }
  }

  static void allowPage(ServerResponse response) {
    response.header(FOR_PAGES);
  }

  private static Header header(String name, String value) {
    return HeaderValues.createCached(HeaderNames.create(name), value);
  }
}
