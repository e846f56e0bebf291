package tongguan.clearance;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
import tongguan.core.CorePeer;
import tools.jackson.databind.JsonNode;

/**
 * Acts as officers meet them, on two nodes with the real core systems behind them: releases go to
 * sea clearance and holds to customs administration, which know nothing of each other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClearanceHttpTest {
  private final Path folder;
  private final DatabaseUrl url = TestDatabase.empty();
  private final CorePeer sea;
  private final CorePeer customs;
  private final Platform platform;
  private final Platform other;
  private SignedIn officer;
  private SignedIn approver;

  ClearanceHttpTest() throws IOException {
    folder = Files.createTempDirectory("clearance-http");
    sea = CorePeer.start("sea", folder);
    customs = CorePeer.start("customs", folder);
    platform = node("one");
    other = node("two");
  }

  private Platform node(String name) throws IOException {
    Path data = Files.createDirectories(folder.resolve(name));
    CorePeer.write(data, List.of(sea, customs));
    Path first = folder.resolve("one/fleet");
    if (!name.equals("one")) {
      try (Stream<Path> files = Files.walk(first)) {
        for (Path file : files.toList()) {
          Files.copy(file, data.resolve("fleet").resolve(first.relativize(file).toString()));
        }
      }
    }
    Platform node = new Platform(url, url, 0, Clock.systemUTC());
    node.open(data);
    return node;
  }

  @BeforeAll
  void start() {
    platform.start();
    other.start();
    TestDatabase.execute(url, "update identity.role set second_factor = false");
    for (int i = 0; i < 8; i++) {
      SignedIn.account(platform, "officer" + i, "HQ", 2, "officer", "all");
    }
    SignedIn.account(platform, "approver", "HQ", 2, "district-administrator", "all");
    officer = in("officer0", platform);
    approver = in("approver", platform);
  }

  @AfterEach
  void clear() {
    sea.clear();
    customs.clear();
  }

  @AfterAll
  void stop() throws IOException {
    platform.close();
    other.close();
    sea.close();
    customs.close();
    Folders.delete(folder);
  }

  /** Signed in here and at both core systems, as an officer is in the morning. */
  private static SignedIn in(String name, Platform node) {
    SignedIn officer = SignedIn.stranger(node, name).in();
    for (String system : List.of("sea", "customs")) {
      HttpResponse<String> response =
          officer.post(
              "/api/v1/core/" + system + "/sign-in",
              Map.of("user", "wang", "password", system + " wang 1"));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
    return officer;
  }

  /** An export that waits for nothing but its release. */
  private String ready(String serial) {
    String number = "AA  99" + serial;
    TestDatabase.execute(
        url,
        """
        insert into record.declaration (number, office, direction, declaration_kind, phase, channel, waiting_for)
        values ('%1$s', 'AA', 'export', 'G5', 'ready', 'C1', '{release}');
        insert into record.step (declaration, at, step, channel, source, told_rank, told_tie, message)
        values ('%1$s', now() - interval '2 hours', 'accepted', null, 'test', 30, 1, uuidv7()),
          ('%1$s', now() - interval '1 hour', 'channel', 'C1', 'test', 30, 1, uuidv7())
        """
            .formatted(number));
    return number;
  }

  private static String path(String number, String word) {
    return "/api/v1/declarations/" + number.replace(" ", "") + "/" + word;
  }

  private HttpResponse<String> press(SignedIn who, String number, Map<String, ?> input) {
    String path = path(number, who == approver ? "approvals" : "acts");
    HttpResponse<String> draft = who.post(path + "/draft", input);
    return draft.statusCode() == 200
        ? who.confirm(
            path, input, json(draft).path("confirmation").stringValue(), SignedIn.PASSWORD)
        : draft;
  }

  private String pressed(SignedIn who, String number, Map<String, ?> input) {
    HttpResponse<String> response = press(who, number, input);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response).path("command").stringValue();
  }

  private JsonNode next(String number) {
    return json(officer.get(path(number, "next")));
  }

  private List<String> bars(String number, String act) {
    List<String> bars = new ArrayList<>();
    for (JsonNode one : next(number).path("acts")) {
      if (one.path("act").stringValue("").equals(act)) {
        one.path("bars").forEach(bar -> bars.add(bar.path("code").stringValue("")));
      }
    }
    return bars;
  }

  private JsonNode command(String number, String id) {
    for (JsonNode one : next(number).path("commands")) {
      if (one.path("id").stringValue("").equals(id)) {
        return one;
      }
    }
    throw new AssertionError(id);
  }

  private void reaches(String number, String id, String state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(command(number, id).path("state").stringValue(""))
                .as("%s", command(number, id))
                .isEqualTo(state));
  }

  private void phase(String number, String phase) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> next(number).path("phase").stringValue("").equals(phase));
  }

  @Test
  void ofManyOfficersWhoPressAtOnceOneReleasesAndTheOthersAreTold() throws Exception {
    String number = ready("MANY0001");
    List<SignedIn> officers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      officers.add(in("officer" + i, i % 2 == 0 ? platform : other));
    }
    Map<String, String> release = Map.of("act", "release");
    List<String> nonces =
        officers.stream().map(one -> one.draft(path(number, "acts"), release)).toList();

    CountDownLatch go = new CountDownLatch(1);
    List<Future<HttpResponse<String>>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        SignedIn one = officers.get(i);
        String nonce = nonces.get(i);
        answers.add(
            threads.submit(() -> {
              go.await();
              return one.confirm(path(number, "acts"), release, nonce, SignedIn.PASSWORD);
            }));
      }
      go.countDown();
    }

    List<String> refusals = new ArrayList<>();
    for (Future<HttpResponse<String>> answer : answers) {
      if (answer.get().statusCode() != 200) {
        assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(409);
        refusals.add(code(answer.get()));
      }
    }
    assertThat(refusals)
        .hasSize(7)
        .allMatch(List.of("act-pending", "act-barred", "confirmation")::contains);
    phase(number, "released");
    assertThat(orders(sea, number)).containsExactly("release done");
    assertThat(
            TestDatabase.text(
                url,
                "select count(*) from audit.entry where act = 'clearance.act' and outcome = 'done' and record = 'declaration:%s'"
                    .formatted(number)))
        .isEqualTo("1");
  }

  private static List<String> orders(CorePeer peer, String number) {
    return peer.journal().stream()
        .filter(one -> one.path("declaration").stringValue("").equals(number))
        .map(one -> one.path("act").stringValue("") + " " + one.path("state").stringValue(""))
        .toList();
  }

  @Test
  void aHoldKeepsTheReleaseBackFromTheMomentThatItIsConfirmedUntilItIsLifted() {
    String number = ready("HOLD0001");
    customs.fault("down", "", 0);
    String hold = pressed(officer, number, Map.of("act", "hold", "reason", "一批可疑貨物"));

    HttpResponse<String> barred = press(officer, number, Map.of("act", "release"));
    assertThat(barred.statusCode()).isEqualTo(409);
    assertThat(code(barred)).isEqualTo("act-barred");
    assertThat(bars(number, "release")).containsExactly("hold-coming");

    customs.clear();
    reaches(number, hold, "done");
    // The core system has done it, and its message is under way or here: never in between.
    assertThat(bars(number, "release")).containsAnyOf("hold-coming", "held");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> bars(number, "release").equals(List.of("held")));
    String reference = next(number).at("/holds/0/reference").stringValue("");
    pressed(approver, number, Map.of("act", "lift-hold", "hold", reference, "reason", "查無不法"));
    await().atMost(Duration.ofSeconds(60)).until(() -> bars(number, "release").isEmpty());
    pressed(officer, number, Map.of("act", "release"));
    phase(number, "released");
  }

  @Test
  void aReleaseThatWaitedIsNotSentOnceAHoldHasCome() {
    String number = ready("WAIT0001");
    sea.fault("down", "", 0);
    String release = pressed(officer, number, Map.of("act", "release"));
    pressed(officer, number, Map.of("act", "hold", "reason", "一批可疑貨物"));
    await().atMost(Duration.ofSeconds(60)).until(() -> bars(number, "release").contains("held"));

    sea.clear();

    reaches(number, release, "refused");
    assertThat(command(number, release).path("code").stringValue("")).isEqualTo("act-barred");
    assertThat(command(number, release).path("answer").stringValue("")).contains("hold");
    assertThat(orders(sea, number)).isEmpty();
  }

  @Test
  void operatorsSeeWhatWaitsForWhichSystemAndHowLong() {
    String number = ready("GAUG0001");
    sea.fault("down", "", 0);
    String release = pressed(officer, number, Map.of("act", "release"));
    TestDatabase.execute(
        url,
        "update clearance.command set attempts = 1000, confirmed_at = now() - interval '1 hour' where id = '%s'"
            .formatted(release));

    reaches(number, release, "parked");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(figures())
                .containsPattern("commands_open\\{state=\"parked\",system=\"sea\"} 1\\.0")
                .containsPattern("commands_oldest_seconds\\{system=\"sea\"} 36\\d\\d\\.0")
                .contains("core_resting{system=\"sea\"} 1.0")
                .contains("core_resting{system=\"customs\"} 0.0"));

    // A person decides: it is asked for first, found never to have arrived, and sent.
    sea.clear();
    HttpResponse<String> again =
        approver.make("/api/v1/commands/" + release + "/send-again", Map.of("reason", "海運已恢復"));
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    reaches(number, release, "done");
    assertThat(orders(sea, number)).containsExactly("release done");
    assertThat(
            approver
                .post("/api/v1/commands/" + release + "/give-up/draft", Map.of("reason", "太遲"))
                .statusCode())
        .isEqualTo(409);
  }

  @Test
  void whatIsGivenUpLeavesTheDeclarationToOthers() {
    String number = ready("GIVE0001");
    sea.fault("down", "", 0);
    String release = pressed(officer, number, Map.of("act", "release"));
    TestDatabase.execute(
        url, "update clearance.command set attempts = 1000 where id = '%s'".formatted(release));
    reaches(number, release, "parked");
    assertThat(bars(number, "release")).containsExactly("pending");

    Map<String, String> reason = Map.of("reason", "改以人工辦理");
    String path = "/api/v1/commands/" + release + "/give-up";
    assertThat(officer.post(path + "/draft", reason).statusCode()).isEqualTo(403);
    assertThat(approver.make(path, reason).statusCode()).isEqualTo(200);

    assertThat(command(number, release).path("state").stringValue("")).isEqualTo("given-up");
    assertThat(bars(number, "release")).isEmpty();
    assertThat(
            TestDatabase.text(
                url,
                "select count(*) from audit.entry where act = 'command.give-up' and outcome = 'done' and record = 'command:%s'"
                    .formatted(release)))
        .isEqualTo("1");
  }

  private String figures() {
    try {
      String token = Files.readString(folder.resolve("one/metrics.token")).strip();
      return officer
          .get("/metrics", "Authorization", "Bearer " + token, "Accept", "text/plain")
          .body();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void thePageIsToldOfEachChangeAlsoByTheOtherNodeUntilTheSessionIsLocked() {
    String number = ready("LIVE0001");
    SignedIn reader = in("officer5", other);
    try (LivePage page = LivePage.open(other, reader, number)) {
      assertThat(page.next().event()).isEqualTo("hello");

      String first = pressed(officer, number, Map.of("act", "release"));
      assertThat(page.statesUntil(first, "done")).startsWith("waiting").endsWith("done");
      phase(number, "released");
      // What the core system says when it refuses comes in its own words.
      TestDatabase.execute(
          url, "update record.declaration set phase = 'ready' where number = '" + number + "'");
      String second = pressed(officer, number, Map.of("act", "release"));
      assertThat(page.statesUntil(second, "refused")).endsWith("refused");
      assertThat(page.last().path("answer").stringValue("")).isEqualTo("已放行 (released already)");

      pressed(officer, ready("LIVE0002"), Map.of("act", "hold", "reason", "他案"));
      reader.post("/api/v1/session/lock", Map.of());
      assertThat(page.endsWithoutAnother()).isTrue();
    }
  }
}
