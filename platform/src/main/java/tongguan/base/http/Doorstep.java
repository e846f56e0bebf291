package tongguan.base.http;

import java.net.URI;
import java.util.Set;
import tongguan.base.Problem;

/**
 * What is checked of every request before anyone is asked who sent it: that its length is known
 * (the server's parser of chunks is lenient: it takes {@code +5} for a size and skips whatever
 * stands where a chunk should end, so a balancer may see other requests in the same bytes), that a
 * change does not come from a foreign page (Fetch Metadata, Origin), that its body is of a kind
 * that the route takes, and that the client takes a kind that the route gives.
 */
final class Doorstep {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private Doorstep() {}

  static void check(Call call, Route route) {
    if (call.header("Transfer-Encoding").isPresent()) {
      call.closeAfterwards();
      throw Problem.of(
          411,
          "length-required",
          "請以 Content-Length 註明長度，不接受分段傳輸。",
          "Send the body with a Content-Length; chunked transfer is not taken.");
    }
    if (!SAFE.contains(route.method())) {
      checkChange(call, route);
    }
    if (!route.produces().isEmpty() && route.produces().stream().noneMatch(call::takes)) {
      throw Problem.of(406, "not-acceptable", "無法提供所要求的格式。", "This is not to be had in that form.")
          .with("available", route.produces().stream().sorted().toList());
    }
  }

  private static void checkChange(Call call, Route route) {
    call.header("Sec-Fetch-Site")
        .filter(site -> !site.equals("same-origin") && !site.equals("none"))
        .ifPresent(site -> {
          throw foreign();
        });
    call.header("Origin")
        .filter(origin -> !isOurs(origin, call))
        .ifPresent(origin -> {
          throw foreign();
        });
    if (!route.consumes().isEmpty() && !route.consumes().contains(call.mediaType())) {
      throw Problem.of(415, "media-type", "不支援此內容類型。", "This content type is not taken here.")
          .with("expected", route.consumes().stream().sorted().toList());
    }
  }

  /**
   * The same host and port, over TLS; plain only for pages of the machine itself, which a browser
   * reaches by a loopback gateway where the connection is TLS.
   */
  private static boolean isOurs(String origin, Call call) {
    try {
      URI page = URI.create(origin);
      boolean scheme =
          (call.isSecure() && "https".equals(page.getScheme()))
              || ("http".equals(page.getScheme()) && call.isForThisMachine());
      return scheme && call.request().authority().equalsIgnoreCase(page.getRawAuthority());
    } catch (IllegalArgumentException notAnOrigin) {
      return false;
    }
  }

  private static Problem foreign() {
    return Problem.of(
        403, "foreign-origin", "拒絕來自其他網站的要求。", "A change that comes from another site is refused.");
  }
}
