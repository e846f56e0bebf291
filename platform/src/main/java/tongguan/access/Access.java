package tongguan.access;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tongguan.access.source.Facts;
import tongguan.access.source.Origin;
import tongguan.access.source.Question;
import tongguan.access.source.Reason;
import tongguan.access.source.SourceCheck;
import tongguan.access.source.Sources;
import tongguan.access.source.StewardHeader;
import tongguan.access.source.Verdict;
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
import tongguan.identity.Secret;
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

  private final Identity identity;
  private final Audit audit;
  private final Sources sources;
  private volatile Set<String> names = Set.of();

  public Access(Identity identity, Audit audit, Sources sources) {
    this.identity = identity;
    this.audit = audit;
    this.sources = sources;
  }

  /** The names under which this server is asked over TLS, as they stand in its certificate. */
  public void serve(Collection<String> ownNames) {
    names =
        ownNames.stream()
            .map(name -> name.contains(":") ? '[' + name + ']' : name)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Viewer admit(Call call, Route route) {
    return call.isSecure() ? admitProven(call, route) : admitHere(call, route);
  }

  /**
   * Served without TLS, which is for development: only this machine itself, and under its own name,
   * because a web page elsewhere can point its name at 127.0.0.1.
   */
  private Viewer admitHere(Call call, Route route) {
    InetAddress peer = call.peer().getAddress();
    if (peer == null || !peer.isLoopbackAddress() || !call.isForThisMachine()) {
      throw Problem.of(
          403, "not-here", "開發模式僅接受本機連線。", "In development only this machine itself is let in.");
    }
    if (route.need().equals(Permissions.DEVICE)) {
      throw Refusals.notFromHere();
    }
    if (route.need().equals(Route.OPEN)) {
      return new Stranger(Origin.NONE);
    }
    Place place = Cookies.place(call, Origin.NONE);
    String token =
        Cookies.read(call, Cookies.SESSION).orElseThrow(() -> notSignedIn(call, route, place));
    return switch (identity.sessions().read(token, place)) {
      case Session.Shown.Valid valid -> let(call, route, valid.session(), token, Origin.NONE);
      case Session.Shown.Invalid invalid -> throw invalid(call, route, invalid, place);
    };
  }

  private Problem invalid(Call call, Route route, Session.Shown.Invalid shown, Place place) {
    Entry entry =
        Entry.refused(
            act(route),
            "session-" + shown.why(),
            stranger(place, shown.session()),
            call.correlation());
    if (shown.session().isPresent()) {
      identity.sessions().endStolen(shown.session().get(), entry);
    } else {
      audit.write(entry);
    }
    return Refusals.notSignedIn();
  }

  /** Over TLS: network, device and SIM first, then who it is. */
  private Viewer admitProven(Call call, Route route) {
    if (route.source() == Route.Source.ANYWHERE) {
      return new Stranger(Origin.NONE);
    }
    boolean own = route.need().equals(Permissions.DEVICE);
    boolean open = route.need().equals(Route.OPEN);
    Optional<String> token = own || open ? Optional.empty() : Cookies.read(call, Cookies.SESSION);
    Optional<X509Certificate> certificate = call.clientCertificate();
    Question asked =
        Question.of(
            token.map(Secret::digest).orElse(null),
            call.address(),
            certificate,
            StewardHeader.of(call.headers(StewardHeader.NAME)));
    Facts facts = sources.read(asked);
    if (!isOurName(call, certificate.isPresent())) {
      throw notFromHere(call, route, Reason.HOST, facts);
    }
    if (SourceCheck.decide(asked, facts, route.source(), own) instanceof Verdict.Refused refused) {
      throw notFromHere(call, route, refused.reason(), facts);
    }
    Origin origin = Origin.of(facts);
    if (own) {
      return device(facts, certificate.orElseThrow());
    }
    if (open) {
      return new Stranger(origin);
    }
    Place place = Cookies.place(call, origin);
    if (token.isEmpty()) {
      throw notSignedIn(call, route, place);
    }
    Session session = facts.session();
    if (session == null) {
      throw invalid(
          call, route, new Session.Shown.Invalid("no-such-session", Optional.empty()), place);
    }
    if (!session.isAt(place)) {
      throw notFromHere(
          call,
          route,
          session.device().equals(place.device()) ? Reason.MOVED : Reason.SESSION_OF_ANOTHER_DEVICE,
          facts);
    }
    if (!origin.device().isEmpty() && !facts.fits()) {
      throw notFromHere(call, route, Reason.DEVICE_OF_OTHERS, facts);
    }
    return let(call, route, session, token.get(), origin);
  }

  /** Its own names, and those of the machine at the other end, where a device's gateway calls. */
  private boolean isOurName(Call call, boolean certified) {
    return names.contains(call.hostName()) || (certified && call.isForThisMachine());
  }

  private static Device device(Facts facts, X509Certificate certificate) {
    Facts.Known known = Objects.requireNonNull(facts.device());
    return new Device(
        known.id(), known.unit(), known.isCutOff(), certificate.getSerialNumber().toByteArray());
  }

  private Problem notFromHere(Call call, Route route, Reason reason, Facts facts) {
    if (facts.mustBeWiped()) {
      call.header("Clear-Site-Data", "\"*\"");
    }
    Session session = facts.session();
    Actor actor =
        new Actor(
            session == null ? "" : session.account().toString(),
            session == null ? "" : session.name(),
            session == null ? "" : session.unit(),
            facts.deviceId().map(UUID::toString).orElse(""),
            call.address(),
            session == null ? "" : session.id().toString());
    sources.refuse(
        reason,
        facts,
        Entry.refused(act(route), "source-" + reason.code(), actor, call.correlation()));
    return reason.ofSession() ? Refusals.notSignedIn() : Refusals.notFromHere();
  }

  private Officer let(Call call, Route route, Session session, String token, Origin origin) {
    Officer officer = new Officer(session, call.chinese(), origin);
    if (!SAFE.contains(call.method())
        && !CsrfToken.matches(call.header(CsrfToken.HEADER).orElse(""), token)) {
      throw refuse(call, route, officer.actor(), Refusals.csrf());
    }
    decide(call, route, officer);
    return officer;
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
              stranger(Cookies.place(call, Origin.NONE), Optional.empty()),
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
