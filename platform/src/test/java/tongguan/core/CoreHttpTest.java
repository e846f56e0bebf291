package tongguan.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.Folders;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Core systems as an officer meets them, on two nodes with the real systems behind them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoreHttpTest {
  private static final String PASSWORD = "air wang 1";

  private final Path folder;
  private final DatabaseUrl url = TestDatabase.empty();
  private final CorePeer air;
  private final CorePeer sea;
  private final Platform platform;
  private final Platform other;

  CoreHttpTest() throws IOException {
    folder = Files.createTempDirectory("core-http");
    air = CorePeer.start("air", folder);
    sea = CorePeer.start("sea", folder);
    platform = node("one");
    other = node("two");
  }

  private Platform node(String name) throws IOException {
    Path data = Files.createDirectories(folder.resolve(name));
    CorePeer.write(data, List.of(sea, air));
    keysOf(folder.resolve("one/fleet"), data.resolve("fleet"));
    Platform node = new Platform(url, url, 0, Clock.systemUTC());
    node.open(data);
    return node;
  }

  /** All nodes of an installation have the same. */
  private static void keysOf(Path first, Path mine) throws IOException {
    if (first.equals(mine)) {
      return;
    }
    try (Stream<Path> files = Files.walk(first)) {
      for (Path file : files.toList()) {
        Files.copy(file, mine.resolve(first.relativize(file).toString()));
      }
    }
  }

  @BeforeAll
  void start() {
    platform.start();
    other.start();
    TestDatabase.execute(url, "update identity.role set second_factor = false");
    SignedIn.account(platform, "keelung", "A", 1, "officer", "own");
    SignedIn.account(platform, "reader", "HQ", 2, "officer", "all");
  }

  @AfterEach
  void clear() {
    air.clear();
    sea.clear();
    TestDatabase.execute(url, "delete from identity.guess");
  }

  @AfterAll
  void stop() throws IOException {
    platform.close();
    other.close();
    air.close();
    sea.close();
    Folders.delete(folder);
  }

  private SignedIn officer() {
    return SignedIn.stranger(platform, "reader").in();
  }

  private static HttpResponse<String> signIn(SignedIn officer, String system, String password) {
    return officer.post(
        "/api/v1/core/" + system + "/sign-in", Map.of("user", "wang", "password", password));
  }

  private static JsonNode item(SignedIn officer, String system) {
    for (JsonNode item : json(officer.get("/api/v1/core")).path("items")) {
      if (item.path("system").stringValue("").equals(system)) {
        return item;
      }
    }
    throw new AssertionError(system);
  }

  private Order order(String declaration, String act) {
    Instant now = Instant.parse("2026-11-25T02:03:04Z");
    return new Order(UUID.randomUUID(), "wang", declaration, act, "{}", now);
  }

  private void carriedOut(String system, Order order) {
    CoreSystem core = platform.core().system(system).orElseThrow();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> core.submit(order) instanceof Submitted.Taken);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> core.ask(order.key(), order.declaration()) instanceof Asked.Done);
  }

  @Test
  void anOfficerSignsInThereAndOutAgain() {
    SignedIn officer = officer();
    assertThat(item(officer, "air").has("signIn")).isFalse();
    assertThat(item(officer, "air").path("title").stringValue("")).isEqualTo("Air clearance");

    HttpResponse<String> in = signIn(officer, "air", PASSWORD);
    assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
    assertThat(in.body()).doesNotContain("token");
    assertThat(item(officer, "air").at("/signIn/user").stringValue("")).isEqualTo("wang");
    assertThat(item(officer, "sea").has("signIn")).isFalse();
    assertThat(item(officer, "air").path("state").stringValue("")).isEqualTo("here");
    assertThat(item(officer, "air").has("ageSeconds")).isTrue();

    assertThat(json(officer.post("/api/v1/core/air/sign-out", Map.of())).path("done").asBoolean())
        .isTrue();
    assertThat(item(officer, "air").has("signIn")).isFalse();
  }

  @Test
  void aRefusalIsPassedOnUnchangedAndAudited() {
    SignedIn officer = officer();

    HttpResponse<String> no = signIn(officer, "sea", "a wrong one");

    assertThat(no.statusCode()).isEqualTo(409);
    assertThat(code(no)).isEqualTo("core-refused");
    assertThat(json(no).path("coreCode").stringValue("")).isEqualTo("E-LOGIN");
    assertThat(json(no).path("coreText").stringValue(""))
        .isEqualTo("帳號或密碼錯誤 (account or password are wrong)");
    String entry =
        TestDatabase.text(
            url,
            "select outcome || ' ' || code || ' ' || details from audit.entry where act = 'core.sign-in' and record = 'core:sea' and outcome = 'refused' order by id desc limit 1");
    assertThat(entry).contains("refused E-LOGIN").contains("wang").doesNotContain("a wrong one");
  }

  @Test
  void twoOfficersOnOneDeviceShareNothing() {
    SignedIn first = officer();
    SignedIn second = SignedIn.stranger(platform, "keelung").in();
    SignedIn sameOfficerElsewhere = officer();
    assertThat(signIn(first, "air", PASSWORD).statusCode()).isEqualTo(200);

    assertThat(item(second, "air").has("signIn")).isFalse();
    assertThat(item(sameOfficerElsewhere, "air").has("signIn")).isFalse();
    assertThat(code(second.get("/api/v1/core/air/declarations/AA9900000001")))
        .isEqualTo("core-sign-in");
    // Nor does another node, which has nothing in its memory.
    assertThat(item(first.at(other), "air").has("signIn")).isFalse();
  }

  @Test
  void goesWithTheSessionAndStaysWhenItIsUnlocked() {
    carriedOut("air", order("AA  99UNLK1001", "hold"));
    SignedIn officer = officer();
    assertThat(signIn(officer, "air", PASSWORD).statusCode()).isEqualTo(200);
    String path = "/api/v1/core/air/declarations/AA99UNLK1001";
    assertThat(officer.get(path).statusCode()).isEqualTo(200);

    officer.post("/api/v1/session/lock", Map.of());
    assertThat(code(officer.get("/api/v1/core"))).isEqualTo("session-locked");
    assertThat(officer.unlock(SignedIn.PASSWORD).statusCode()).isEqualTo(200);
    assertThat(officer.get(path).statusCode()).as("under the new token").isEqualTo(200);

    int held = platform.core().sessions().held();
    officer.post("/api/v1/logout", Map.of());
    assertThat(platform.core().sessions().held()).isEqualTo(held - 1);
  }

  @Test
  void whatBelongsToASessionThatEndedElsewhereIsForgotten() {
    SignedIn officer = officer();
    assertThat(signIn(officer, "air", PASSWORD).statusCode()).isEqualTo(200);
    int held = platform.core().sessions().held();

    officer.at(other).post("/api/v1/logout", Map.of());
    platform.core().sessions().sweep();

    assertThat(platform.core().sessions().held()).isEqualTo(held - 1);
  }

  @Test
  void looksUpInTheOfficersNameAndShowsHowOldItIsWhileTheSystemIsAway() {
    carriedOut("air", order("AA  99AGED1001", "hold"));
    SignedIn officer = officer();
    assertThat(signIn(officer, "air", PASSWORD).statusCode()).isEqualTo(200);
    String path = "/api/v1/core/air/declarations/AA/%20/99/AGED/1001";

    HttpResponse<String> now = officer.get(path);
    assertThat(now.statusCode()).as(now.body()).isEqualTo(200);
    assertThat(json(now).path("fresh").asBoolean()).isTrue();
    assertThat(json(now).at("/record/lastStep").stringValue("")).isEqualTo("hold");

    air.fault("down", "", 0);
    HttpResponse<String> old = officer.get(path);
    assertThat(old.statusCode()).as(old.body()).isEqualTo(200);
    assertThat(json(old).path("fresh").asBoolean(true)).isFalse();
    assertThat(json(old).path("asOf")).isEqualTo(json(now).path("asOf"));
    HttpResponse<String> never = officer.get("/api/v1/core/air/declarations/AA99AGED1002");
    assertThat(never.statusCode()).isEqualTo(503);
    assertThat(code(never)).isEqualTo("core-away");
    assertThat(item(officer, "air").path("state").stringValue("")).isEqualTo("away");
    // The other one is not concerned.
    assertThat(signIn(officer, "sea", "sea wang 1").statusCode()).isEqualTo(200);
  }

  @Test
  void aDeclarationOfAnotherDistrictIsNotAskedFor() {
    carriedOut("air", order("BA  99DIST1001", "hold"));
    SignedIn officer = SignedIn.stranger(platform, "keelung").in();
    assertThat(signIn(officer, "air", PASSWORD).statusCode()).isEqualTo(200);

    assertThat(code(officer.get("/api/v1/core/air/declarations/BA99DIST1001")))
        .isEqualTo("unknown-declaration");
    assertThat(code(officer.get("/api/v1/core/nowhere/declarations/AA99DIST1001")))
        .isEqualTo("unknown-core-system");
  }

  @Test
  void whoGuessesIsSlowedDown() {
    SignedIn officer = officer();
    TestDatabase.execute(
        url,
        "insert into identity.guess (source, fails) select 'core 127.0.0.1', value from identity.policy where code = 'guess-limit'");

    HttpResponse<String> slow = signIn(officer, "air", PASSWORD);

    assertThat(slow.statusCode()).isEqualTo(429);
    assertThat(code(slow)).isEqualTo("slow-down");
  }

  @Test
  void whatHappensThereComesInOnceAsAMessageOfTheSystemsOwn() {
    carriedOut("air", order("AA  99EVNT1001", "hold"));
    carriedOut("sea", order("BA  99EVNT1002", "hold"));
    carriedOut("sea", order("BA  99EVNT1002", "lift-hold"));
    carriedOut("sea", order("BA  99EVNT1002", "release"));

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          assertThat(steps("AA  99EVNT1001")).isEqualTo("hold");
          assertThat(steps("BA  99EVNT1002")).isEqualTo("hold,hold-lifted,released");
        });
    assertThat(
            TestDatabase.text(
                url,
                "select count(*) from exchange.message where sender in ('core-air', 'core-sea') and outcome <> 'applied'"))
        .isEqualTo("0");

    // A crash between storing and moving the cursor fetches all of it again.
    String before = TestDatabase.text(url, "select count(*) from record.step");
    TestDatabase.execute(url, "update core.cursor set position = ''");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            TestDatabase.text(url, "select bool_and(position <> '') from core.cursor").equals("t"));
    assertThat(TestDatabase.text(url, "select count(*) from record.step")).isEqualTo(before);
  }

  private String steps(String declaration) {
    return TestDatabase.text(
        url,
        "select string_agg(step, ',' order by at) from record.step where declaration = '"
            + declaration
            + "'");
  }

  @Test
  void noSecretIsInTheDatabase() throws IOException {
    SignedIn officer = officer();
    assertThat(signIn(officer, "air", PASSWORD).statusCode()).isEqualTo(200);

    assertThat(
            TestDatabase.text(
                url, "select count(*) from audit.entry e where e::text like '%" + PASSWORD + "%'"))
        .isEqualTo("0");
  }
}
