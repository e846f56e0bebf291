package tongguan.access.door;

import java.util.List;
import java.util.Map;
import tongguan.access.Cookies;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.identity.Identity;
import tongguan.identity.LogIn;
import tongguan.identity.SignOn;

/**
 * To the agency's sign-on service and back. Both are pages that a browser goes to, not calls of our
 * page: what goes wrong is told on the page to sign in.
 */
public final class SignOnRoutes {
  private static final int SEE_OTHER = 303;
  private static final int LONGEST = 1500;

  private final Identity identity;

  public SignOnRoutes(Identity identity) {
    this.identity = identity;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/login/oidc", Route.OPEN, this::leave),
        Route.get("/api/v1/login/oidc/callback", Route.OPEN, this::comeBack));
  }

  private void leave(Call call) {
    switch (identity.signOn().begin(Cookies.place(call))) {
      case SignOn.Begun.Go go -> {
        Cookies.leave(call, go.browser());
        redirect(call, go.where().toString());
      }
      case SignOn.Begun.Away away -> redirect(call, "/?sign-on=away");
      case SignOn.Begun.SlowDown slow -> redirect(call, "/?sign-on=slow-down");
      case SignOn.Begun.Nowhere nowhere ->
          throw Problem.of(404, "no-sign-on", "未設定單一登入服務。", "There is no sign-on service here.");
    }
  }

  private void comeBack(Call call) {
    SignOn.Back back =
        new SignOn.Back(
            text(call, "state"),
            text(call, "code"),
            call.query("iss").orElse(null),
            Cookies.read(call, Cookies.SIGN_ON).orElse(""));
    if (back.state().isEmpty()) {
      throw Problem.badRequest("parameter", "查詢參數無效。", "A query parameter is not valid.")
          .with("parameter", "state");
    }
    switch (identity.signOn().finish(back, Cookies.place(call), call.correlation())) {
      case LogIn.Answer.In in -> {
        Cookies.comeBack(call, in);
        redirect(call, "/");
      }
      case LogIn.Answer.Refused refused -> failed(call, "refused");
      case LogIn.Answer.DirectoryAway away -> failed(call, "away");
      case LogIn.Answer.SlowDown slow -> failed(call, "slow-down");
    }
  }

  private static String text(Call call, String name) {
    return call.query(name).filter(value -> value.length() <= LONGEST).orElse("");
  }

  private static void failed(Call call, String how) {
    Cookies.forgetLeaving(call);
    redirect(call, "/?sign-on=" + how);
  }

  private static void redirect(Call call, String where) {
    call.header("Location", where);
    call.respondJson(SEE_OTHER, Map.of("location", where));
  }
}
