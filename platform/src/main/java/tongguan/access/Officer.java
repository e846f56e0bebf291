package tongguan.access;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tongguan.access.source.Origin;
import tongguan.audit.Actor;
import tongguan.base.http.Call;
import tongguan.base.http.Viewer;
import tongguan.identity.Session;

/** The officer behind a request, in a session that holds at this moment. */
public final class Officer implements Viewer {
  private final Session session;
  private final Set<String> everywhere;
  private final Set<String> own;

  private final boolean chinese;
  private final Origin origin;

  Officer(Session session, boolean chinese, Origin origin) {
    this.session = session;
    this.chinese = chinese;
    this.origin = origin;
    this.everywhere = granted(session, "all ");
    this.own =
        granted(session, "own ").stream()
            .filter(permission -> !Permissions.NATIONWIDE.contains(permission))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> granted(Session session, String scope) {
    return session.grants().stream()
        .filter(grant -> grant.startsWith(scope))
        .map(grant -> grant.substring(scope.length()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The officer of a call on a route that is not open. */
  public static Officer of(Call call) {
    return (Officer) call.viewer();
  }

  public String id() {
    return session.account().toString();
  }

  @Override
  public boolean may(String permission) {
    return everywhere.contains(permission) || own.contains(permission);
  }

  /**
   * How far a permission reaches: everything, one district, or, for an officer of no district who
   * holds it for the own one only, nothing that belongs to a district.
   */
  public Sight sight(String permission) {
    if (everywhere.contains(permission)) {
      return new Sight(Optional.empty(), session.clearance());
    }
    String district = session.district();
    return new Sight(Optional.of(district == null ? "-" : district), session.clearance());
  }

  /** The language of the reader. */
  public boolean chinese() {
    return chinese;
  }

  /** From where the request came. */
  Origin origin() {
    return origin;
  }

  public Session session() {
    return session;
  }

  public Set<String> permissions() {
    return java.util.stream.Stream.concat(everywhere.stream(), own.stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** For the audit. */
  public Actor actor() {
    return new Actor(
        id(),
        session.name(),
        session.unit(),
        session.device(),
        session.address(),
        session.id().toString());
  }
}
