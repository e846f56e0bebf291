package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;
import static tongguan.access.SignedIn.PASSWORD;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.Platform;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.identity.directory.OidcSettings;
import tongguan.identity.directory.SignOnService;
import tongguan.identity.factor.Totp;

/**
 * Officers who come in by a real OpenID Connect provider, on two nodes: there and back, once, in
 * time, and only with the browser that left (F14, F15; login by a foreign link).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignOnHttpTest {
  private DatabaseUrl url;
  private Platform one;
  private Platform two;
  private SignOnService service;
  private SignedIn admin;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    url = TestDatabase.empty();
    one = new Platform(url, url, 0, Clock.systemUTC());
    two = new Platform(url, url, 0, Clock.systemUTC());
    one.identity().open(folder);
    two.identity().open(folder);
    one.start();
    two.start();
    String redirect = "http://127.0.0.1:" + one.port() + OidcSettings.CALLBACK;
    service = SignOnService.start(folder, redirect);
    OidcSettings settings = OidcSettings.of(service.settings(redirect)).orElseThrow();
    one.identity().join(settings);
    two.identity().join(settings);
    TestDatabase.execute(
        url, "update identity.policy set most = 100000, value = 100000 where code = 'guess-limit'");
    TestDatabase.execute(url, "update identity.role set second_factor = false");
    SignedIn.account(one, "admin", "HQ", 2, "headquarters-administrator", "all");
    admin = SignedIn.stranger(one, "admin").in();
  }

  @AfterAll
  void stop() {
    one.close();
    two.close();
    service.close();
  }

  /** An officer whose name at the service is this. */
  private SignedIn officer(String name, String subject) {
    HttpResponse<String> made =
        admin.make(
            "/api/v1/accounts",
            Map.of(
                "account",
                name,
                "nameZh",
                name,
                "nameEn",
                name,
                "unit",
                "A",
                "clearance",
                0,
                "source",
                "oidc",
                "subject",
                subject));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    TestDatabase.execute(
        url,
        "insert into identity.holding select id, 'officer', 'all' from identity.account where name = '"
            + name
            + "'");
    return SignedIn.stranger(one, name);
  }

  private static String location(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    return response.headers().firstValue("Location").orElseThrow();
  }

  /** Leaves, signs in there, and gives where the service sends the browser back to. */
  private String there(SignedIn officer, String subject) throws Exception {
    URI back = service.visit(location(officer.get("/api/v1/login/oidc")), subject);
    return back.getRawPath() + '?' + back.getRawQuery();
  }

  private long entries(String condition) {
    return Long.parseLong(
        TestDatabase.text(url, "select count(*) from audit.entry where " + condition));
  }

  @Test
  void anOfficerGoesThereComesBackAndIsInOnEveryNode() throws Exception {
    SignedIn wang = officer("wang", "Wang.0042@customs");
    assertThat(json(wang.get("/api/v1/login")).at("/oidc/name").stringValue())
        .isEqualTo("Agency sign-on");
    assertThat(json(wang.get("/api/v1/login")).path("methods").toString()).contains("oidc");

    HttpResponse<String> left = wang.get("/api/v1/login/oidc");
    assertThat(location(left))
        .startsWith(service.issuer.toString())
        .contains("code_challenge_method=S256", "response_type=code", "nonce=", "state=");
    assertThat(left.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .startsWith("__Host-tongguan-sign-on=")
        .contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Max-Age=600");
    URI back = service.visit(location(left), "Wang.0042@customs");
    HttpResponse<String> came = wang.get(back.getRawPath() + '?' + back.getRawQuery());

    assertThat(location(came)).isEqualTo("/");
    assertThat(wang.cookie()).contains("__Host-tongguan=").doesNotContain("sign-on");
    assertThat(wang.get("/api/v1/flow").statusCode()).isEqualTo(200);
    assertThat(wang.at(two).get("/api/v1/flow").statusCode()).isEqualTo(200);
    assertThat(entries("act = 'login' and outcome = 'done' and name = 'wang'")).isEqualTo(1);
  }

  @Test
  void whoIsNotKnownHereOrWritesItsNameOtherwiseIsRefused() throws Exception {
    officer("hung", "hung");
    for (String subject : new String[] {"a-stranger", "Hung", "hung2", "wang"}) {
      SignedIn stranger = SignedIn.stranger(one, "x");
      assertThat(location(stranger.get(there(stranger, subject))))
          .as(subject)
          .isEqualTo("/?sign-on=refused");
      assertThat(stranger.cookie()).as(subject).doesNotContain("__Host-tongguan=");
    }
    assertThat(entries("act = 'login' and code = 'unknown-account' and name = 'a-stranger'"))
        .isEqualTo(1);
  }

  @Test
  void aWayBackIsGoodOnceOnWhicheverNode() throws Exception {
    SignedIn lai = officer("lai", "lai");
    String back = there(lai, "lai");
    SignedIn copy = lai.at(two);
    assertThat(location(lai.get(back))).isEqualTo("/");
    long before = entries("code = 'sign-on-state'");

    assertThat(location(copy.get(back))).isEqualTo("/?sign-on=refused");
    assertThat(location(lai.get(back))).isEqualTo("/?sign-on=refused");
    assertThat(entries("code = 'sign-on-state'") - before)
        .as("without asking the service again")
        .isEqualTo(2);
  }

  @Test
  void aWayBackIsForTheBrowserThatLeftAndForNoOneWhoFollowsALink() throws Exception {
    SignedIn attacker = officer("attacker", "attacker");
    String back = there(attacker, "attacker");
    SignedIn victim = SignedIn.stranger(one, "victim");

    assertThat(location(victim.get(back))).isEqualTo("/?sign-on=refused");
    assertThat(victim.cookie()).doesNotContain("__Host-tongguan=");
    assertThat(location(attacker.get(back))).as("spent by that").isEqualTo("/?sign-on=refused");

    // Also where the victim is on its own way there.
    String own = there(attacker, "attacker");
    victim.get("/api/v1/login/oidc");
    assertThat(location(victim.get(own))).isEqualTo("/?sign-on=refused");
    assertThat(entries("code = 'sign-on-state'")).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aWayBackThatIsLateOrChangedIsRefused() throws Exception {
    SignedIn kuo = officer("kuo", "kuo");
    String late = there(kuo, "kuo");
    TestDatabase.execute(
        url, "update identity.sign_on set begun_at = begun_at - interval '601 seconds'");
    assertThat(location(kuo.get(late))).isEqualTo("/?sign-on=refused");

    for (String[] change :
        new String[][] {
          {"state=[^&]*", "state=" + "A".repeat(43)},
          {"code=[^&]*", "code=another"},
          {"code=[^&]*", "error=access_denied"},
          {"iss=[^&]*", "iss=https%3A%2F%2Felsewhere.test"},
          {"&iss=[^&]*", ""}
        }) {
      assertThat(location(kuo.get(there(kuo, "kuo").replaceAll(change[0], change[1]))))
          .as(change[1])
          .isEqualTo("/?sign-on=refused");
    }
    assertThat(location(kuo.get(there(kuo, "kuo")))).isEqualTo("/");
  }

  @Test
  void aCodeOfAnotherAttemptIsRefusedBecauseItsChallengeAndNonceAreOthers() throws Exception {
    SignedIn tsai = officer("tsai", "tsai");
    String first = there(tsai, "tsai");
    String second = there(tsai, "tsai");
    String code = first.replaceAll(".*[?&]code=([^&]*).*", "$1");

    assertThat(location(tsai.get(second.replaceAll("code=[^&]*", "code=" + code))))
        .isEqualTo("/?sign-on=refused");

    // The challenge fits, and only the nonce was changed on the way there.
    String leave = location(tsai.get("/api/v1/login/oidc"));
    URI back = service.visit(leave.replaceAll("nonce=[^&]*", "nonce=other"), "tsai");
    assertThat(location(tsai.get(back.getRawPath() + '?' + back.getRawQuery())))
        .isEqualTo("/?sign-on=refused");
    assertThat(entries("code = 'sign-on-token' and details like '%not good%'"))
        .isGreaterThanOrEqualTo(1);
  }

  @Test
  void thereIsNoPasswordForSuchAnAccount() {
    SignedIn none = officer("none", "none");
    assertThat(code(none.logIn(""))).isNotEqualTo("");
    assertThat(code(none.logIn(PASSWORD))).isEqualTo("login-refused");
  }

  @Test
  void withoutACodeOrPasskeyThereIsNoUnlockingAndTheAnswerSaysWhatToDo() throws Exception {
    SignedIn hsieh = officer("hsieh", "hsieh");
    hsieh.get(there(hsieh, "hsieh"));
    hsieh.known();
    hsieh.post("/api/v1/session/lock", Map.of());

    assertThat(json(hsieh.get("/api/v1/flow")).path("source").stringValue()).isEqualTo("oidc");
    for (String password : new String[] {PASSWORD, "123456"}) {
      assertThat(code(hsieh.unlock(password))).isEqualTo("no-proof-yet");
    }
    assertThat(code(hsieh.post("/api/v1/session/unlock", Map.of("signOn", true))))
        .as("having signed on once does not unlock")
        .isEqualTo("no-proof-yet");
    assertThat(code(hsieh.post("/api/v1/session/unlock", Map.of("code", "123456"))))
        .isEqualTo("no-proof-yet");
    assertThat(hsieh.get("/api/v1/flow").statusCode()).isEqualTo(423);
  }

  @Test
  void theFirstCodeIsSetUpJustAfterSigningOnAndThenStandsInForThePassword() throws Exception {
    SignedIn chiu = officer("chiu", "chiu");
    chiu.get(there(chiu, "chiu"));
    assertThat(json(chiu.known()).path("source").stringValue()).isEqualTo("oidc");
    String secret = setUpACode(chiu);
    // A code works once: what follows is as if hours had passed.
    forgetTheStep("chiu");

    assertThat(code(chiu.post("/api/v1/me/totp", Map.of("signOn", true))))
        .as("no way round the factor that is there")
        .isEqualTo("no-password-here");
    chiu.post("/api/v1/session/lock", Map.of());
    assertThat(code(chiu.unlock(PASSWORD))).isEqualTo("no-password-here");
    assertThat(chiu.finish("/api/v1/session/unlock", Map.of("code", now(secret))).statusCode())
        .isEqualTo(200);
    assertThat(chiu.get("/api/v1/flow").statusCode()).isEqualTo(200);

    SignedIn again = SignedIn.stranger(one, "chiu");
    again.get(there(again, "chiu"));
    assertThat(json(again.known()).path("next").stringValue()).isEqualTo("second-factor");
  }

  @Test
  void threeWrongCodesLockSuchAnAccountLikeAnyOther() throws Exception {
    SignedIn yeh = officer("yeh", "yeh");
    yeh.get(there(yeh, "yeh"));
    yeh.known();
    String secret = setUpACode(yeh);
    yeh.post("/api/v1/session/lock", Map.of());
    for (int i = 0; i < 3; i++) {
      assertThat(yeh.post("/api/v1/session/unlock", Map.of("code", "00000" + i)).statusCode())
          .isEqualTo(401);
    }
    forgetTheStep("yeh");

    assertThat(yeh.post("/api/v1/session/unlock", Map.of("code", now(secret))).statusCode())
        .as("comes too late")
        .isEqualTo(401);
    assertThat(entries("name = 'yeh' and act = 'account.locked'")).isEqualTo(1);
  }

  @Test
  void longAfterSigningOnNoFirstFactorIsSetUpAndACodeIsNoPasswordForOthers() throws Exception {
    SignedIn peng = officer("peng", "peng");
    peng.get(there(peng, "peng"));
    peng.known();
    TestDatabase.execute(
        url,
        "update identity.session s set created_at = s.created_at - interval '301 seconds' from identity.account a where a.id = s.account and a.name = 'peng'");
    assertThat(code(peng.post("/api/v1/me/totp", Map.of("signOn", true))))
        .isEqualTo("no-proof-yet");

    SignedIn.account(one, "local", "A", 0, "officer", "all");
    SignedIn local = SignedIn.stranger(one, "local").in();
    assertThat(code(local.post("/api/v1/me/totp", Map.of("signOn", true))))
        .isEqualTo("confirmation-refused");
    String secret =
        json(local.post("/api/v1/me/totp", Map.of("password", PASSWORD)))
            .path("secret")
            .stringValue();
    local.post("/api/v1/me/totp/confirm", Map.of("code", now(secret)));
    forgetTheStep("local");
    local.post("/api/v1/session/lock", Map.of());
    assertThat(code(local.post("/api/v1/session/unlock", Map.of("code", now(secret)))))
        .isEqualTo("confirmation-refused");
    assertThat(local.unlock(PASSWORD).statusCode()).isEqualTo(200);
  }

  @Test
  void anAdministratorOfTheServiceConfirmsWithACode() throws Exception {
    SignedIn boss = officer("boss", "boss");
    TestDatabase.execute(
        url,
        "update identity.holding h set role = 'headquarters-administrator' from identity.account a where a.id = h.account and a.name = 'boss'");
    boss.get(there(boss, "boss"));
    boss.known();
    String secret = setUpACode(boss);
    forgetTheStep("boss");
    String locked =
        "/api/v1/accounts/"
            + SignedIn.account(one, "someone", "A", 0, "officer", "own")
            + "/unlock";
    Map<String, Object> input = Map.of("reason", "called back");

    String nonce = boss.draft(locked, input);
    HttpResponse<String> done =
        boss.post(
            locked,
            Map.of("input", input, "confirmation", nonce, "code", now(secret)),
            "Idempotency-Key",
            "k-1");

    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(code(boss.confirm(locked, input, boss.draft(locked, input), PASSWORD)))
        .isEqualTo("no-password-here");
  }

  private String setUpACode(SignedIn officer) {
    HttpResponse<String> begun = officer.post("/api/v1/me/totp", Map.of("signOn", true));
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
    String secret = json(begun).path("secret").stringValue();
    HttpResponse<String> set =
        officer.finish("/api/v1/me/totp/confirm", Map.of("code", now(secret)));
    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    officer.known();
    return secret;
  }

  private String now(String secret) {
    long step =
        Long.parseLong(
            TestDatabase.text(url, "select floor(extract(epoch from now()) / 30)::bigint"));
    return Totp.code(Base32.decode(secret), step);
  }

  private void forgetTheStep(String name) {
    TestDatabase.execute(
        url,
        "update identity.totp t set last_step = 0 from identity.account a where a.id = t.account and a.name = '"
            + name
            + "'");
  }

  @Test
  void anAccountThatEndedComesInNoMore() throws Exception {
    SignedIn gone = officer("gone", "gone");
    TestDatabase.execute(url, "update identity.account set ended_at = now() where name = 'gone'");

    assertThat(location(gone.get(there(gone, "gone")))).isEqualTo("/?sign-on=refused");
  }

  @Test
  void whereThereIsNoServiceThereIsNoWay() {
    DatabaseUrl own = TestDatabase.empty();
    try (Platform platform = new Platform(own, own, 0, Clock.systemUTC())) {
      platform.start();
      SignedIn anyone = SignedIn.stranger(platform, "anyone");
      assertThat(json(anyone.get("/api/v1/login")).has("oidc")).isFalse();
      assertThat(code(anyone.get("/api/v1/login/oidc"))).isEqualTo("no-sign-on");
      assertThat(location(anyone.get(OidcSettings.CALLBACK + "?state=x&code=y")))
          .isEqualTo("/?sign-on=refused");
    }
  }
}
