package tongguan.base.http;

import java.net.URI;
import java.util.Set;
import tongguan.base.Problem;

/**
 * What is checked of every request before anyone is asked who sent it: that a change does not come
 * from a foreign page (Fetch Metadata, Origin), and that its body is of a kind that the route
 * takes.
 */
final class Doorstep {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private Doorstep() {}

  static void check(Call call, Route route) {
    if (SAFE.contains(route.method())) {
      return;
    }
    call.header("Sec-Fetch-Site")
        .filter(site -> !site.equals("same-origin") && !site.equals("none"))
        .ifPresent(site -> {
          throw foreign();
        });
    call.header("Origin")
        .filter(origin -> !isOurs(origin, call.request().authority()))
        .ifPresent(origin -> {
          throw foreign();
        });
    if (!route.consumes().isEmpty() && !route.consumes().contains(call.mediaType())) {
      throw Problem.of(415, "media-type", "不支援此內容類型。", "This content type is not taken here.")
          .with("expected", route.consumes().stream().sorted().toList());
    }
  }

  private static boolean isOurs(String origin, String authority) {
    try {
      return authority.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException notAnOrigin) {
      return false;
    }
  }

  private static Problem foreign() {
    return Problem.of(
        403, "foreign-origin", "拒絕來自其他網站的要求。", "A change that comes from another site is refused.");
  }
}
