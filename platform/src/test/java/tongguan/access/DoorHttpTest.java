package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;
import static tongguan.access.SignedIn.PASSWORD;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.Platform;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.identity.PasswordCost;
import tongguan.identity.factor.Totp;
import tools.jackson.databind.JsonNode;

/**
 * The way in, through two real nodes on one real database. Closes suites S1, S2 (without devices)
 * and S4, and for log-in, lock and unlocking the paths P1, P10, P12, P13 and the faults F13 and
 * F14.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorHttpTest {
  /** Thousands of passwords are tried here. */
  private static final PasswordCost CHEAP = new PasswordCost(64, 1);

  private DatabaseUrl url;
  private Platform one;
  private Platform two;

  @BeforeAll
  void start(@TempDir Path keys) {
    url = TestDatabase.empty();
    one = new Platform(url, url, 0, Clock.systemUTC(), CHEAP);
    two = new Platform(url, url, 0, Clock.systemUTC(), CHEAP);
    one.identity().open(keys);
    two.identity().open(keys);
    one.start();
    two.start();
    // Everything here comes from one address; the slowing of guesses has a test of its own.
    TestDatabase.execute(
        url, "update identity.policy set most = 100000, value = 100000 where code = 'guess-limit'");
  }

  @AfterAll
  void stop() {
    one.close();
    two.close();
  }

  private SignedIn officer(String name) {
    SignedIn.account(one, name, "A", 0, "officer", "all");
    return SignedIn.stranger(one, name);
  }

  private long entries(String condition) {
    return Long.parseLong(
        TestDatabase.text(url, "select count(*) from audit.entry where " + condition));
  }

  @Test
  void anOfficerGetsInWorksOnEveryNodeAndLeavesEverywhereAtOnce() {
    SignedIn officer = officer("s3-both").in();

    assertThat(officer.get("/api/v1/sessions").statusCode()).isEqualTo(200);
    assertThat(officer.at(two).get("/api/v1/sessions").statusCode()).isEqualTo(200);
    SignedIn elsewhere = officer.at(two);
    assertThat(officer.post("/api/v1/logout", Map.of()).statusCode()).isEqualTo(200);

    assertThat(code(elsewhere.get("/api/v1/sessions"))).isEqualTo("not-signed-in");
    assertThat(entries("act = 'login' and name = 's3-both' and outcome = 'done'")).isEqualTo(1);
    assertThat(entries("act = 'logout' and name = 's3-both'")).isEqualTo(1);
  }

  @Test
  void theCookieIsBoundToThisHostAndOutOfReachOfScriptsAndOtherSites() {
    SignedIn officer = officer("s3-cookie");
    HttpResponse<String> response = officer.logIn(PASSWORD);

    for (String cookie : response.headers().allValues("Set-Cookie")) {
      assertThat(cookie).startsWith("__Host-").contains("; Path=/").contains("; Secure");
      assertThat(cookie)
          .contains("; HttpOnly")
          .contains("; SameSite=Strict")
          .doesNotContain("Domain");
      assertThat(cookie.split("[=;]")[1]).hasSizeGreaterThanOrEqualTo(22);
    }
    assertThat(
            TestDatabase.text(
                url,
                "select count(*) from identity.session where encode(token, 'escape') like '%"
                    + officer.cookie().split("[=;]")[1]
                    + "%'"))
        .isEqualTo("0");
  }

  @Test
  void s1ofAThousandWrongTriesAtOnceOnTwoNodesExactlyThreeAreEvaluated() throws Exception {
    SignedIn officer = officer("s1-many");
    SignedIn inside = SignedIn.stranger(one, "s1-many");
    List<Callable<Integer>> guesses = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Platform node = i % 2 == 0 ? one : two;
      String guess = "wrong guess number " + i;
      guesses.add(() -> SignedIn.stranger(node, "s1-many").logIn(guess).statusCode());
    }
    try (ExecutorService crowd = Executors.newFixedThreadPool(250)) {
      for (Future<Integer> status : crowd.invokeAll(guesses)) {
        assertThat(status.get()).isIn(401, 503);
      }
    }

    assertThat(
            entries(
                "name = 's1-many' and act = 'login' and details::jsonb ->> 'evaluated' = 'true'"))
        .isEqualTo(3);
    assertThat(code(officer.logIn(PASSWORD))).isEqualTo("login-refused");
    assertThat(code(inside.at(two).logIn(PASSWORD))).isEqualTo("login-refused");
    assertThat(entries("name = 's1-many' and act = 'account.locked'")).isEqualTo(1);
  }

  @Test
  void s1logInUnlockAndConfirmationShareTheSameThreeTries() {
    SignedIn officer = officer("s1-mixed").in();
    officer.post("/api/v1/session/lock", Map.of());

    assertThat(officer.unlock("wrong one").statusCode()).isEqualTo(401);
    assertThat(officer.post("/api/v1/session/unlock", Map.of("password", "wrong two")).statusCode())
        .isEqualTo(401);
    SignedIn again = officer.at(two);
    assertThat(again.logIn("wrong three").statusCode()).isEqualTo(401);

    assertThat(officer.unlock(PASSWORD).statusCode())
        .as("the right password comes too late")
        .isEqualTo(401);
    assertThat(entries("name = 's1-mixed' and details::jsonb ->> 'evaluated' = 'true'"))
        .isEqualTo(3);
  }

  @Test
  void aSuccessClearsOnlyWhereNoOtherTryCameInBetween() {
    SignedIn officer = officer("s1-clear");
    officer.logIn("wrong");
    officer.logIn("wrong again");
    officer.in();

    assertThat(
            TestDatabase.text(
                url,
                "select max(t.fails) from identity.tries t join identity.account a on a.id = t.account where a.name = 's1-clear'"))
        .isEqualTo("0");
  }

  @Test
  void rightPasswordsAtOnceFromOneBrowserNeverWaitForEachOther() throws Exception {
    SignedIn officer = officer("s1-at-once").in();
    String cookies = officer.cookie();
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(24)) {
      List<Callable<Integer>> logIns = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        Platform node = i % 2 == 0 ? one : two;
        logIns.add(() ->
            SignedIn.stranger(node, "s1-at-once")
                .post(
                    "/api/v1/login",
                    Map.of("account", "s1-at-once", "password", PASSWORD),
                    "Cookie",
                    cookies)
                .statusCode());
      }
      for (Future<Integer> each : pool.invokeAll(logIns)) {
        statuses.add(each.get());
      }
    }
    // More than three that have not been answered yet are too many, and the queue for looking at
    // passwords has an end; none waits for a place that another of them holds.
    assertThat(statuses).contains(200).isSubsetOf(200, 401);
  }

  @Test
  void p13aStrangerWhoGuessesLocksStrangersOutAndNotTheOfficerWhoseBrowserIsKnown() {
    SignedIn officer = officer("p13-known").in();
    SignedIn stranger = SignedIn.stranger(two, "p13-known");
    for (int i = 0; i < 5; i++) {
      stranger.logIn("guess " + i);
    }

    assertThat(code(stranger.logIn(PASSWORD))).isEqualTo("login-refused");
    officer.post("/api/v1/logout", Map.of());
    assertThat(officer.logIn(PASSWORD).statusCode()).isEqualTo(200);
  }

  @Test
  void s2everyRefusalReadsTheSameAndTakesTheSameTimeInFiveHundredTries() {
    int lanes = 25;
    Set<String> bodies = ConcurrentHashMap.newKeySet();
    for (int lane = 0; lane < lanes; lane++) {
      officer("s2-there-" + lane);
      locked(one, "s2-locked-" + lane);
    }

    new SameTime(REFUSED, lanes)
        .preparedBy(lane -> allTriesLeft("s2-there-" + lane))
        .prove(
            "refused log-ins",
            500 / REFUSED.size(),
            SameTime::nothingToTell,
            (kind, lane) -> {
              HttpResponse<String> response = guess(one, kind, lane);
              assertThat(response.statusCode()).isEqualTo(401);
              bodies.add(response.body().replaceAll("\"correlation\":\"[^\"]*\"", ""));
            });

    assertThat(bodies).hasSize(1);
  }

  private static final List<String> REFUSED =
      List.of("s2-there", "s2-locked", "s2-nobody", "ｓ２－ｎｏｂｏｄｙ", "s2-тhere");

  private static HttpResponse<String> guess(Platform node, int kind, Object whose) {
    return SignedIn.stranger(node, "x")
        .post(
            "/api/v1/login",
            Map.of("account", REFUSED.get(kind) + '-' + whose, "password", "not it at all"));
  }

  private void allTriesLeft(String name) {
    TestDatabase.execute(
        url,
        "delete from identity.tries t using identity.account a where a.id = t.account and a.name = '"
            + name
            + "'");
  }

  private String hash(String name) {
    return TestDatabase.text(
        url, "select password from identity.account where name = '" + name + "'");
  }

  /** An account that everybody from elsewhere is locked out of. */
  private void locked(Platform node, String name) {
    SignedIn.account(node, name, "A", 0, "officer", "all");
    TestDatabase.execute(
        url,
        "insert into identity.tries (account, place, fails) select id, 'elsewhere', 3 from identity.account where name = '"
            + name
            + "'");
  }

  @Test
  void s2aLockedAccountIsNotAnsweredSoonerWhereTooManyAreSigningIn() {
    // Who waits for a processor waits longer than the least time of a refusal.
    int lanes = 40;
    AtomicInteger tried = new AtomicInteger();
    try (Platform busy = new Platform(url, url, 0, Clock.systemUTC())) {
      busy.start();
      for (int lane = 0; lane < lanes; lane++) {
        SignedIn.account(busy, "s2-there-busy-" + lane, "A", 0, "officer", "all");
        locked(busy, "s2-locked-busy-" + lane);
      }
      assertThat(hash("s2-there-busy-0")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
      new SameTime(REFUSED.subList(0, 3), lanes)
          .preparedBy(lane -> allTriesLeft("s2-there-busy-" + lane))
          .prove(
              "refused log-ins under overload",
              lanes,
              medians -> medians[0] / 4,
              (kind, lane) -> {
                tried.incrementAndGet();
                assertThat(guess(busy, kind, "busy-" + lane).statusCode()).isIn(401, 503);
              });
      assertThat(entries("act = 'login' and outcome = 'refused' and name like '%-busy-%'"))
          .as("each is in the log, those that were sent away too")
          .isEqualTo(tried.get());
    }
  }

  @Test
  void s4aSessionThatWasIdleIsLockedOnEveryNodeWhateverTheClientClaims() {
    SignedIn officer = officer("s4-idle").in();
    idle("s4-idle", 899);
    assertThat(officer.get("/api/v1/flow", "X-Background", "1").statusCode())
        .as("a second before the limit")
        .isEqualTo(200);
    idle("s4-idle", 2);
    assertThat(officer.get("/api/v1/flow").statusCode())
        .as("a page that refreshes itself is no officer at work")
        .isEqualTo(423);
    assertThat(code(officer.at(two).get("/api/v1/dossiers?key=CSQU3054383")))
        .isEqualTo("session-locked");
    assertThat(officer.get("/api/v1/me").statusCode()).isEqualTo(423);
    // Locked it stays, also when the clock seems to go back (F12).
    idle("s4-idle", -5000);
    assertThat(officer.get("/api/v1/flow").statusCode()).isEqualTo(423);

    String before = officer.cookie();
    assertThat(officer.unlock(PASSWORD).statusCode()).isEqualTo(200);
    assertThat(officer.get("/api/v1/flow").statusCode()).isEqualTo(200);
    assertThat(SignedIn.stranger(one, "x").get("/api/v1/flow", "Cookie", before).statusCode())
        .as("the token from before the lock")
        .isEqualTo(401);
  }

  /** As if the officer had last done something so many seconds earlier. */
  private void idle(String name, int seconds) {
    TestDatabase.execute(
        url,
        "update identity.session s set active_at = active_at - interval '"
            + seconds
            + " seconds' from identity.account a where a.id = s.account and a.name = '"
            + name
            + "'");
  }

  @Test
  void anOfficerIsToldOfTheLogInBeforeAndHowManyTriesWereRefusedSince() {
    SignedIn first = officer("before").in();
    assertThat(json(first.get("/api/v1/me")).at("/session/before").isMissingNode()).isTrue();
    SignedIn.stranger(two, "before").logIn("not the password");
    SignedIn.stranger(one, "before").logIn("not the password");

    JsonNode told = json(first.in().get("/api/v1/me")).at("/session/before");

    assertThat(told.path("refused").intValue()).isEqualTo(2);
    assertThat(told.path("address").stringValue()).isEqualTo("127.0.0.1");
    assertThat(Instant.parse(told.path("at").stringValue())).isBeforeOrEqualTo(Instant.now());
    assertThat(json(first.in().get("/api/v1/me")).at("/session/before/refused").intValue())
        .as("counted anew from each log-in")
        .isZero();
  }

  @Test
  void anOfficerAtWorkIsNotLocked() {
    SignedIn officer = officer("s4-work").in();
    for (int i = 0; i < 3; i++) {
      idle("s4-work", 600);
      assertThat(officer.get("/api/v1/flow").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aSessionEndsWithItsTimeItsAccountAndItsAddress() {
    SignedIn expired = officer("s3-expired").in();
    TestDatabase.execute(
        url,
        "update identity.session s set ends_at = now() from identity.account a where a.id = s.account and a.name = 's3-expired'");
    assertThat(expired.get("/api/v1/sessions").statusCode()).isEqualTo(401);

    SignedIn ended = officer("s3-ended").in();
    TestDatabase.execute(
        url, "update identity.account set ended_at = now() where name = 's3-ended'");
    assertThat(ended.at(two).get("/api/v1/sessions").statusCode()).isEqualTo(401);

    SignedIn moved = officer("s3-moved").in();
    TestDatabase.execute(
        url,
        "update identity.session s set address = '10.9.9.9' from identity.account a where a.id = s.account and a.name = 's3-moved'");
    assertThat(moved.get("/api/v1/sessions").statusCode()).isEqualTo(401);
    TestDatabase.execute(
        url,
        "update identity.session s set address = '127.0.0.1' from identity.account a where a.id = s.account and a.name = 's3-moved'");
    assertThat(moved.get("/api/v1/sessions").statusCode()).as("ended for good").isEqualTo(401);
    assertThat(entries("code = 'session-moved'")).isEqualTo(1);
  }

  @Test
  void f14forgedAndMalformedTokensAreRefusedAndWrittenDown() {
    SignedIn officer = officer("f14").in();
    long before = entries("code like 'session-%'");
    List<String> forged =
        List.of(
            "__Host-tongguan=" + "A".repeat(43),
            "__Host-tongguan=short",
            "__Host-tongguan=" + "A".repeat(5000),
            "__Host-tongguan=';drop table identity.session;--",
            officer.cookie().split(";")[0] + "; " + officer.cookie().split(";")[0]);
    for (String cookie : forged) {
      assertThat(SignedIn.stranger(one, "x").get("/api/v1/sessions", "Cookie", cookie).statusCode())
          .as(cookie.length() > 80 ? cookie.substring(0, 80) : cookie)
          .isEqualTo(401);
    }

    assertThat(entries("code like 'session-%'") - before).isEqualTo(forged.size());
    assertThat(officer.get("/api/v1/sessions").statusCode()).isEqualTo(200);
  }

  @Test
  void aChangeWithoutTheTokenOfOurOwnPageIsRefused() {
    SignedIn officer = officer("csrf").in();
    for (String token : List.of("", "wrong", SignedIn.stranger(one, "x").csrf() + "A".repeat(43))) {
      assertThat(code(officer.post("/api/v1/sessions/end-others", Map.of(), "X-CSRF-Token", token)))
          .isEqualTo("csrf");
    }
    assertThat(
            code(
                officer.post(
                    "/api/v1/sessions/end-others", Map.of(), "Sec-Fetch-Site", "cross-site")))
        .isEqualTo("foreign-origin");
    assertThat(officer.post("/api/v1/sessions/end-others", Map.of()).statusCode()).isEqualTo(200);
    assertThat(entries("code = 'csrf' and name = 'csrf'")).isEqualTo(3);
  }

  @Test
  void headersThatClaimAnAddressOrADeviceChangeNothing() {
    SignedIn officer = officer("spoof");
    officer.post(
        "/api/v1/login",
        Map.of("account", "spoof", "password", PASSWORD),
        "X-Forwarded-For",
        "10.1.2.3",
        "Forwarded",
        "for=10.1.2.3",
        "X-Device",
        "other");

    assertThat(
            TestDatabase.text(
                url, "select distinct address || device from audit.entry where name = 'spoof'"))
        .isEqualTo("127.0.0.1");
  }

  @Test
  void hugeAndStrangeInputIsRefusedAndNothingBreaks() {
    SignedIn stranger = SignedIn.stranger(one, "x");
    assertThat(
            stranger
                .post("/api/v1/login", Map.of("account", "x".repeat(9000), "password", "y"))
                .statusCode())
        .isEqualTo(401);
    assertThat(
            stranger
                .post("/api/v1/login", Map.of("account", "xxx", "password", "y".repeat(10 << 20)))
                .statusCode())
        .isEqualTo(413);
    assertThat(
            stranger
                .post("/api/v1/login", Map.of("account", "xxx", "password", "\u0000\uD800 \u202E"))
                .statusCode())
        .isIn(400, 401);
    for (String body :
        List.of(
            "[]", "null", "{", "{\"account\":1,\"password\":2}", "{\"account\":\"a\"}", "\"x\"")) {
      assertThat(stranger.post("/api/v1/login", body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(stranger.get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void guessingOverManyAccountsFromOneAddressIsSlowedDown() {
    DatabaseUrl own = TestDatabase.empty();
    try (Platform platform = new Platform(own, own, 0, Clock.systemUTC())) {
      platform.start();
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        statuses.add(SignedIn.stranger(platform, "spray-" + i).logIn("Summer2026!!!").statusCode());
      }

      assertThat(statuses.subList(0, 30)).containsOnly(401);
      assertThat(statuses.subList(30, 32)).containsOnly(429);
    }
  }

  @Test
  void anAdministratorHasToSetUpASecondFactorAndThenToShowIt() {
    SignedIn.account(one, "totp-admin", "HQ", 2, "headquarters-administrator", "all");
    SignedIn admin = SignedIn.stranger(one, "totp-admin");
    assertThat(json(admin.logIn(PASSWORD)).path("next").stringValue()).isEqualTo("enrol");
    assertThat(code(admin.get("/api/v1/accounts"))).isEqualTo("enrol-needed");
    byte[] secret =
        Base32.decode(
            json(admin.post("/api/v1/me/totp", Map.of("password", PASSWORD)))
                .path("secret")
                .stringValue());
    assertThat(code(admin.post("/api/v1/me/totp/confirm", Map.of("code", "000000"))))
        .isEqualTo("wrong-code");

    HttpResponse<String> confirmed =
        admin.finish("/api/v1/me/totp/confirm", Map.of("code", Totp.code(secret, step())));
    assertThat(json(confirmed).path("recoveryCodes").size()).isEqualTo(10);
    String recovery = json(confirmed).at("/recoveryCodes/3").stringValue();
    assertThat(admin.get("/api/v1/accounts").statusCode()).isEqualTo(200);

    SignedIn again = SignedIn.stranger(two, "totp-admin");
    assertThat(json(again.logIn(PASSWORD)).path("next").stringValue()).isEqualTo("second-factor");
    assertThat(code(again.get("/api/v1/accounts"))).isEqualTo("second-factor-needed");
    assertThat(code(again.post("/api/v1/me/totp", Map.of("password", PASSWORD))))
        .as("no way round it")
        .isEqualTo("second-factor-needed");
    assertThat(
            again
                .post("/api/v1/login/second-factor", Map.of("code", Totp.code(secret, step())))
                .statusCode())
        .as("the code was used already")
        .isEqualTo(401);
    assertThat(
            again.finish("/api/v1/login/second-factor", Map.of("recovery", recovery)).statusCode())
        .isEqualTo(200);
    assertThat(again.get("/api/v1/accounts").statusCode()).isEqualTo(200);

    SignedIn third = SignedIn.stranger(one, "totp-admin");
    third.logIn(PASSWORD);
    assertThat(third.post("/api/v1/login/second-factor", Map.of("recovery", recovery)).statusCode())
        .as("once")
        .isEqualTo(401);
  }

  private long step() {
    return Long.parseLong(
        TestDatabase.text(url, "select floor(extract(epoch from now()) / 30)::bigint"));
  }

  @Test
  void aPasswordMustBeLongUncommonAndOnesOwn() {
    UUID id = SignedIn.account(one, "passwords", "A", 0, "officer", "own");
    SignedIn officer = SignedIn.stranger(one, "passwords").in();
    SignedIn other = SignedIn.stranger(two, "passwords").in();
    for (String weak :
        List.of(
            "short",
            "elevenchars",
            "password1234",
            "Password!!2026",
            "aaaaaaaaaaaaaa",
            "qwertyqwerty",
            "passwords is it",
            "x".repeat(257))) {
      assertThat(
              code(
                  officer.post(
                      "/api/v1/me/password", Map.of("current", PASSWORD, "password", weak))))
          .as(weak)
          .isEqualTo("password-refused");
    }
    String good = "銅關 on the quay, 五月 🚢";

    assertThat(
            officer
                .post("/api/v1/me/password", Map.of("current", PASSWORD, "password", good))
                .statusCode())
        .isEqualTo(200);

    assertThat(other.get("/api/v1/sessions").statusCode()).as("other sessions end").isEqualTo(401);
    assertThat(SignedIn.stranger(two, "passwords").logIn(good).statusCode()).isEqualTo(200);
    assertThat(hash("passwords")).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
  }

  @Test
  void oneSeesAndEndsOnesOwnSessionsAndNoOneElses() {
    SignedIn first = officer("own-sessions").in();
    SignedIn second = SignedIn.stranger(two, "own-sessions").in();
    SignedIn foreign = officer("foreign-sessions").in();
    String foreignId = json(foreign.get("/api/v1/sessions")).at("/items/0/id").stringValue();

    assertThat(json(first.get("/api/v1/sessions")).path("items").size()).isEqualTo(2);
    assertThat(first.post("/api/v1/sessions/" + foreignId + "/end", Map.of()).statusCode())
        .isEqualTo(404);
    assertThat(json(first.post("/api/v1/sessions/end-others", Map.of())).path("ended").intValue())
        .isEqualTo(1);

    assertThat(second.get("/api/v1/sessions").statusCode()).isEqualTo(401);
    assertThat(foreign.get("/api/v1/sessions").statusCode()).isEqualTo(200);
  }
}
