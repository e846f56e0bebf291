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

    assertThat(location(copy.get(back))).isEqualTo("/?sign-on=refused");
    assertThat(location(lai.get(back))).isEqualTo("/?sign-on=refused");
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
