package tongguan.access.door;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tongguan.access.Cookies;
import tongguan.access.CsrfToken;
import tongguan.access.Refusals;
import tongguan.access.operation.Input;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.identity.Identity;
import tongguan.identity.LogIn;
import tongguan.identity.Session;
import tools.jackson.databind.JsonNode;

/** The way in. */
public final class LogInRoutes {
  /** Far more than a password may have; what is longer is refused by the rules, not cut. */
  private static final int LONGEST = 10_000;

  private final Identity identity;

  public LogInRoutes(Identity identity) {
    this.identity = identity;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/login", Route.OPEN, this::ways),
        Route.post("/api/v1/login", Route.OPEN, this::logIn),
        Route.post("/api/v1/setup", Route.OPEN, this::setUp));
  }

  private void ways(Call call) {
    List<String> methods = new ArrayList<>(identity.logIn().methods());
    Map<String, Object> ways = new LinkedHashMap<>();
    ways.put("methods", methods);
    identity
        .signOn()
        .name()
        .ifPresent(name -> {
          methods.add("oidc");
          ways.put("oidc", Map.of("name", name, "href", "/api/v1/login/oidc"));
        });
    call.respondJson(200, ways);
  }

  private void logIn(Call call) {
    JsonNode input = Input.of(call);
    String account = Input.raw(input, "account", LONGEST);
    String password = Input.raw(input, "password", LONGEST);
    answer(
        call,
        identity.logIn().byPassword(account, password, Cookies.place(call), call.correlation()));
  }

  static void answer(Call call, LogIn.Answer answer) {
    switch (answer) {
      case LogIn.Answer.In in -> {
        Cookies.set(call, in);
        call.respondJson(200, in(in));
      }
      case LogIn.Answer.Refused refused -> throw Refusals.logIn();
      case LogIn.Answer.DirectoryAway away -> throw Refusals.directoryAway();
      case LogIn.Answer.SlowDown slow -> throw Refusals.slowDown(slow.retryAfterSeconds());
    }
  }

  private static Map<String, Object> in(LogIn.Answer.In in) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("next", in.stage() == Session.Stage.FULL ? "done" : in.stage().code());
    reply.put("csrf", CsrfToken.of(in.token()));
    reply.put("methods", in.factors());
    return reply;
  }

  private void setUp(Call call) {
    JsonNode input = Input.of(call);
    identity
        .accounts()
        .setUp(
            Input.text(input, "secret", 100).strip(),
            Input.raw(input, "password", LONGEST),
            Cookies.place(call),
            call.correlation());
    call.respondJson(200, Map.of("done", true));
  }
}
