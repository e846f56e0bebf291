package tongguan.access.door;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tongguan.access.Cookies;
import tongguan.access.CsrfToken;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Sites;
import tongguan.access.operation.Input;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.identity.Identity;
import tongguan.identity.Proof;
import tongguan.identity.Session;
import tongguan.identity.SessionStore;

/** The session: locking it, unlocking it, leaving, and the others of the same officer. */
public final class SessionRoutes {
  private final Identity identity;
  private final Followers followers;

  public SessionRoutes(Identity identity, Followers followers) {
    this.identity = identity;
    this.followers = followers;
  }

  /** Rooms above that keep something with a session. */
  public interface Followers {
    /** The session goes on under another token. */
    void renewed(UUID session, String oldToken, String newToken);

    /** It has ended on this node; what ended elsewhere nobody tells. */
    void ended(UUID session);
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/logout", Permissions.SESSION, this::logOut),
        Route.post("/api/v1/session/lock", Permissions.SESSION, this::lock),
        Route.post("/api/v1/session/unlock", Permissions.SESSION, this::unlock),
        Route.get("/api/v1/sessions", Permissions.SIGNED_IN, this::list),
        Route.post("/api/v1/sessions/{id}/end", Permissions.SIGNED_IN, this::end),
        Route.post("/api/v1/sessions/end-others", Permissions.SIGNED_IN, this::endOthers));
  }

  private void logOut(Call call) {
    Session session = Officer.of(call).session();
    identity.sessions().end(session, session.id(), call.correlation());
    followers.ended(session.id());
    Cookies.clear(call);
    call.respondJson(200, Map.of("done", true));
  }

  private void lock(Call call) {
    identity.sessions().lock(Officer.of(call).session(), "asked", call.correlation());
    call.respondJson(200, Map.of("done", true));
  }

  private void unlock(Call call) {
    Session session = Officer.of(call).session();
    Proof proof =
        Proof.of(Input.of(call), Sites.of(call))
            .orElseThrow(() -> Input.refused("password", "password, code or credential"));
    if (!identity.verification().check(session, proof, "unlock", null, call.correlation())) {
      throw MeRoutes.notProven();
    }
    String token =
        identity
            .sessions()
            .renew(session, session.stage(), "session.unlock", call.correlation())
            .orElseThrow(tongguan.access.Refusals::notSignedIn);
    Cookies.read(call, Cookies.SESSION)
        .ifPresent(old -> followers.renewed(session.id(), old, token));
    Cookies.renew(call, token);
    call.respondJson(200, Map.of("csrf", CsrfToken.of(token)));
  }

  private void list(Call call) {
    Session session = Officer.of(call).session();
    call.respondJson(
        200,
        Map.of(
            "items",
            identity.sessions().of(session).stream()
                .map(listed -> item(listed, session))
                .toList()));
  }

  private static Map<String, Object> item(SessionStore.Listed listed, Session mine) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", listed.id());
    item.put("current", listed.id().equals(mine.id()));
    item.put("createdAt", listed.createdAt());
    item.put("lastActiveAt", listed.activeAt());
    item.put("endsAt", listed.endsAt());
    item.put("address", listed.address());
    item.put("device", listed.device());
    item.put("agent", listed.agent());
    item.put("locked", listed.locked());
    return item;
  }

  private void end(Call call) {
    UUID id = Input.id(call.pathParameter("id"), SessionRoutes::unknown);
    if (!identity.sessions().end(Officer.of(call).session(), id, call.correlation())) {
      throw unknown();
    }
    followers.ended(id);
    call.respondJson(200, Map.of("done", true));
  }

  private static Problem unknown() {
    return Problem.of(404, "unknown-session", "查無此登入。", "There is no such session of yours.");
  }

  private void endOthers(Call call) {
    int ended = identity.sessions().endOthers(Officer.of(call).session(), call.correlation());
    call.respondJson(200, Map.of("ended", ended));
  }
}
