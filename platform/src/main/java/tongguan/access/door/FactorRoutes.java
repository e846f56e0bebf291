package tongguan.access.door;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tongguan.access.Cookies;
import tongguan.access.CsrfToken;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Refusals;
import tongguan.access.Sites;
import tongguan.access.operation.Input;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.identity.Identity;
import tongguan.identity.Proof;
import tongguan.identity.Session;
import tongguan.identity.factor.Totp;
import tools.jackson.databind.JsonNode;

/** Second factors: finishing a log-in with one, and setting one up. */
public final class FactorRoutes {
  private final Identity identity;

  public FactorRoutes(Identity identity) {
    this.identity = identity;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/login/second-factor", Permissions.HALF, this::finish),
        Route.post("/api/v1/me/totp", Permissions.HALF, this::begin),
        Route.post("/api/v1/me/totp/confirm", Permissions.HALF, this::confirm));
  }

  private void finish(Call call) {
    Session session = Officer.of(call).session();
    if (session.stage() != Session.Stage.SECOND_FACTOR) {
      throw Problem.of(409, "not-asked", "不需要第二重驗證。", "No second factor is being asked for.");
    }
    Proof proof =
        Proof.second(Input.of(call), Sites.of(call))
            .orElseThrow(() -> Input.refused("code", "code, recovery or credential"));
    if (!identity.verification().check(session, proof, "second-factor", null, call.correlation())) {
      throw MeRoutes.notProven();
    }
    whole(identity, call, session, new LinkedHashMap<>());
  }

  /** The log-in is whole now, under a new token. */
  static void whole(Identity identity, Call call, Session session, Map<String, Object> reply) {
    String token =
        identity
            .logIn()
            .finish(session, Cookies.place(call), "second-factor", call.correlation())
            .orElseThrow(Refusals::notSignedIn);
    Cookies.renew(call, token);
    reply.put("next", "done");
    reply.put("csrf", CsrfToken.of(token));
    reply.put("methods", List.of());
    call.respondJson(200, reply);
  }

  /** Not for a log-in that still owes the factor it has: a new one would be a way round it. */
  static Session notOwing(Call call) {
    Session session = Officer.of(call).session();
    if (session.stage() == Session.Stage.SECOND_FACTOR) {
      throw Refusals.half(session.stage());
    }
    return session;
  }

  private void begin(Call call) {
    Session session = notOwing(call);
    Proof proof =
        Proof.of(Input.of(call), Sites.of(call))
            .orElseThrow(() -> Input.refused("password", "password, code, credential or signOn"));
    if (!identity.verification().check(session, proof, "totp.begin", null, call.correlation())) {
      throw MeRoutes.notProven();
    }
    Totp.Setup setup = identity.ownFactors().beginTotp(session);
    call.respondJson(200, Map.of("secret", setup.secret(), "uri", setup.uri()));
  }

  private void confirm(Call call) {
    Session session = notOwing(call);
    JsonNode input = Input.of(call);
    List<String> codes =
        identity
            .ownFactors()
            .confirmTotp(session, Input.text(input, "code", 20), call.correlation())
            .orElseThrow(
                () -> Problem.of(422, "wrong-code", "驗證碼不符。", "This is not a code of now."));
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("recoveryCodes", codes);
    if (session.stage() == Session.Stage.ENROL) {
      whole(identity, call, session, reply);
    } else {
      call.respondJson(200, reply);
    }
  }
}
