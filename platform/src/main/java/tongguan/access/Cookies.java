package tongguan.access;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tongguan.base.http.Call;
import tongguan.identity.LogIn;
import tongguan.identity.Place;

/**
 * The two cookies: of the session, and of the browser that an account came in from before. Bound to
 * this host, unreachable for scripts, never sent from another site (RFC 6265bis §4.1.3.2).
 */
public final class Cookies {
  public static final String SESSION = "__Host-tongguan";
  public static final String BROWSER = "__Host-tongguan-browser";
  private static final String GUARDS = "; Path=/; Secure; HttpOnly; SameSite=Strict";
  private static final int BROWSER_SECONDS = 180 * 24 * 3600;
  private static final int LONGEST = 100;

  private Cookies() {}

  /** The value of a cookie that is there exactly once and looks like one of ours. */
  public static Optional<String> read(Call call, String name) {
    List<String> values =
        call.header("Cookie").stream()
            .flatMap(header -> Stream.of(header.split(";")))
            .map(String::strip)
            .filter(pair -> pair.startsWith(name + '='))
            .map(pair -> pair.substring(name.length() + 1))
            .toList();
    return values.size() == 1 && values.getFirst().matches("[A-Za-z0-9_-]{20," + LONGEST + "}")
        ? Optional.of(values.getFirst())
        : Optional.empty();
  }

  public static boolean isThere(Call call) {
    return call.header("Cookie").filter(header -> header.contains(SESSION + '=')).isPresent();
  }

  public static Place place(Call call) {
    return new Place(
        call.peer().getAddress().getHostAddress(),
        read(call, BROWSER).orElse(""),
        call.header("User-Agent").orElse(""),
        "");
  }

  public static void set(Call call, LogIn.Answer.In in) {
    call.cookies(
        SESSION + '=' + in.token() + GUARDS,
        BROWSER + '=' + in.browser() + GUARDS + "; Max-Age=" + BROWSER_SECONDS);
  }

  public static void renew(Call call, String token) {
    call.cookies(SESSION + '=' + token + GUARDS);
  }

  public static void clear(Call call) {
    call.cookies(SESSION + '=' + GUARDS + "; Max-Age=0");
  }
}
