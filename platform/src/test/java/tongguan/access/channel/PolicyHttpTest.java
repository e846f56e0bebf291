package tongguan.access.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tongguan.access.SignedIn;
import tongguan.base.Json;
import tools.jackson.databind.JsonNode;

/**
 * What devices are told to be like: who changes it, which one holds, and that it arrives (P22, rule
 * 31).
 */
class PolicyHttpTest {
  private static final String ALL = "/api/v1/device-policies/all/all/change";

  private Line line;
  private SignedIn second;

  @BeforeEach
  void start() {
    line = new Line();
    SignedIn.account(line.platform, "second", "HQ", 1, "headquarters-administrator", "all");
    second = SignedIn.stranger(line.platform, "second").in();
    line.execute(
        """
        insert into identity.unit (code, parent, name_zh, name_en, kind, district)
        values ('A-GATE', 'A', '大門', 'Gate', 'section', 'A')
        """);
  }

  @AfterEach
  void stop() {
    line.close();
  }

  private static Map<String, Object> wish(long revision) {
    Map<String, Object> wish = new LinkedHashMap<>();
    wish.put("revision", revision);
    wish.put("interfaces", Map.of("usb-storage", "shut", "usb-printer", "open"));
    wish.put("lockHours", 4);
    wish.put("wipeDays", 10);
    wish.put("idleSeconds", 300);
    wish.put("position", true);
    wish.put("reason", "after the audit");
    return wish;
  }

  private JsonNode policies(SignedIn who) {
    return SignedIn.json(who.get("/api/v1/device-policies")).path("items");
  }

  private long revisionOfAll() {
    return policies(line.administrator()).path(0).path("revision").longValue();
  }

  /** Asked for by one and agreed to by the other. */
  private void change(SignedIn asking, String path, Map<String, ?> wish, SignedIn deciding) {
    var asked = asking.make(path, wish);
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
    var decided =
        deciding.make(
            "/api/v1/requests/" + SignedIn.json(asked).path("request").stringValue() + "/decide",
            Map.of("approve", true, "reason", "agreed"));
    assertThat(SignedIn.json(decided).path("state").stringValue(""))
        .as(decided.body())
        .isEqualTo("approved");
  }

