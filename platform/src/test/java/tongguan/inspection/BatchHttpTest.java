package tongguan.inspection;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.Folders;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.core.CorePeer;
import tongguan.record.StepKind;
import tools.jackson.databind.JsonNode;

/**
 * Batches as a squad meets them: looked up, flagged, inspected and released on two nodes, with the
 * real core system behind them (P27, F13, load L3).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchHttpTest {
  private static final String LOOK_UP = "/api/v1/batches/look-up";
  private static final String FLAGS = "/api/v1/batches/flags";

  private final Path folder;
  private final DatabaseUrl url = TestDatabase.empty();
  private final CorePeer air;
  private final Platform platform;
  private final Platform other;

  BatchHttpTest() throws IOException {
    folder = Files.createTempDirectory("batch-http");
    air = CorePeer.start("air", folder);
    platform = node("one");
    other = node("two");
  }

  private Platform node(String name) throws IOException {
    Path data = Files.createDirectories(folder.resolve(name));
    CorePeer.write(data, List.of(air));
    Path keys = folder.resolve("one/fleet");
    if (!name.equals("one")) {
      // All nodes of an installation have the same.
      try (Stream<Path> files = Files.walk(keys)) {
        for (Path file : files.toList()) {
          Files.copy(file, data.resolve("fleet").resolve(keys.relativize(file).toString()));
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
    SignedIn.account(platform, "squad", "B", 0, "anti-smuggling-officer", "all");
    SignedIn.account(platform, "desk", "C", 0, "officer", "all");
    SignedIn.account(platform, "chief", "C", 0, "district-administrator", "all");
    SignedIn.account(platform, "keelung", "A", 0, "officer", "own");
  }

  @AfterAll
  void stop() throws IOException {
    platform.close();
    other.close();
    air.close();
    Folders.delete(folder);
  }

  private SignedIn officer(Platform node, String name, String coreUser) {
    SignedIn officer = SignedIn.stranger(node, name).in();
    HttpResponse<String> in =
        officer.post(
            "/api/v1/core/air/sign-in",
            Map.of(
                "user",
                coreUser,
                "password",
                "air " + coreUser + Map.of("wang", " 1", "chen", " 2", "lin", " 3").get(coreUser)));
    assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
    return officer;
  }

  private SignedIn squad() {
    return officer(platform, "squad", "lin");
  }

  private static List<JsonNode> items(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    List<JsonNode> items = new ArrayList<>();
    json(response).path("items").forEach(items::add);
    return items;
  }

  private static List<JsonNode> lookUp(SignedIn officer, List<String> keys) {
    return items(officer.post(LOOK_UP, Map.of("keys", keys)));
  }

  private static JsonNode lookUp(SignedIn officer, String key) {
    return lookUp(officer, List.of(key)).getFirst();
  }

  private static Map<String, Object> flag(List<String> keys, String kind) {
    return Map.of("keys", keys, "kind", kind, "reason", "intelligence", "priority", 1);
  }

  private static List<String> results(HttpResponse<String> response) {
    return items(response).stream().map(item -> item.path("result").stringValue("")).toList();
  }

  private static void untilFlag(SignedIn officer, String key, String member, String value) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(lookUp(officer, key).at("/flag/" + member).stringValue(""))
                .isEqualTo(value));
  }

  @Test
  void answersEachNumberInItsPlaceWhateverItIs() {
    new Parcels()
        .ready(1)
        .released(2)
        .declared("CA", 3, 0, "CSQU3054383")
        .bill(4, 0)
        .step(1, StepKind.HOLD, null, Instant.parse("2026-11-21T00:00:00Z"))
        .tell(url);

    List<JsonNode> items =
        lookUp(
            SignedIn.stranger(platform, "squad").in(),
            List.of(
                Parcels.house(1),
                Parcels.MASTER + "/" + Parcels.house(2),
                "csqu 305438 3",
                "CSQU3054384",
                Parcels.house(4),
                "NOSUCH1",
                "297-12345676",
                "???",
                Parcels.declaration(1).value()));

    assertThat(items).hasSize(9);
    assertThat(items.get(0).path("declaration").stringValue(""))
        .isEqualTo(Parcels.declaration(1).value());
    assertThat(items.get(0).path("held").booleanValue()).isTrue();
    assertThat(items.get(0).path("goods").stringValue("")).isEqualTo("phone cases");
    assertThat(items.get(0).path("manifestKg").decimalValue()).isEqualByComparingTo("2.4");
    assertThat(items.get(0).path("declaredKg").decimalValue()).isEqualByComparingTo("2.5");
    assertThat(items.get(1).path("phase").stringValue("")).isEqualTo("released");
    assertThat(items.get(2).path("declaration").stringValue(""))
        .isEqualTo(Parcels.declaration(3).value());
    assertThat(items.get(3).path("found").booleanValue()).isFalse();
    assertThat(items.get(3).path("check").stringValue("")).isEqualTo("wrong");
    assertThat(items.get(4).path("found").booleanValue()).isTrue();
    assertThat(items.get(4).has("declaration")).isFalse();
    assertThat(items.get(5).path("found").booleanValue()).isFalse();
    assertThat(items.get(6).path("check").stringValue("")).isEqualTo("wrong");
    assertThat(items.get(7).path("check").stringValue("")).isEqualTo("unreadable");
    assertThat(items.get(8).path("phase").stringValue("")).isEqualTo("ready");
  }

  @Test
  void whatAnOfficerMayNotSeeIsAsIfItWereNotThere() {
    new Parcels().declared("CA", 11, 1, null).declared("AA", 12, 0, null).tell(url);
    SignedIn squad = SignedIn.stranger(platform, "squad").in();
    SignedIn keelung = SignedIn.stranger(platform, "keelung").in();
    List<String> secret = List.of(Parcels.house(11), Parcels.declaration(11).value());

    assertThat(lookUp(squad, secret)).noneMatch(item -> item.has("declaration"));
    assertThat(lookUp(squad, secret).getLast().path("found").booleanValue()).isFalse();
    assertThat(results(officer(platform, "squad", "lin").make(FLAGS, flag(secret, "open"))))
        .containsExactly("unknown", "unknown");
    new Parcels().ready(13).tell(url);
    assertThat(lookUp(keelung, Parcels.declaration(13).value()).path("found").booleanValue())
        .as("of another district")
        .isFalse();
    assertThat(lookUp(keelung, Parcels.declaration("AA", 12).value()).path("found").booleanValue())
        .isTrue();
  }

  @Test
  void aFlaggedParcelIsReleasedOnlyAfterItsInspection() {
    new Parcels().ready(21).released(22).bill(23, 0).tell(url);
    SignedIn squad = squad();
    SignedIn desk = officer(platform, "desk", "wang");
    List<String> list = List.of(Parcels.house(21), Parcels.house(22), Parcels.house(23), "NOSUCH2");
    String acts =
        "/api/v1/declarations/" + Parcels.declaration(21).value().replace("  ", "") + "/acts";

    assertThat(results(squad.make(FLAGS, flag(list, "open"))))
        .containsExactly("flagged", "already-released", "unknown", "unknown");
    HttpResponse<String> early = desk.post(acts + "/draft", Map.of("act", "release"));
    assertThat(code(early)).isEqualTo("act-barred");
    assertThat(early.body()).contains("flagged");
    assertThat(results(squad.make(FLAGS, flag(list.subList(0, 1), "x-ray"))))
        .containsExactly("already-flagged");

    untilFlag(squad, Parcels.house(21), "state", "done");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(
                    TestDatabase.text(
                        url,
                        "select count(*) from record.step where step = 'examination-assigned' and declaration = '"
                            + Parcels.declaration(21).value()
                            + "'"))
                .isEqualTo("1"));
    assertThat(lookUp(squad, Parcels.house(21)).path("phase").stringValue(""))
        .isEqualTo("examination");
    assertThat(code(desk.post(acts + "/draft", Map.of("act", "release")))).isEqualTo("act-barred");

    HttpResponse<String> examined =
        desk.make(
            acts, Map.of("act", "record-examination", "result", "clear", "packagesOpened", 1));
    assertThat(examined.statusCode()).as(examined.body()).isEqualTo(200);
    untilFlag(squad, Parcels.house(21), "outcome", "inspected");
    // The core may tell of the examination before it answers the order, which is then still open.
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(desk.post(acts + "/draft", Map.of("act", "release")).statusCode())
                .isEqualTo(200));
    HttpResponse<String> released = desk.make(acts, Map.of("act", "release"));
    assertThat(released.statusCode()).as(released.body()).isEqualTo(200);
    assertThat(
            TestDatabase.text(
                url,
                "select count(*) from audit.entry where act = 'inspection.flagged' and record = 'declaration:"
                    + Parcels.declaration(21).value()
                    + "'"))
        .isEqualTo("1");
  }

  @Test
  void theSameConfirmationTwiceFlagsOnce() {
    new Parcels().ready(31).tell(url);
    SignedIn squad = squad();
    Map<String, Object> input = flag(List.of(Parcels.house(31)), "document");
    Map<String, Object> body =
        Map.of(
            "input",
            input,
            "confirmation",
            squad.draft(FLAGS, input),
            "password",
            SignedIn.PASSWORD);

    HttpResponse<String> first = squad.post(FLAGS, body, "Idempotency-Key", "once-31");
    HttpResponse<String> second = squad.post(FLAGS, body, "Idempotency-Key", "once-31");

    assertThat(results(first)).containsExactly("flagged");
    assertThat(json(second)).isEqualTo(json(first));
    assertThat(flagsOf(31)).isEqualTo("1");
    assertThat(squad.post(FLAGS, body, "Idempotency-Key", "other-31").statusCode()).isEqualTo(409);
  }

  private String flagsOf(int number) {
    return TestDatabase.text(
        url,
        "select count(*) from clearance.command where act = 'flag' and declaration = '"
            + Parcels.declaration(number).value()
            + "'");
  }

  @Test
  void liftingIsForOthersAndLetsTheParcelGo() {
    new Parcels().ready(41).tell(url);
    SignedIn squad = squad();
    SignedIn chief = officer(platform, "chief", "chen");
    String flag =
        items(squad.make(FLAGS, flag(List.of(Parcels.house(41)), "document")))
            .getFirst()
            .path("flag")
            .stringValue("");
    untilFlag(squad, Parcels.house(41), "state", "done");
    Map<String, String> why = Map.of("reason", "wrong parcel");
    String lift = "/api/v1/flags/" + flag + "/lift";

    assertThat(code(squad.post(lift + "/draft", why))).isEqualTo("not-permitted");
    assertThat(chief.make(lift, why).statusCode()).isEqualTo(200);

    untilFlag(squad, Parcels.house(41), "outcome", "lifted");
    assertThat(code(chief.post(lift + "/draft", why))).isEqualTo("not-flagged");
  }

  @Test
  void aReleaseThatComesWhileFlaggedIsAConflictAndTheCoreSystemSaysWhoWon() {
    new Parcels().ready(51).ready(52).tell(url);
    SignedIn squad = squad();
    assertThat(results(squad.make(FLAGS, flag(Parcels.houses(51, 1), "document"))))
        .containsExactly("flagged");
    untilFlag(squad, Parcels.house(51), "state", "done");

    new Parcels()
        .step(51, StepKind.RELEASED, null, Instant.parse("2026-11-25T00:00:00Z"))
        .tell(url);

    assertThat(lookUp(squad, Parcels.house(51)).path("conflict").stringValue(""))
        .isEqualTo("flagged");
    String acts =
        "/api/v1/declarations/" + Parcels.declaration(51).value().replace("  ", "") + "/acts";
    assertThat(
            officer(platform, "desk", "wang")
                .post(acts + "/draft", Map.of("act", "release"))
                .body())
        .contains("flagged");

    // This one the core system has let go before it hears of the flag.
    air.fault("down", "", 0);
    assertThat(results(squad.make(FLAGS, flag(Parcels.houses(52, 1), "document"))))
        .containsExactly("flagged");
    TestDatabase.execute(
        url,
        "update clearance.command set state = 'refused', answered_at = clock_timestamp(), code = 'E22', answer = '已放行' where act = 'flag' and declaration = '"
            + Parcels.declaration(52).value()
            + "'");
    air.clear();
    new Parcels()
        .step(52, StepKind.RELEASED, null, Instant.parse("2026-11-25T00:00:00Z"))
        .tell(url);
    JsonNode lost = lookUp(squad, Parcels.house(52));
    assertThat(lost.path("conflict").stringValue("")).isEqualTo("released");
    assertThat(lost.at("/flag/outcome").stringValue("")).isEqualTo("lost");
    assertThat(lost.at("/flag/code").stringValue("")).isEqualTo("E22");
  }

  @Test
  void flagAndReleaseRaceOnTwoNodesAndExactlyOneWins() throws Exception {
    int parcels = 24;
    Parcels told = new Parcels();
    for (int i = 0; i < parcels; i++) {
      told.ready(1000 + i);
    }
    told.tell(url);
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Callable<HttpResponse<String>>> acts = new ArrayList<>();
    int threads = 8;
    for (int t = 0; t < threads; t++) {
      boolean flags = t % 2 == 0;
      Platform node = t < threads / 2 ? platform : other;
      SignedIn officer = flags ? officer(node, "squad", "lin") : officer(node, "desk", "wang");
      List<Integer> order = new ArrayList<>();
      for (int i = t / 2; i < parcels; i += 2) {
        order.add(1000 + i);
      }
      java.util.Collections.shuffle(order, random);
      acts.add(() -> {
        HttpResponse<String> last = null;
        for (int number : order) {
          String path =
              flags
                  ? FLAGS
                  : "/api/v1/declarations/"
                      + Parcels.declaration(number).value().replace("  ", "")
                      + "/acts";
          Map<String, Object> input =
              flags ? flag(List.of(Parcels.house(number)), "document") : Map.of("act", "release");
          HttpResponse<String> drafted = officer.post(path + "/draft", input);
          if (drafted.statusCode() == 200) {
            last =
                officer.confirm(
                    path,
                    input,
                    json(drafted).path("confirmation").stringValue(""),
                    SignedIn.PASSWORD);
            assertThat(last.statusCode()).as(last.body()).isLessThan(500);
          } else {
            assertThat(drafted.statusCode()).as(drafted.body()).isEqualTo(409);
          }
        }
        return last;
      });
    }

    together(acts);

    String open =
        "select count(*) from clearance.command where state not in ('done', 'refused') and declaration between '"
            + Parcels.declaration(1000).value()
            + "' and '"
            + Parcels.declaration(999 + parcels).value()
            + "'";
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(TestDatabase.text(url, open)).isEqualTo("0"));
    String winners =
        """
        select coalesce(min(n), 0) || ' ' || coalesce(max(n), 0) || ' ' || count(*) from (
          select d, (select count(*) from clearance.command c
            where c.declaration = d and c.act in ('flag', 'release') and c.state = 'done') as n
          from (select distinct declaration as d from clearance.command
            where declaration between '%s' and '%s') t) w
        """
            .formatted(
                Parcels.declaration(1000).value(), Parcels.declaration(999 + parcels).value());
    assertThat(TestDatabase.text(url, winners)).isEqualTo("1 1 " + parcels);
    // The officer is told: the flag is there, or it is lost with the core system's reason or ours,
    // where the release was told before the flag was sent, or the parcel had gone before anybody
    // flagged it.
    assertThat(lookUp(squad(), Parcels.houses(1000, parcels)))
        .allMatch(item ->
            switch (item.at("/flag/state").stringValue("none")) {
              case "done" -> !item.at("/flag").has("outcome");
              case "refused" ->
                  Set.of("E22", "act-barred").contains(item.at("/flag/code").stringValue(""));
              default -> !item.has("flag");
            });
  }

  private static void together(List<Callable<HttpResponse<String>>> acts) throws Exception {
    CyclicBarrier start = new CyclicBarrier(acts.size());
    try (ExecutorService threads = Executors.newFixedThreadPool(acts.size())) {
      List<Future<HttpResponse<String>>> running = new ArrayList<>();
      for (Callable<HttpResponse<String>> act : acts) {
        running.add(
            threads.submit(() -> {
              int _ = start.await(30, TimeUnit.SECONDS);
              return act.call();
            }));
      }
      for (Future<HttpResponse<String>> one : running) {
        try {
          HttpResponse<String> _ = one.get(120, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
          throw new AssertionError(failed.getCause());
        }
      }
    }
  }

  @Test
  void fiveHundredAreFlaggedAtOnceAndEachOnce() {
    Parcels told = new Parcels();
    for (int i = 0; i < 500; i++) {
      told.ready(2000 + i);
    }
    told.tell(url);
    SignedIn squad = squad();
    List<String> houses = Parcels.houses(2000, 500);

    assertThat(lookUp(squad, houses)).allMatch(item -> item.path("found").booleanValue());
    assertThat(results(squad.make(FLAGS, flag(houses, "document"))))
        .hasSize(500)
        .allMatch("flagged"::equals);

    assertThat(results(squad.make(FLAGS, flag(houses, "document"))))
        .allMatch("already-flagged"::equals);
  }

  @Test
  void aBatchGoesToAColleagueAndToNobodyElse() {
    SignedIn squad = SignedIn.stranger(platform, "squad").in();
    SignedIn desk = SignedIn.stranger(platform, "desk").in();
    SignedIn keelung = SignedIn.stranger(platform, "keelung").in();
    String path = "/api/v1/batches/hand-overs";
    Map<String, Object> input =
        Map.of(
            "to", "desk",
            "note", "belt 3",
            "items",
                List.of(Map.of("key", "sq00000001", "note", "torn"), Map.of("key", "SQ00000002")));

    HttpResponse<String> given = squad.make(path, input);
    assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
    String one = path + "/" + json(given).path("handOver").stringValue("");

    assertThat(json(desk.get(path)).at("/items/0/note").stringValue("")).isEqualTo("belt 3");
    assertThat(json(desk.get(one)).at("/items/0/key").stringValue("")).isEqualTo("SQ00000001");
    assertThat(json(desk.get(one)).at("/items/0/note").stringValue("")).isEqualTo("torn");
    assertThat(keelung.get(one).statusCode()).isEqualTo(404);
    assertThat(json(keelung.get(path)).path("items")).isEmpty();
    assertThat(
            code(
                squad.post(
                    path + "/draft", Map.of("to", "squad", "items", List.of(Map.of("key", "A"))))))
        .isEqualTo("unknown-colleague");
  }

  /** L3, small: one officer scans and registers one after the other; each under a second. */
  @Test
  void oneAfterTheOtherIsRegisteredWithinASecond() {
    registerOneByOne(4000, 20);
  }

  @Tag("slow")
  @Test
  void twoHundredOneAfterTheOtherAreRegisteredWithinASecondEach() {
    registerOneByOne(5000, 200);
  }

  private void registerOneByOne(int from, int count) {
    Parcels told = new Parcels();
    for (int i = 0; i < count; i++) {
      told.ready(from + i);
    }
    told.tell(url);
    SignedIn squad = squad();
    List<Long> millis = new ArrayList<>();
    for (String house : Parcels.houses(from, count)) {
      long started = System.nanoTime();
      assertThat(lookUp(squad, house).path("found").booleanValue()).isTrue();
      assertThat(results(squad.make(FLAGS, flag(List.of(house), "document"))))
          .containsExactly("flagged");
      millis.add(Duration.ofNanos(System.nanoTime() - started).toMillis());
    }

    List<Long> sorted = millis.stream().sorted().toList();
    long p95 = sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1);
    System.out.println("L3: " + count + " registered, p95 " + p95 + " ms");
    assertThat(p95).isLessThanOrEqualTo(1000);
    assertThat(
            TestDatabase.text(
                url,
                "select count(*) || ' ' || count(distinct declaration) from clearance.command where act = 'flag' and declaration between '%s' and '%s'"
                    .formatted(
                        Parcels.declaration(from).value(),
                        Parcels.declaration(from + count - 1).value())))
        .isEqualTo(count + " " + count);
  }
}
