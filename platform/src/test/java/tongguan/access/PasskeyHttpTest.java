package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;
import static tongguan.access.SignedIn.PASSWORD;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tongguan.Platform;
import tongguan.base.Json;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tools.jackson.databind.JsonNode;

/**
 * Passkeys as a way in, as a second factor, for unlocking and for confirming, through two real
 * nodes, with a security key that is not the library's. A real Chromium does the same in the
 * browser tests. Closes, for passkeys, the paths P1, P11 and P12.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasskeyHttpTest {
  private DatabaseUrl url;
  private Platform one;
  private Platform two;

  @BeforeAll
  void start(@TempDir Path keys) {
    url = TestDatabase.empty();
    one = new Platform(url, url, 0, Clock.systemUTC());
    two = new Platform(url, url, 0, Clock.systemUTC());
    one.identity().open(keys);
    two.identity().open(keys);
    one.start();
    two.start();
    TestDatabase.execute(
        url, "update identity.policy set most = 100000, value = 100000 where code = 'guess-limit'");
  }

  @AfterAll
  void stop() {
    one.close();
    two.close();
  }

  private String origin(Platform node) {
    return "http://127.0.0.1:" + node.port();
  }

  private SignedIn officer(String name) {
    SignedIn.account(one, name, "A", 0, "officer", "all");
    return SignedIn.stranger(one, name).in();
  }

  /** The officer adds a passkey, as the page does. */
  private Authenticator enrol(SignedIn officer) {
    Authenticator key = new Authenticator(origin(one));
    HttpResponse<String> added = add(officer, key);
    assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
    return key;
  }

  private HttpResponse<String> add(SignedIn officer, Authenticator key) {
    HttpResponse<String> options =
        officer.post("/api/v1/me/passkeys/options", Map.of("password", PASSWORD));
    assertThat(options.statusCode()).as(options.body()).isEqualTo(200);
    return officer.finish(
        "/api/v1/me/passkeys", Map.of("name", "key", "credential", key.create(json(options))));
  }

  private JsonNode ask(SignedIn someone) {
    return json(someone.post("/api/v1/login/passkey/options", Map.of()));
  }

  private JsonNode askForOwn(SignedIn officer) {
    return json(officer.post("/api/v1/session/passkey-options", Map.of()));
  }

  private long entries(String condition) {
    return Long.parseLong(
        TestDatabase.text(url, "select count(*) from audit.entry where " + condition));
  }

  @Test
  void anOfficerComesInWithNothingButAPasskeyOnAnyNode() {
    Authenticator key = enrol(officer("pk-in"));
    SignedIn stranger = SignedIn.stranger(two, "pk-in");
    key.origin = origin(two);

    HttpResponse<String> in =
        stranger.finish("/api/v1/login/passkey", Map.of("credential", key.prove(ask(stranger))));

    assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
    assertThat(json(in).path("next").stringValue()).isEqualTo("done");
    assertThat(json(stranger.get("/api/v1/me")).path("account").stringValue()).isEqualTo("pk-in");
    assertThat(
            entries(
                "act = 'login' and name = 'pk-in' and details like '%\"by\":\"passkey\"%' and outcome = 'done' and act = 'login'"))
        .isEqualTo(1);
    JsonNode listed = json(stranger.get("/api/v1/me/passkeys")).path("items");
    assertThat(listed.size()).isEqualTo(1);
    assertThat(listed.at("/0/lastUsedAt").isMissingNode()).isFalse();
  }

  @Test
  void anAdministratorMaySetUpAPasskeyInsteadOfACodeAndFinishesALogInWithIt() {
    SignedIn.account(one, "pk-admin", "HQ", 2, "headquarters-administrator", "all");
    SignedIn admin = SignedIn.stranger(one, "pk-admin");
    assertThat(json(admin.logIn(PASSWORD)).path("next").stringValue()).isEqualTo("enrol");
    Authenticator key = new Authenticator(origin(one));

    HttpResponse<String> added = add(admin, key);

    assertThat(json(added).path("recoveryCodes").size()).isEqualTo(10);
    assertThat(json(added).path("next").stringValue()).isEqualTo("done");
    assertThat(admin.get("/api/v1/accounts").statusCode()).isEqualTo(200);

    SignedIn again = SignedIn.stranger(one, "pk-admin");
    JsonNode half = json(again.logIn(PASSWORD));
    assertThat(half.path("next").stringValue()).isEqualTo("second-factor");
    assertThat(half.path("methods").valueStream().map(JsonNode::stringValue))
        .containsExactly("passkey", "recovery");
    assertThat(code(again.post("/api/v1/me/passkeys/options", Map.of("password", PASSWORD))))
        .as("no way round it")
        .isEqualTo("second-factor-needed");
    HttpResponse<String> whole =
        again.finish(
            "/api/v1/login/second-factor", Map.of("credential", key.prove(askForOwn(again))));
    assertThat(whole.statusCode()).as(whole.body()).isEqualTo(200);
    assertThat(again.get("/api/v1/accounts").statusCode()).isEqualTo(200);

    String id = json(again.get("/api/v1/me/passkeys")).at("/items/0/id").stringValue();
    assertThat(
            code(again.post("/api/v1/me/passkeys/" + id + "/remove", Map.of("password", PASSWORD))))
        .as("the role demands one")
        .isEqualTo("last-factor");
    assertThat(again.get("/api/v1/me/passkeys").body()).contains(id);
  }

  @Test
  void aLockedSessionOpensWithThePasskeyAndSaysThatThereIsOne() {
    SignedIn officer = officer("pk-unlock");
    Authenticator key = enrol(officer);
    officer.post("/api/v1/session/lock", Map.of());
    assertThat(json(officer.get("/api/v1/me")).path("passkey").booleanValue()).isTrue();

    HttpResponse<String> unlocked =
        officer.finish(
            "/api/v1/session/unlock", Map.of("credential", key.prove(askForOwn(officer))));

    assertThat(unlocked.statusCode()).as(unlocked.body()).isEqualTo(200);
    assertThat(officer.get("/api/v1/me").statusCode()).isEqualTo(200);
  }

  @Test
  void aSignatureHoldsForOneConfirmationAndNotForTheSameContentAgain() {
    TestDatabase.execute(
        url,
        "update identity.role set second_factor = false where code = 'district-administrator'");
    SignedIn.account(one, "pk-da", "A", 2, "district-administrator", "own");
    SignedIn admin = SignedIn.stranger(one, "pk-da").in();
    Authenticator key = enrol(admin);
    UUID locked = SignedIn.account(one, "pk-locked", "A", 0, "officer", "own");
    String path = "/api/v1/accounts/" + locked + "/unlock";
    Map<String, ?> input = Map.of("reason", "called back");
    JsonNode first = json(admin.post(path + "/draft", input));
    JsonNode second = json(admin.post(path + "/draft", input));
    Map<String, Object> signed = key.prove(first.path("passkey"));

    assertThat(confirm(admin, path, input, second, signed).statusCode())
        .as("signed for another confirmation of the same content")
        .isEqualTo(401);
    HttpResponse<String> done = confirm(admin, path, input, first, signed);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(code(confirm(admin, path, input, first, signed))).isEqualTo("confirmation");
    JsonNode third = json(admin.post(path + "/draft", input));
    assertThat(
            confirm(admin, path, Map.of("reason", "other"), third, key.prove(third.path("passkey")))
                .statusCode())
        .as("a character of the request was changed")
        .isEqualTo(409);
  }

  private static HttpResponse<String> confirm(
      SignedIn officer, String path, Map<String, ?> input, JsonNode draft, Object credential) {
    return officer.post(
        path,
        Map.of(
            "input",
            input,
            "confirmation",
            draft.path("confirmation").stringValue(),
            "credential",
            credential),
        "Idempotency-Key",
        UUID.randomUUID().toString());
  }

  /** What a forger may change while all else is right. */
  enum Forgery {
    ORIGIN,
    HOST,
    CHALLENGE_UNKNOWN,
    CHALLENGE_OF_ANOTHER_ACCOUNT,
    CHALLENGE_FOR_ADDING,
    REPLAY,
    COUNT_BACK,
    NOBODY_VERIFIED,
    SIGNATURE,
    USER_HANDLE,
    OTHER_KEY
  }

  @ParameterizedTest
  @EnumSource(Forgery.class)
  void p1eachForgedProofIsRefusedWithTheNeutralAnswerAndWrittenDown(Forgery forgery) {
    String name = "pk-f" + forgery.ordinal();
    SignedIn officer = officer(name);
    Authenticator key = enrol(officer);
    SignedIn stranger = SignedIn.stranger(one, name);
    Object credential = forged(forgery, officer, stranger, key);

    HttpResponse<String> refused =
        stranger.post("/api/v1/login/passkey", Map.of("credential", credential));

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(401);
    assertThat(code(refused)).isEqualTo("login-refused");
    assertThat(
            entries(
                "act = 'login' and outcome = 'refused' and correlation = '"
                    + json(refused).path("correlation").stringValue()
                    + "'"))
        .isEqualTo(1);
    assertThat(
            stranger
                .post(
                    "/api/v1/login/passkey", Map.of("credential", sound(key).prove(ask(stranger))))
                .statusCode())
        .as("the true one still comes in")
        .isEqualTo(200);
  }

  private Authenticator sound(Authenticator key) {
    key.origin = origin(one);
    key.host = "127.0.0.1";
    key.verifiesUser = true;
    key.signsSomethingElse = false;
    key.count = 1000;
    return key;
  }

  private Object forged(Forgery forgery, SignedIn officer, SignedIn stranger, Authenticator key) {
    JsonNode options = ask(stranger);
    return switch (forgery) {
      case ORIGIN -> {
        key.origin = "https://tongguan.example.evil";
        yield key.prove(options);
      }
      case HOST -> {
        key.host = "evil.example";
        yield key.prove(options);
      }
      case CHALLENGE_UNKNOWN -> key.prove(read("{\"challenge\":\"" + "A".repeat(43) + "\"}"));
      case CHALLENGE_OF_ANOTHER_ACCOUNT -> {
        SignedIn other = officer("pk-other");
        enrol(other);
        yield key.prove(askForOwn(other));
      }
      case CHALLENGE_FOR_ADDING ->
          key.prove(
              json(officer.post("/api/v1/me/passkeys/options", Map.of("password", PASSWORD))));
      case REPLAY -> {
        SignedIn first = SignedIn.stranger(one, "x");
        Map<String, Object> used = key.prove(ask(first));
        assertThat(first.post("/api/v1/login/passkey", Map.of("credential", used)).statusCode())
            .isEqualTo(200);
        yield used;
      }
      case COUNT_BACK -> {
        key.count = 40;
        SignedIn first = SignedIn.stranger(one, "x");
        Map<String, Object> used = key.prove(ask(first));
        assertThat(first.post("/api/v1/login/passkey", Map.of("credential", used)).statusCode())
            .isEqualTo(200);
        key.count = 20;
        yield key.prove(options);
      }
      case NOBODY_VERIFIED -> {
        key.verifiesUser = false;
        yield key.prove(options);
      }
      case SIGNATURE -> {
        key.signsSomethingElse = true;
        yield key.prove(options);
      }
      case USER_HANDLE -> {
        key.claim(UUID.randomUUID());
        Map<String, Object> credential = key.prove(options);
        key.claim(
            UUID.fromString(
                TestDatabase.text(
                    url, "select id from identity.account where name = '" + officer.name + "'")));
        yield credential;
      }
      case OTHER_KEY -> {
        Map<String, Object> other =
            new LinkedHashMap<>(new Authenticator(origin(one)).prove(options));
        other.put("id", key.prove(options).get("id"));
        other.put("rawId", other.get("id"));
        yield other;
      }
    };
  }

  private static JsonNode read(String text) {
    try {
      return Json.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (Json.Malformed e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void oneProofSentTwentyTimesAtOnceToTwoNodesLetsInOnce() throws Exception {
    Authenticator key = enrol(officer("pk-race"));
    // Both nodes are reached under one name, as behind a gateway.
    SignedIn stranger = SignedIn.stranger(one, "pk-race");
    Map<String, Object> credential = key.prove(ask(stranger));
    try (ExecutorService pool = Executors.newFixedThreadPool(20)) {
      List<Callable<Integer>> tries =
          java.util.stream.IntStream.range(0, 20)
              .<Callable<Integer>>mapToObj(i ->
                  () ->
                      SignedIn.stranger(one, "pk-race")
                          .post("/api/v1/login/passkey", Map.of("credential", credential))
                          .statusCode())
              .toList();
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> each : pool.invokeAll(tries)) {
        statuses.add(each.get());
      }
      assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 401);
    }
  }

  @Test
  void threeWrongProofsLockAndThePasskeyOfAnotherUnlocksNothing() {
    SignedIn officer = officer("pk-three");
    enrol(officer);
    Authenticator foreign = enrol(officer("pk-thief"));
    officer.post("/api/v1/session/lock", Map.of());
    for (int i = 0; i < 3; i++) {
      assertThat(
              officer
                  .post(
                      "/api/v1/session/unlock",
                      Map.of("credential", foreign.prove(askForOwn(officer))))
                  .statusCode())
          .isEqualTo(401);
    }

    assertThat(officer.unlock(PASSWORD).statusCode())
        .as("locked for the password, too")
        .isEqualTo(401);
    assertThat(entries("act = 'account.locked' and name = 'pk-three'")).isEqualTo(1);
  }

  @Test
  void aPasskeyIsAddedOnlyAfterAProofAndNeverTwice() {
    SignedIn officer = officer("pk-add");
    assertThat(
            code(
                officer.post("/api/v1/me/passkeys/options", Map.of("password", "wrong word here"))))
        .isEqualTo("confirmation-refused");
    Authenticator key = new Authenticator(origin(one));
    assertThat(add(officer, key).statusCode()).isEqualTo(200);
    assertThat(code(add(officer, key))).as("it is there").isEqualTo("passkey-refused");
    SignedIn other = officer("pk-add-other");
    assertThat(code(add(other, key))).as("it is another's").isEqualTo("passkey-refused");
    Authenticator elsewhere = new Authenticator("https://evil.example");
    assertThat(code(add(other, elsewhere))).isEqualTo("passkey-refused");

    String id = json(officer.get("/api/v1/me/passkeys")).at("/items/0/id").stringValue();
    assertThat(
            other
                .post("/api/v1/me/passkeys/" + id + "/remove", Map.of("password", PASSWORD))
                .statusCode())
        .as("not one of this officer's")
        .isEqualTo(404);
    assertThat(
            officer
                .post("/api/v1/me/passkeys/" + id + "/remove", Map.of("password", PASSWORD))
                .statusCode())
        .isEqualTo(200);
    SignedIn stranger = SignedIn.stranger(one, "pk-add");
    assertThat(
            stranger
                .post("/api/v1/login/passkey", Map.of("credential", key.prove(ask(stranger))))
                .statusCode())
        .isEqualTo(401);
    assertThat(entries("act = 'passkey.remove' and name = 'pk-add'")).isEqualTo(1);
  }

  @Test
  void anAdministratorTakesTheFactorsOfALostDeviceAway() {
    TestDatabase.execute(
        url,
        "update identity.role set second_factor = false where code = 'district-administrator'");
    SignedIn.account(one, "pk-helper", "A", 2, "district-administrator", "own");
    SignedIn admin = SignedIn.stranger(one, "pk-helper").in();
    SignedIn officer = officer("pk-lost");
    Authenticator key = enrol(officer);
    String id = TestDatabase.text(url, "select id from identity.account where name = 'pk-lost'");

    HttpResponse<String> done =
        admin.make("/api/v1/accounts/" + id + "/revoke-factors", Map.of("reason", "phone stolen"));

    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(code(officer.get("/api/v1/me"))).as("its sessions end").isEqualTo("not-signed-in");
    SignedIn thief = SignedIn.stranger(one, "pk-lost");
    assertThat(
            thief
                .post("/api/v1/login/passkey", Map.of("credential", key.prove(ask(thief))))
                .statusCode())
        .isEqualTo(401);
    assertThat(json(SignedIn.stranger(two, "pk-lost").logIn(PASSWORD)).path("next").stringValue())
        .as("the password alone is the way in again")
        .isEqualTo("done");
    assertThat(
            TestDatabase.text(
                url, "select count(*) from identity.recovery_code where account = '" + id + "'"))
        .isEqualTo("0");
    assertThat(entries("act = 'account.revoke-factors' and record = 'account:pk-lost'"))
        .isEqualTo(1);
  }

  @Test
  void anEndedAccountDoesNotComeInWithItsPasskey() {
    Authenticator key = enrol(officer("pk-ended"));
    TestDatabase.execute(
        url,
        "update identity.account set ended_at = now(), ended_why = 'left' where name = 'pk-ended'");
    SignedIn stranger = SignedIn.stranger(one, "pk-ended");

    assertThat(
            code(
                stranger.post(
                    "/api/v1/login/passkey", Map.of("credential", key.prove(ask(stranger))))))
        .isEqualTo("login-refused");
  }

  /** In lanes of an officer each, because every refusal is kept waiting for a while. */
  @Test
  void brokenCredentialsAreRefusedAndHarmNothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of the broken credentials: " + seed);
    List<Callable<Boolean>> lanes = new ArrayList<>();
    for (int lane = 0; lane < 10; lane++) {
      String name = "pk-broken-" + lane;
      Random random = new Random(seed + lane);
      lanes.add(() -> breakCredentials(name, random));
    }
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> lane : pool.invokeAll(lanes)) {
        assertThat(lane.get()).isTrue();
      }
    }
    SignedIn stranger = SignedIn.stranger(one, "pk-broken-0");
    for (String odd :
        List.of(
            "{}",
            "{\"credential\":{}}",
            "{\"credential\":{\"id\":7}}",
            "{\"credential\":{\"id\":\"\"}}",
            "{\"credential\":[]}",
            "{\"credential\":{\"id\":\"" + "A".repeat(50_000) + "\"}}")) {
      assertThat(stranger.post("/api/v1/login/passkey", odd).statusCode()).as(odd).isIn(400, 401);
    }
  }

  private boolean breakCredentials(String name, Random random) {
    Authenticator key = enrol(officer(name));
    SignedIn stranger = SignedIn.stranger(one, name);
    for (int i = 0; i < 30; i++) {
      StringBuilder text =
          new StringBuilder(Json.text(Map.of("credential", key.prove(ask(stranger)))));
      for (int j = random.nextInt(4); j >= 0; j--) {
        int at = 15 + random.nextInt(text.length() - 20);
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
          case 1 -> text.deleteCharAt(at);
          default -> text.insert(at, "\"{}[]:,0A-_=".charAt(random.nextInt(12)));
        }
      }
      // A change that the signature does not cover may leave a true proof true.
      assertThat(
              SignedIn.stranger(one, "x")
                  .post("/api/v1/login/passkey", text.toString())
                  .statusCode())
          .as(text.toString())
          .isIn(200, 400, 401);
      TestDatabase.execute(
          url,
          "update identity.tries t set fails = 0 from identity.account a where a.id = t.account and a.name = '"
              + name
              + "'");
    }
    return true;
  }
}
