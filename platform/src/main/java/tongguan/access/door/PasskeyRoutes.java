package tongguan.access.door;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tongguan.access.Cookies;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Refusals;
import tongguan.access.Sites;
import tongguan.access.operation.Input;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.identity.Identity;
import tongguan.identity.LogIn;
import tongguan.identity.Proof;
import tongguan.identity.Session;
import tongguan.identity.passkey.Passkey;
import tools.jackson.databind.JsonNode;

/** Passkeys (WebAuthn): coming in with one, and an officer's own. */
public final class PasskeyRoutes {
  private static final int LONGEST_NAME = 60;

  private final Identity identity;

  public PasskeyRoutes(Identity identity) {
    this.identity = identity;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/login/passkey/options", Route.OPEN, this::askForAny),
        Route.post("/api/v1/login/passkey", Route.OPEN, this::logIn),
        Route.post("/api/v1/session/passkey-options", Permissions.SESSION, this::askForOwn),
        Route.get("/api/v1/me/passkeys", Permissions.SIGNED_IN, this::list),
        Route.post("/api/v1/me/passkeys/options", Permissions.HALF, this::begin),
        Route.post("/api/v1/me/passkeys", Permissions.HALF, this::add),
        Route.post("/api/v1/me/passkeys/{id}/remove", Permissions.SIGNED_IN, this::remove));
  }

  private void askForAny(Call call) {
    call.respondJson(
        200,
        identity
            .logIn()
            .passkeyOptions(Cookies.place(call), Sites.of(call))
            .orElseThrow(() -> Refusals.slowDown(LogIn.SLOW_DOWN_SECONDS)));
  }

  private void logIn(Call call) {
    JsonNode credential = credential(Input.of(call));
    Proof.Passkey proof = new Proof.Passkey(credential, Sites.of(call));
    LogInRoutes.answer(
        call, identity.logIn().byPasskey(proof, Cookies.place(call), call.correlation()));
  }

  private static JsonNode credential(JsonNode input) {
    JsonNode credential = input.path("credential");
    if (!credential.isObject()) {
      throw Input.refused("credential", "object");
    }
    return credential;
  }

  private void askForOwn(Call call) {
    Session session = Officer.of(call).session();
    if (!identity.ownFactors().hasPasskey(session.account())) {
      throw Problem.of(404, "no-passkey", "此帳號沒有通行金鑰。", "This account has no passkey.");
    }
    call.respondJson(200, identity.ownFactors().proofOptions(session, Sites.of(call)));
  }

  private void list(Call call) {
    Session session = Officer.of(call).session();
    call.respondJson(
        200,
        Map.of(
            "items",
            identity.ownFactors().passkeys(session).stream().map(PasskeyRoutes::item).toList()));
  }

  private static Map<String, Object> item(Passkey passkey) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", passkey.id());
    item.put("name", passkey.name());
    item.put("createdAt", passkey.createdAt());
    if (passkey.lastUsedAt() != null) {
      item.put("lastUsedAt", passkey.lastUsedAt());
    }
    return item;
  }

  /** Whoever adds a passkey could come in with it for ever: the officer proves it first. */
  private void begin(Call call) {
    Session session = FactorRoutes.notOwing(call);
    requireProof(call, session, "passkey.begin");
    call.respondJson(200, identity.ownFactors().newPasskeyOptions(session, Sites.of(call)));
  }

  private void requireProof(Call call, Session session, String purpose) {
    Proof proof =
        Proof.of(Input.of(call), Sites.of(call))
            .orElseThrow(() -> Input.refused("password", "password, code or credential"));
    if (!identity.verification().check(session, proof, purpose, null, call.correlation())) {
      throw MeRoutes.notProven();
    }
  }

  private void add(Call call) {
    Session session = FactorRoutes.notOwing(call);
    JsonNode input = Input.of(call);
    List<String> codes =
        identity
            .ownFactors()
            .addPasskey(
                session,
                Input.text(input, "name", LONGEST_NAME),
                credential(input),
                Sites.of(call),
                call.correlation())
            .orElseThrow(() ->
                Problem.of(
                    422,
                    "passkey-refused",
                    "此通行金鑰無法加入；請重新開始。",
                    "This passkey cannot be added. Begin again."));
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("recoveryCodes", codes);
    if (session.stage() == Session.Stage.ENROL) {
      FactorRoutes.whole(identity, call, session, reply);
    } else {
      call.respondJson(200, reply);
    }
  }

  private void remove(Call call) {
    Session session = Officer.of(call).session();
    UUID id = Input.id(call.pathParameter("id"), PasskeyRoutes::unknown);
    requireProof(call, session, "passkey.remove");
    if (!identity.ownFactors().removePasskey(session, id, call.correlation())) {
      throw unknown();
    }
    call.respondJson(200, Map.of("done", true));
  }

  private static Problem unknown() {
    return Problem.of(404, "unknown-passkey", "查無此通行金鑰。", "There is no such passkey of yours.");
  }
}
