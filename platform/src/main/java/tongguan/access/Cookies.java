package tongguan.access;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tongguan.access.source.Origin;
import tongguan.base.Limits;
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

  /**
   * Of a browser that has left for the sign-on service. It must come along when that sends the
   * browser back, which a strict one would not; it is worth nothing without the state.
   */
  public static final String SIGN_ON = "__Host-tongguan-sign-on";

  private static final String LAX = "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=";
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

  /** From where an admitted call comes. */
  public static Place place(Call call) {
    return place(
        call,
        switch (call.viewer()) {
          case Stranger stranger -> stranger.origin();
          case Officer officer -> officer.origin();
          default -> Origin.NONE;
        });
  }

  static Place place(Call call, Origin origin) {
    return new Place(
        call.address(),
        read(call, BROWSER).orElse(""),
        call.header("User-Agent").orElse(""),
        origin.device(),
        origin.network());
  }

  public static void set(Call call, LogIn.Answer.In in) {
    call.cookies(session(in), browser(in));
  }

  private static String session(LogIn.Answer.In in) {
    return SESSION + '=' + in.token() + GUARDS;
  }

  private static String browser(LogIn.Answer.In in) {
    return BROWSER + '=' + in.browser() + GUARDS + "; Max-Age=" + BROWSER_SECONDS;
  }

  /** For the way to the sign-on service and back. */
  public static void leave(Call call, String browser) {
    call.cookies(SIGN_ON + '=' + browser + LAX + Limits.SIGN_ON_LIFE.toSeconds());
  }

  /** Back from there, and in. */
  public static void comeBack(Call call, LogIn.Answer.In in) {
    call.cookies(session(in), browser(in), SIGN_ON + '=' + LAX + 0);
  }

  public static void forgetLeaving(Call call) {
    call.cookies(SIGN_ON + '=' + LAX + 0);
  }

  public static void renew(Call call, String token) {
    call.cookies(SESSION + '=' + token + GUARDS);
  }

  public static void clear(Call call) {
    call.cookies(SESSION + '=' + GUARDS + "; Max-Age=0");
  }
}