  private static JsonNode body(Events.Event event) {
    try {
      return Json.read(
          event
              .data()
              .path("body")
              .stringValue()
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (Json.Malformed e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDeviceIsToldItsPolicyAtFirstContactAndTheNextOneWithinASecond() {
    Steward steward = line.aDevice().enrolled();
    try (Events events = steward.stream()) {
      events.hello();
      Events.Event first = events.policy();
      assertThat(steward.believes(first.data())).isTrue();
      assertThat(first.data().has("endsAt")).isFalse();
      assertThat(body(first).toString())
          .isEqualTo(
              "{\"revision\":%d,\"interfaces\":{},\"lockHours\":8,\"wipeDays\":30,\"idleSeconds\":0,\"position\":false}"
                  .formatted(revisionOfAll()));
      steward.answer(first.number(), "policy", "done", "");

      change(line.administrator(), ALL, wish(revisionOfAll()), second);
      long started = System.nanoTime();
      Events.Event then = events.policy();
      assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(1000);
      assertThat(body(then).path("interfaces").toString())
          .isEqualTo("{\"usb-printer\":\"open\",\"usb-storage\":\"shut\"}");
      assertThat(body(then).path("lockHours").intValue()).isEqualTo(4);
      assertThat(body(then).path("position").booleanValue()).isTrue();
      steward.answer(then.number(), "policy", "done", "");
      steward.heartbeat(Map.of("policy", revisionOfAll()));
      JsonNode shown =
          SignedIn.json(line.administrator().get("/api/v1/devices/" + steward.id)).path("policy");
      assertThat(shown.path("inForce").longValue()).isEqualTo(shown.path("revision").longValue());
      assertThat(shown.path("outcome").stringValue()).isEqualTo("done");
    }
    try (Events again = steward.stream()) {
      assertThat(again.hello().data().path("lockHours").intValue()).isEqualTo(4);
      assertThat(again.isSilent(1200)).isTrue();
      assertThat(again.policies()).as("told already").isZero();
    }
  }

  /** As after a wipe: what the device says counts, not what it was sent once. */
  @Test
  void aDeviceThatSaysThatAnotherOneIsInForceIsToldAgain() {
    Steward steward = line.aDevice().enrolled();
    try (Events events = steward.stream()) {
      events.hello();
      steward.answer(events.policy().number(), "policy", "done", "");
    }
    line.execute(
        "update fleet.command set answered_at = answered_at - interval '1 minute' where device = '%s'",
        steward.id);
    steward.heartbeat(Map.of("policy", 0));
    try (Events events = steward.stream()) {
      events.hello();
      assertThat(body(events.policy()).path("revision").longValue()).isEqualTo(revisionOfAll());
    }
  }

  @Test
  void whatWasOrderedForAnAbsentDeviceIsReplacedByWhatHoldsWhenItComes() {
    Steward steward = line.aDevice().enrolled();
    try (Events events = steward.stream()) {
      events.hello();
      events.policy();
    }
    change(line.administrator(), ALL, wish(revisionOfAll()), second);
    change(line.administrator(), ALL, wish(revisionOfAll()), second);
    try (Events events = steward.stream()) {
      events.hello();
      await().until(() -> events.policies() >= 1);
      await()
          .untilAsserted(() ->
              assertThat(
                      line.value(
                          "select count(*) from fleet.command where device = '%s' and kind = 'policy' and outcome is null",
                          steward.id))
                  .isEqualTo("1"));
    }
  }

  @Test
  void thePolicyOfTheNearestUnitHoldsAndThereTheOneOfTheKind() {
    SignedIn admin = line.administrator();
    change(admin, "/api/v1/device-policies/A/all/change", with(wish(0), 21), second);
    change(admin, "/api/v1/device-policies/A/notebook/change", with(wish(0), 22), second);
    change(admin, "/api/v1/device-policies/A-GATE/all/change", with(wish(0), 23), second);
    change(admin, "/api/v1/device-policies/all/tablet/change", with(wish(0), 24), second);

    assertThat(wipeDays("A", "notebook")).isEqualTo("22");
    assertThat(wipeDays("A", "tablet")).isEqualTo("21");
    assertThat(wipeDays("A-GATE", "notebook")).isEqualTo("23");
    assertThat(wipeDays("HQ", "tablet")).isEqualTo("24");
    assertThat(wipeDays("HQ", "notebook")).isEqualTo("30");
  }

  private static Map<String, Object> with(Map<String, Object> wish, int wipeDays) {
    wish.put("wipeDays", wipeDays);
    return wish;
  }

  private String wipeDays(String unit, String kind) {
    return line.value("select wipe_days from fleet.policy_for('%s', '%s')", unit, kind);
  }

  @Test
  void nobodyDecidesAloneAndADistrictDecidesForItselfOnly() {
    SignedIn.account(line.platform, "district", "A", 1, "district-administrator", "own");
    SignedIn.account(line.platform, "colleague", "A", 1, "district-administrator", "own");
    SignedIn district = SignedIn.stranger(line.platform, "district").in();
    SignedIn colleague = SignedIn.stranger(line.platform, "colleague").in();

    var all = district.post(ALL + "/draft", wish(revisionOfAll()));
    assertThat(SignedIn.code(all)).isEqualTo("unknown-device-policy");
    String own = "/api/v1/device-policies/A-GATE/notebook/change";
    var asked = district.make(own, wish(0));
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
    String decide =
        "/api/v1/requests/" + SignedIn.json(asked).path("request").stringValue() + "/decide";
    var yes = Map.of("approve", true, "reason", "agreed");
    assertThat(SignedIn.code(district.post(decide + "/draft", yes))).isEqualTo("second-person");
    assertThat(colleague.make(decide, yes).statusCode()).isEqualTo(200);
    assertThat(policies(district).valueStream().map(each -> each.path("changeable").asBoolean()))
        .as("that of all, and its own")
        .containsExactly(false, true);

    var asked2 = line.administrator().make(ALL, wish(revisionOfAll()));
    String other =
        "/api/v1/requests/" + SignedIn.json(asked2).path("request").stringValue() + "/decide";
    assertThat(SignedIn.code(district.post(other + "/draft", yes))).isEqualTo("unknown-request");
  }

  @Test
  void whatIsWrongIsRefusedBeforeAnybodyConfirmsIt() {
    SignedIn admin = line.administrator();
    assertThat(SignedIn.code(admin.post(ALL + "/draft", wish(revisionOfAll() + 1))))
        .isEqualTo("stale");
    Map<String, Object> wrong = new LinkedHashMap<>();
    wrong.put("interfaces", Map.of("usb", "shut"));
    wrong.put("lockHours", 0);
    wrong.put("wipeDays", 366);
    wrong.put("idleSeconds", 29);
    wrong.put("position", "yes");
    wrong.forEach((member, value) -> {
      Map<String, Object> wish = wish(revisionOfAll());
      wish.put(member, value);
      assertThat(admin.post(ALL + "/draft", wish).statusCode()).as(member).isEqualTo(400);
    });
    Map<String, Object> word = wish(revisionOfAll());
    word.put("interfaces", Map.of("network", "off"));
    assertThat(admin.post(ALL + "/draft", word).statusCode()).isEqualTo(400);
    for (String nowhere : new String[] {"/nowhere/all", "/A/phone", "/A/Notebook"}) {
      assertThat(
              admin
                  .post("/api/v1/device-policies" + nowhere + "/change/draft", wish(0))
                  .statusCode())
          .as(nowhere)
          .isEqualTo(404);
    }
    Map<String, Object> removal = Map.of("revision", revisionOfAll(), "reason", "r");
    assertThat(SignedIn.code(admin.post("/api/v1/device-policies/all/all/remove/draft", removal)))
        .isEqualTo("policy-of-all");
  }
}
