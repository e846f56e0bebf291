package tongguan.access;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Gate;
import tongguan.base.http.Route;
import tongguan.base.http.Viewer;
import tongguan.identity.Identity;
import tongguan.identity.Place;
import tongguan.identity.Session;

/**
 * The gate. For each request, in this order: from where, whose session, is the change our own
 * page's, is it locked, is the log-in whole, does the officer have the permission. Decided from the
 * primary database with its clock, each time anew; what is refused is in the audit.
 */
public final class Access implements Gate {
  /** Says that a page refreshed itself: no sign of an officer being there. */
  private static final String BACKGROUND = "X-Background";

  private static final Set<String> SAFE = Set.of("GET", "HEAD");
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Viewer STRANGER = new Stranger();

  private final Identity identity;
  private final Audit audit;

  public Access(Identity identity, Audit audit) {
    this.identity = identity;
    this.audit = audit;
  }

  @Override
  public Viewer admit(Call call, Route route) {
    requireThisMachine(call);
    if (route.need().equals(Route.OPEN)) {
      return STRANGER;
    }
    Place place = Cookies.place(call);
    String token =
        Cookies.read(call, Cookies.SESSION).orElseThrow(() -> notSignedIn(call, route, place));
    Session session = read(call, route, token, place);
    Officer officer = new Officer(session, call.chinese());
    if (!SAFE.contains(call.method())
        && !CsrfToken.matches(call.header(CsrfToken.HEADER).orElse(""), token)) {
      throw refuse(call, route, officer.actor(), Refusals.csrf());
    }
    decide(call, route, officer);
    return officer;
  }

  /**
   * Served without TLS, which is for development: only this machine itself, and under its own name,
   * because a web page elsewhere can point its name at 127.0.0.1.
   */
  private static void requireThisMachine(Call call) {
    InetAddress peer = call.peer().getAddress();
    if (peer == null || !peer.isLoopbackAddress() || !LOOPBACK_NAMES.contains(hostName(call))) {
      throw Problem.of(
          403, "not-here", "開發模式僅接受本機連線。", "In development only this machine itself is let in.");
    }
  }

  private static String hostName(Call call) {
    String host = call.header("Host").orElse("").toLowerCase(Locale.ROOT);
    int port = host.lastIndexOf(':');
    return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
  }

  private Session read(Call call, Route route, String token, Place place) {
    return switch (identity.sessions().read(token, place)) {
      case Session.Shown.Valid valid -> valid.session();
      case Session.Shown.Invalid invalid -> {
        invalid.session().ifPresent(identity.sessions()::endStolen);
        audit.write(
            Entry.refused(
                act(route),
                "session-" + invalid.why(),
                stranger(place, invalid.session()),
                call.correlation()));
        throw Refusals.notSignedIn();
      }
    };
  }

  private Problem notSignedIn(Call call, Route route, Place place) {
    // Whoever shows nothing is not worth an entry, or anyone could fill the log; a token that does
    // not look like one of ours is.
    if (Cookies.isThere(call)) {
      audit.write(
          Entry.refused(
              act(route),
              "session-malformed",
              stranger(place, Optional.empty()),
              call.correlation()));
    }
    return Refusals.notSignedIn();
  }

  private void decide(Call call, Route route, Officer officer) {
    Session session = officer.session();
    if (route.need().equals(Permissions.SESSION)) {
      return;
    }
    if (session.locked()) {
      identity.sessions().lock(session, "idle", call.correlation());
      boolean hasPasskey = identity.ownFactors().hasPasskey(session.account());
      String source = identity.accounts().source(session.account());
      throw refuse(
          call,
          route,
          officer.actor(),
          Refusals.locked(session, call.chinese(), csrf(call), hasPasskey, source));
    }
    if (call.header(BACKGROUND).isEmpty()) {
      identity.sessions().touch(session);
    }
    if (route.need().equals(Permissions.HALF)) {
      return;
    }
    if (session.stage() != Session.Stage.FULL) {
      throw refuse(call, route, officer.actor(), Refusals.half(session.stage()));
    }
    if (!route.need().equals(Permissions.SIGNED_IN) && !officer.may(route.need())) {
      throw refuse(call, route, officer.actor(), Refusals.notPermitted());
    }
  }

  private static String csrf(Call call) {
    return Cookies.read(call, Cookies.SESSION).map(CsrfToken::of).orElse("");
  }

  /** A change from a foreign page never reaches the session, but it is worth knowing of. */
  @Override
  public void turnedAway(Call call, Route route, Problem problem) {
    if (problem.code().equals("foreign-origin")) {
      audit.write(
          Entry.refused(
              act(route),
              problem.code(),
              stranger(Cookies.place(call), Optional.empty()),
              call.correlation()));
    }
  }

  private Problem refuse(Call call, Route route, Actor actor, Problem problem) {
    audit.write(Entry.refused(act(route), problem.code(), actor, call.correlation()));
    return problem;
  }

  private static String act(Route route) {
    return route.method() + ' ' + route.path();
  }

  private static Actor stranger(Place place, Optional<UUID> session) {
    return new Actor(
        "", "", "", place.device(), place.address(), session.map(UUID::toString).orElse(""));
  }
}
