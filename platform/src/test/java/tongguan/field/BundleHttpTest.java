package tongguan.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tongguan.access.SignedIn.PASSWORD;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.access.Field;
import tongguan.access.SignedIn;
import tongguan.access.TestDevice;
import tongguan.base.Folders;
import tongguan.core.CorePeer;
import tools.jackson.databind.JsonNode;

/**
 * What was done without a network comes in (F23; rules 10, 11 and 35): over TLS from a device, with
 * a real database and the real core system behind it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BundleHttpTest {
  private static final String BUNDLES = "/api/v1/field/bundles";
  private static final Map<String, ?> REASON = Map.of("reason", "fell into the sea");

  private final Path folder = Files.createTempDirectory("bundle-http");
  private final CorePeer sea = CorePeer.start("sea", folder);
  private final Field field = new Field();
  private final Platform platform = node();
  private int numbers;

  BundleHttpTest() throws IOException {}

  /** One with the core system in its settings. */
  private Platform node() throws IOException {
    Path data = Files.createDirectories(folder.resolve("node"));
    CorePeer.write(data, List.of(sea));
    Platform node = new Platform(field.url, field.url, 0, Clock.systemUTC());
    node.open(data);
    node.listen(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        field.authority.identity(field.authority),
        Field.NAMES,
        List.of());
    node.start();
    return node;
  }

  @BeforeAll
  void people() {
    field.execute("update identity.role set second_factor = false");
    SignedIn.account(platform, "admin", "HQ", 2, "headquarters-administrator", "all");
    SignedIn.account(platform, "other", "A", 0, "officer", "own");
  }

  @AfterAll
  void stop() throws IOException {
    platform.close();
    field.close();
    sea.close();
    Folders.delete(folder);
  }

  /**
   * An officer at sea with a device; the last one signed in on it, there and at the core system.
   */
  private final class AtSea {
    final TestDevice device = field.aDevice().assigned().withSim().online();
    final String name = "atsea" + device.serial.substring(4);
    SignedIn browser;

    AtSea() {
      SignedIn.account(platform, name, "A", 0, "officer", "own");
      browser = in();
      signInAtCore();
    }

    SignedIn in() {
      return SignedIn.stranger(platform, name).over(device.client(), platform.securePort()).in();
    }

    void signInAtCore() {
      // The core system's own process may need its time on a busy machine.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              browser
                      .post(
                          "/api/v1/core/sea/sign-in",
                          Map.of("user", "wang", "password", "sea wang 1"))
                      .statusCode()
                  == 200);
    }

    String version(String declaration) {
      HttpResponse<String> next =
          browser.get("/api/v1/declarations/" + declaration.replace(" ", "%20") + "/next");
      assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
      return json(next).path("version").stringValue();
    }

    /** What it comes to: the bundle's draft, confirmed and carried out. */
    JsonNode sent(List<Map<String, Object>> items) {
      return run(confirmed(items));
    }

    String confirmed(List<Map<String, Object>> items) {
      HttpResponse<String> done = browser.make(BUNDLES, Map.of("items", items));
      assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
      return json(done).path("bundle").stringValue();
    }

    JsonNode run(String bundle) {
      HttpResponse<String> done = browser.post(BUNDLES + "/" + bundle + "/run", Map.of());
      assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
      return json(done).path("items");
    }
  }

  private List<String> lodged(int count) {
    List<String> declarations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      declarations.add("AA  99BNDL%04d".formatted(++numbers));
    }
    for (String number : declarations) {
      field.execute(
          "insert into record.declaration (number, direction, declaration_kind, office) values ('%s', 'import', 'G1', 'AA')"
              .formatted(number));
    }
    return declarations;
  }

  private static Map<String, Object> item(
      int sequence, String kind, String base, String declaration, Map<String, ?> input) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", UUID.randomUUID().toString());
    item.put("sequence", sequence);
    item.put("kind", kind);
    item.put("base", base);
    item.put("madeAt", "2026-11-22T03:04:05Z");
    item.put("body", Map.of("parameters", Map.of("number", declaration), "input", input));
    return item;
  }

  /** Accepting each of these declarations, in this order, as the officer sees them now. */
  private static List<Map<String, Object>> accepting(AtSea officer, List<String> declarations) {
    String base = officer.version(declarations.getFirst());
    return IntStream.range(0, declarations.size())
        .mapToObj(
            i -> item(i + 1, "clearance.act", base, declarations.get(i), Map.of("act", "accept")))
        .toList();
  }

  private static List<String> results(JsonNode items) {
    List<String> results = new ArrayList<>();
    items.forEach(item -> results.add(item.path("result").stringValue("-")));
    return results;
  }

  private String commands(List<String> declarations) {
    return field.value(
        "select coalesce(string_agg(declaration, ',' order by id), '') from clearance.command where declaration in ('%s')"
            .formatted(String.join("','", declarations)));
  }

  private long count(String sql) {
    return Long.parseLong(field.value(sql));
  }

  @Test
  void fortyItemsOfThreeDaysComeInInOrderAndWhatHasMovedIsShownAndNotOverwritten() {
    AtSea officer = new AtSea();
    List<String> declarations = lodged(40);
    List<Map<String, Object>> items = new ArrayList<>(accepting(officer, declarations));
    // Three days at sea: five are released, one is taken by another officer, one item makes no
    // sense.
    List<String> moved = declarations.subList(10, 15);
    field.execute(
        "update record.declaration set phase = 'released', released_at = now(), last_step_at = now() where number in ('%s')"
            .formatted(String.join("','", moved)));
    field.execute(
        """
        insert into clearance.command
          (id, declaration, act, input, system, officer, officer_name, unit, core_user, next_at)
        select uuidv7(), '%s', 'reject', '{"reason": "no"}', 'sea', a.id, a.name, a.unit, 'chen', now() + interval '1 hour'
        from identity.account a where a.name = 'other'
        """
            .formatted(declarations.get(20)));
    String base = officer.version(declarations.get(30));
    items.set(
        30, item(31, "clearance.act", base, declarations.get(30), Map.of("act", "make-it-vanish")));
    field.execute(
        "update identity.session set ended_at = now(), ended_why = 'expired' where account = (select id from identity.account where name = '%s')"
            .formatted(officer.name));

    HttpResponse<String> expired = officer.browser.post(BUNDLES + "/draft", Map.of("items", items));
    assertThat(expired.statusCode()).isEqualTo(401);
    officer.browser = officer.in();
    HttpResponse<String> stranger =
        officer.browser.post(BUNDLES + "/draft", Map.of("items", items));
    assertThat(code(stranger)).isEqualTo("core-sign-in-needed");
    officer.signInAtCore();

    JsonNode draft = json(officer.browser.post(BUNDLES + "/draft", Map.of("items", items)));
    assertThat(draft.path("lines").size()).isEqualTo(33);
    JsonNode results = officer.sent(items);

    List<String> done = new ArrayList<>(declarations);
    done.removeAll(moved);
    done.remove(declarations.get(20));
    done.remove(declarations.get(30));
    assertThat(results(results).stream().filter("done"::equals)).hasSize(33);
    for (int i = 10; i < 15; i++) {
      JsonNode conflict = results.get(i);
      assertThat(conflict.path("result").stringValue("")).isEqualTo("conflict");
      assertThat(conflict.path("code").stringValue("")).isEqualTo("moved-meanwhile");
      assertThat(conflict.at("/now/phase").stringValue("")).isEqualTo("released");
      assertThat(conflict.path("version").stringValue(""))
          .isEqualTo(officer.version(declarations.get(i)));
    }
    assertThat(results.get(20).path("code").stringValue("")).isEqualTo("act-pending");
    assertThat(results.get(20).at("/now/openOfficer").stringValue("")).isEqualTo("other");
    assertThat(results.get(30).path("result").stringValue("")).isEqualTo("refused");
    assertThat(results.get(30).path("code").stringValue("")).isEqualTo("input");
    assertThat(commands(done)).isEqualTo(String.join(",", done));
    String entries =
        "select count(*) from audit.entry where act = 'clearance.act' and name = '%s' and outcome = '%s' and details::jsonb ? 'bundle'";
    assertThat(count(entries.formatted(officer.name, "done"))).isEqualTo(33);
    assertThat(count(entries.formatted(officer.name, "refused"))).isEqualTo(7);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            count(
                    "select count(*) from clearance.command where state = 'done' and declaration in ('%s')"
                        .formatted(String.join("','", done)))
                == done.size());
    assertThat(
            sea.journal().stream()
                .filter(one -> done.contains(one.path("declaration").stringValue(""))))
        .hasSize(33);
  }

  @Test
  void askedForAgainItTellsTheSameAndDoesNothingTwice() {
    AtSea officer = new AtSea();
    List<String> declarations = lodged(3);
    List<Map<String, Object>> items = accepting(officer, declarations);
    String bundle = officer.confirmed(items);

    JsonNode first = officer.run(bundle);
    JsonNode again = officer.run(bundle);
    JsonNode inAnotherBundle = officer.sent(items);

    assertThat(results(first)).containsOnly("done");
    assertThat(again).isEqualTo(first);
    // They are done already, and stay in the bundle in which they were.
    assertThat(inAnotherBundle).isEmpty();
    assertThat(commands(declarations)).isEqualTo(String.join(",", declarations));
  }

  @Test
  void anIdHoldsForOneThing() {
    AtSea officer = new AtSea();
    List<String> declarations = lodged(2);
    List<Map<String, Object>> items = accepting(officer, declarations);
    officer.sent(items.subList(0, 1));
    Map<String, Object> other = new LinkedHashMap<>(items.get(1));
    other.put("id", items.getFirst().get("id"));

    HttpResponse<String> draft =
        officer.browser.post(BUNDLES + "/draft", Map.of("items", List.of(other)));

    assertThat(json(draft).at("/report/0/code").stringValue(""))
        .isEqualTo("idempotency-key-reused");
  }

  @Test
  void whatNobodyUnderstandsIsParkedAndTheRestGoesOn() {
    AtSea officer = new AtSea();
    List<String> declarations = lodged(6);
    List<Map<String, Object>> items = new ArrayList<>(accepting(officer, declarations));
    String base = String.valueOf(items.getFirst().get("base"));
    items.set(0, item(1, "no.such.kind", base, declarations.get(0), Map.of()));
    items.set(1, item(2, "clearance.act", base, "\u0000", Map.of("act", "accept")));
    items.set(2, item(3, "clearance.approve", base, declarations.get(2), Map.of("act", "seize")));
    items.set(
        3,
        item(
            4,
            "clearance.act",
            base,
            declarations.get(3),
            Map.of("act", "reject", "reason", "x".repeat(501))));
    items.set(
        4,
        item(
            5,
            "clearance.act",
            base,
            declarations.get(4),
            Map.of("act", "hold", "reason", "\uD800")));

    JsonNode results = officer.sent(items);

    assertThat(results(results).subList(0, 4)).containsOnly("refused");
    assertThat(results.get(2).path("code").stringValue("")).isEqualTo("not-permitted");
    assertThat(results(results).get(5)).isEqualTo("done");
  }

  @Test
  void twoItemsOutOfOrderAreRefusedAsAWhole() {
    AtSea officer = new AtSea();
    List<Map<String, Object>> items = accepting(officer, lodged(2));

    HttpResponse<String> draft =
        officer.browser.post(BUNDLES + "/draft", Map.of("items", items.reversed()));

    assertThat(draft.statusCode()).isEqualTo(400);
  }

  @Test
  void whatMovesBetweenTheLookAndTheConfirmationIsNotConfirmed() {
    AtSea officer = new AtSea();
    List<String> declarations = lodged(2);
    Map<String, Object> input = Map.of("items", accepting(officer, declarations));
    String nonce = officer.browser.draft(BUNDLES, input);
    release(declarations.getFirst());

    HttpResponse<String> no = officer.browser.confirm(BUNDLES, input, nonce, PASSWORD);

    assertThat(code(no)).isEqualTo("confirmation");
    assertThat(commands(declarations)).isEmpty();
  }

  @Test
  void whatMovesBetweenTheConfirmationAndItsTurnIsAConflict() {
    AtSea officer = new AtSea();
    List<String> declarations = lodged(2);
    String bundle = officer.confirmed(accepting(officer, declarations));
    release(declarations.getFirst());

    assertThat(results(officer.run(bundle))).containsExactly("conflict", "done");
    assertThat(commands(declarations)).isEqualTo(declarations.get(1));
  }

  private void release(String declaration) {
    field.execute(
        "update record.declaration set phase = 'released', last_step_at = now() where number = '%s'"
            .formatted(declaration));
  }

  @Test
  void ofADeviceThatWasLostMeanwhileNothingIsAccepted() {
    AtSea officer = new AtSea();
    List<String> declarations = lodged(40);
    Map<String, Object> input = Map.of("items", accepting(officer, declarations));
    String nonce = officer.browser.draft(BUNDLES, input);
    reportLost(officer);

    HttpResponse<String> confirmed = officer.browser.confirm(BUNDLES, input, nonce, PASSWORD);
    HttpResponse<String> drafted = officer.browser.post(BUNDLES + "/draft", input);

    assertThat(confirmed.statusCode()).isEqualTo(403);
    assertThat(code(confirmed)).isEqualTo("not-from-here");
    assertThat(confirmed.headers().firstValue("Clear-Site-Data")).contains("\"*\"");
    assertThat(code(drafted)).isEqualTo("not-from-here");
    assertThat(commands(declarations)).isEmpty();
  }

  @Test
  void ofADeviceThatWasLostAfterTheConfirmationNothingMoreIsDone() {
    AtSea officer = new AtSea();
    List<String> declarations = lodged(5);
    String bundle = officer.confirmed(accepting(officer, declarations));
    reportLost(officer);

    assertThat(officer.browser.post(BUNDLES + "/" + bundle + "/run", Map.of()).statusCode())
        .isEqualTo(403);
    // Nor by the same officer from somewhere else: it was another session that confirmed it.
    TestDevice fresh = field.aDevice().assigned().withSim().online();
    SignedIn again =
        SignedIn.stranger(platform, officer.name).over(fresh.client(), platform.securePort()).in();
    HttpResponse<String> run = again.post(BUNDLES + "/" + bundle + "/run", Map.of());
    assertThat(code(run)).isEqualTo("bundle-over");
    assertThat(commands(declarations)).isEmpty();
  }

  /** As an administrator reports it. */
  private void reportLost(AtSea officer) {
    HttpResponse<String> lost =
        SignedIn.stranger(platform, "admin")
            .in()
            .make("/api/v1/devices/" + officer.device.id + "/lost", REASON);
    assertThat(lost.statusCode()).as(lost.body()).isEqualTo(200);
  }

  @Test
  void aBundleOfAnotherOfficerDoesNotExist() {
    AtSea officer = new AtSea();
    String bundle = officer.confirmed(accepting(officer, lodged(1)));

    HttpResponse<String> run = new AtSea().browser.post(BUNDLES + "/" + bundle + "/run", Map.of());

    assertThat(code(run)).isEqualTo("unknown-bundle");
  }
}
