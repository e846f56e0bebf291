package tongguan.access.device;

import static org.assertj.core.api.Assertions.assertThat;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;
import static tongguan.access.device.TwoNodes.good;
import static tongguan.access.device.TwoNodes.id;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.OpenApi;
import tongguan.access.SignedIn;
import tools.jackson.databind.JsonNode;

/**
 * The registry of devices and SIMs as officers use it (paths P8 and P9 as far as they are ours).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceHttpTest {
  private final TwoNodes nodes = new TwoNodes();
  private final OpenApi openApi = new OpenApi();

  @AfterAll
  void stop() {
    nodes.close();
  }

  private static Map<String, Object> with(Map<String, Object> input, String name, Object value) {
    Map<String, Object> changed = new HashMap<>(input);
    changed.put(name, value);
    return changed;
  }

  private JsonNode detail(UUID device) {
    return good(nodes.admin.at(nodes.two).get("/api/v1/devices/" + device));
  }

  @Test
  void whatIsTypedInAnyWayIsKeptInOneForm() {
    Map<String, Object> wish =
        Map.of(
            "serial", "ｐｄａ－９９",
            "kind", "PDA",
            "unit", "A",
            "imei", "49-015420-323751-8",
            "macs", List.of("02-00-5E-00-00-09", "0200.5e00.0009", "02005E00000A"));
    UUID device = id(nodes.admin.make("/api/v1/devices", wish));
    JsonNode seen = detail(device);

    assertThat(seen.path("serial").stringValue()).isEqualTo("PDA-99");
    assertThat(seen.path("imei").stringValue()).isEqualTo("49015420323751");
    assertThat(seen.path("macs").toString())
        .isEqualTo("[\"02:00:5e:00:00:09\",\"02:00:5e:00:00:0a\"]");
    assertThat(seen.path("state").stringValue()).isEqualTo("in-stock");
    assertThat(openApi.faults("DeviceDetail", seen)).isEmpty();
    assertThat(nodes.audited("device.add", "done", device)).isEqualTo(1);
  }

  @Test
  void whatIsMistypedSaysWhatWasExpectedAndWhatIsTakenSaysSo() {
    Map<String, Object> wish = nodes.aDevice("A");
    for (Map<String, Object> wrong :
        List.of(
            with(wish, "imei", "490154203237517"),
            with(wish, "kind", "phone"),
            with(wish, "serial", "x"),
            with(wish, "macs", List.of("01:00:5e:00:00:01")),
            with(wish, "unit", "NOWHERE"))) {
      var refused = nodes.admin.post("/api/v1/devices/draft", wrong);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
      assertThat(json(refused).path("expected").stringValue()).isNotEmpty();
    }

    good(nodes.admin.make("/api/v1/devices", wish));
    var again = nodes.admin.post("/api/v1/devices/draft", wish);
    assertThat(code(again)).isEqualTo("taken");
    assertThat(json(again).path("members").toString()).isEqualTo("[\"serial\",\"imei\",\"macs\"]");
    assertThat(nodes.refusals("device.add", "taken")).isEqualTo(1);
  }

  @Test
  void p9aDistrictAdministratorSeesAndChangesTheOwnDistrictsDevicesOnly() {
    UUID own = nodes.added("A-GATE");
    UUID foreign = nodes.added("B");
    UUID headquarters = nodes.added("HQ");
    UUID sim = nodes.addedSim("B");

    assertThat(nodes.district.get("/api/v1/devices/" + own).statusCode()).isEqualTo(200);
    String nowhere = code(nodes.district.get("/api/v1/devices/" + UUID.randomUUID()));
    for (UUID device : List.of(foreign, headquarters)) {
      for (String there : List.of("", "/loss")) {
        var hidden = nodes.district.get("/api/v1/devices/" + device + there);
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(code(hidden)).isEqualTo(nowhere);
      }
      for (String act : List.of("state", "lost", "found", "wipe", "hand-out", "return", "loan")) {
        var hidden =
            nodes.district.post(
                "/api/v1/devices/" + device + "/" + act + "/draft",
                Map.of(
                    "reason",
                    "x",
                    "state",
                    "retired",
                    "unit",
                    "A-YARD",
                    "until",
                    "2999-01-01T00:00:00Z",
                    "taker",
                    "district",
                    "giverSignature",
                    TwoNodes.STROKES,
                    "takerSignature",
                    TwoNodes.STROKES));
        assertThat(hidden.statusCode()).as(act + hidden.body()).isIn(404, 400);
        assertThat(hidden.body()).doesNotContain("DEV-").doesNotContain("device-state");
      }
    }
    assertThat(nodes.district.get("/api/v1/devices?limit=200").body())
        .contains(own.toString())
        .doesNotContain(foreign.toString(), headquarters.toString());
    assertThat(nodes.district.get("/api/v1/devices?unit=HQ&limit=200").body())
        .contains(own.toString())
        .doesNotContain(foreign.toString(), headquarters.toString());
    assertThat(nodes.district.get("/api/v1/sims?limit=200").body()).doesNotContain(sim.toString());
    assertThat(
            nodes
                .district
                .post("/api/v1/sims/" + sim + "/pair/draft", TwoNodes.pairing(own))
                .statusCode())
        .isEqualTo(404);
    assertThat(nodes.district.post("/api/v1/devices/draft", nodes.aDevice("B")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void listsPageByPageWithEveryFilter() {
    List<String> added = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      added.add(detail(nodes.added("D")).path("serial").stringValue());
    }
    UUID withSim = nodes.withSim("D");
    String number =
        nodes.text(
            "select s.msisdn from fleet.pairing p join fleet.sim s on s.id = p.sim where p.device = '"
                + withSim
                + "'");
    List<String> seen = new ArrayList<>();
    String after = "";
    for (int page = 0; page < 10; page++) {
      JsonNode shown = good(nodes.admin.get("/api/v1/devices?unit=D&limit=2" + after));
      assertThat(openApi.faults("DevicePage", shown)).isEmpty();
      shown.path("items").forEach(item -> seen.add(item.path("serial").stringValue()));
      if (shown.path("next").isNull()) {
        break;
      }
      after = "&after=" + shown.path("next").stringValue();
    }

    assertThat(seen).hasSize(6).containsAll(added).isSorted();
    assertThat(
            nodes.serials(
                nodes.admin.get(
                    "/api/v1/devices?unit=D&q=" + added.get(2).toLowerCase(java.util.Locale.ROOT))))
        .containsExactly(added.get(2));
    assertThat(nodes.serials(nodes.admin.get("/api/v1/devices?q=0" + number.substring(3))))
        .containsExactly(detail(withSim).path("serial").stringValue());
    assertThat(nodes.serials(nodes.admin.get("/api/v1/devices?unit=D&state=assigned"))).isEmpty();
    assertThat(nodes.serials(nodes.admin.get("/api/v1/devices?unit=D&kind=notebook"))).hasSize(6);
    assertThat(nodes.serials(nodes.admin.get("/api/v1/devices?unit=D&q=%25"))).isEmpty();
  }

  @Test
  void aListShowsWhatIsKnownOfADeviceAtThisMoment() {
    SignedIn lin = nodes.officer("live-lin", "A-GATE");
    UUID device = nodes.handedOut("A-GATE", "live-lin");
    nodes.onTheApn(device);
    nodes.execute(
        "insert into fleet.contact (device, agent, locked, battery) values ('%s', '1.0', false, 71)"
            .formatted(device));
    nodes.execute(
        "update identity.session set device = '%s' where account = (select id from identity.account where name = '%s')"
            .formatted(device, lin.name));
    String serial = detail(device).path("serial").stringValue();
    JsonNode item = good(nodes.admin.get("/api/v1/devices?q=" + serial)).path("items").path(0);

    assertThat(item.at("/holder/account").stringValue()).isEqualTo("live-lin");
    assertThat(item.at("/contact/battery").intValue()).isEqualTo(71);
    assertThat(item.at("/contact/silent").booleanValue()).isFalse();
    assertThat(item.at("/network/gateway").stringValue()).isEqualTo("ggsn");
    assertThat(item.at("/lastSession/account").stringValue()).isEqualTo("live-lin");
    assertThat(item.at("/lastSession/live").booleanValue()).isTrue();
    assertThat(item.path("loss").isMissingNode()).isTrue();
    JsonNode page = detail(device);
    assertThat(openApi.faults("DeviceDetail", page)).isEmpty();
    assertThat(page.path("handOvers").size()).isEqualTo(1);
    assertThat(page.path("pairings").size()).isEqualTo(1);
    assertThat(page.path("certificates").size()).isEqualTo(1);
    assertThat(page.path("events").valueStream().map(event -> event.path("kind").stringValue()))
        .containsExactly("handed-out", "sim-in", "added");
  }

  @Test
  void aChangeIsOfTheVersionThatWasSeen() {
    UUID device = nodes.added("A");
    String path = "/api/v1/devices/" + device + "/change";
    Map<String, Object> wish =
        Map.of("version", 1, "model", "Field Book 4", "imei", "", "reason", "new model");
    good(nodes.district.make(path, wish));

    assertThat(code(nodes.district.post(path + "/draft", wish))).isEqualTo("stale");
    JsonNode now = detail(device);
    assertThat(now.path("model").stringValue()).isEqualTo("Field Book 4");
    assertThat(now.has("imei")).isFalse();
    assertThat(now.path("macs").size()).as("what was not given stays").isEqualTo(1);
    assertThat(nodes.audited("device.change", "done", device)).isEqualTo(1);
  }

  @Test
  void aDeviceThatChangesUnitsTakesItsSimAlongAndItsOfficersOff() {
    UUID device = nodes.withSim("A-GATE");
    SignedIn gate = nodes.officer("unit-gate", "A-GATE");
    nodes.execute(
        "update identity.session set device = '%s' where account = (select id from identity.account where name = '%s')"
            .formatted(device, gate.name));
    good(
        nodes.admin.make(
            "/api/v1/devices/" + device + "/change",
            Map.of("version", 1, "unit", "A-YARD", "reason", "moved")));

    assertThat(
            nodes.text(
                "select s.unit from fleet.pairing p join fleet.sim s on s.id = p.sim where p.device = '"
                    + device
                    + "'"))
        .isEqualTo("A-YARD");
    assertThat(nodes.text("select ended_why from identity.session where device = '" + device + "'"))
        .isEqualTo("device-of-another-unit");
  }

  @Test
  void statesFollowTheOneTableAndARetiredDeviceLetsNobodyIn() {
    UUID device = nodes.withSim("A");
    nodes.certificate(device);
    nodes.onTheApn(device);
    String path = "/api/v1/devices/" + device + "/state";
    good(nodes.district.make(path, Map.of("state", "in-repair", "reason", "screen")));
    assertThat(nodes.state(device)).isEqualTo("in-repair");
    assertThat(
            code(nodes.district.post(path + "/draft", Map.of("state", "in-repair", "reason", "x"))))
        .isEqualTo("device-state");
    good(nodes.district.make(path, Map.of("state", "in-stock", "reason", "back")));
    good(nodes.district.make(path, Map.of("state", "retired", "reason", "old")));

    assertThat(nodes.state(device)).isEqualTo("retired");
    assertThat(
            nodes.text("select revoked_why from fleet.certificate where device = '" + device + "'"))
        .isEqualTo("retired");
    assertThat(
            nodes.text(
                "select count(*) from fleet.pairing where until is null and device = '"
                    + device
                    + "'"))
        .isEqualTo("0");
    assertThat(nodes.text("select count(*) from access.disconnect where why = 'device-retired'"))
        .isEqualTo("1");
    for (String state : List.of("in-stock", "in-repair", "retired")) {
      assertThat(code(nodes.district.post(path + "/draft", Map.of("state", state, "reason", "x"))))
          .isEqualTo("device-state");
    }
    assertThat(
            code(nodes.district.post("/api/v1/devices/" + device + "/lost/draft", TwoNodes.REASON)))
        .isEqualTo("device-state");
  }

  @Test
  void aSimSitsInOneDeviceAndIsActiveThereAndEveryMoveIsKept() {
    UUID first = nodes.added("A");
    UUID other = nodes.withSim("A");
    UUID sim = nodes.addedSim("A");
    String path = "/api/v1/sims/" + sim + "/pair";
    good(nodes.district.make(path, TwoNodes.pairing(first)));
    assertThat(nodes.simState(first)).isEqualTo("active");
    assertThat(code(nodes.district.post(path + "/draft", TwoNodes.pairing(first))))
        .isEqualTo("paired-already");
    UUID network = nodes.onTheApn(first);
    String there =
        nodes.text(
            "select sim from fleet.pairing where until is null and device = '" + other + "'");
    good(nodes.district.make(path, TwoNodes.pairing(other)));

    assertThat(
            nodes.text(
                "select sim from fleet.pairing where until is null and device = '" + other + "'"))
        .isEqualTo(sim.toString());
    assertThat(nodes.text("select state from fleet.sim where id = '" + there + "'"))
        .as("the one that was there")
        .isEqualTo("in-stock");
    assertThat(nodes.text("select why from access.disconnect where session = '" + network + "'"))
        .isEqualTo("sim-paired-anew");
    assertThat(detail(first).path("pairings").path(0).has("until")).isTrue();
    good(nodes.district.make(path, TwoNodes.REASON));
    assertThat(nodes.text("select state from fleet.sim where id = '" + sim + "'"))
        .isEqualTo("in-stock");
    assertThat(detail(other).path("pairings").size()).isEqualTo(2);
  }

  @Test
  void aBlockedSimIsCutOffAtOnce() {
    SignedIn officer = nodes.officer("sim-blocked", "A");
    UUID device = nodes.handedOut("A", "sim-blocked");
    UUID network = nodes.onTheApn(device);
    nodes.carry(officer, network);
    String sim =
        nodes.text(
            "select sim from fleet.pairing where until is null and device = '" + device + "'");
    assertThat(nodes.ended(officer)).isEmpty();
    good(
        nodes.district.make(
            "/api/v1/sims/" + sim + "/state", Map.of("state", "blocked", "reason", "cloned?")));

    assertThat(nodes.ended(officer)).isEqualTo("sim-blocked");
    assertThat(nodes.text("select why from access.disconnect where session = '" + network + "'"))
        .isEqualTo("sim-blocked");
    JsonNode sims = good(nodes.admin.get("/api/v1/sims?state=blocked"));
    assertThat(openApi.faults("SimPage", sims)).isEmpty();
    assertThat(sims.at("/items/0/id").stringValue()).isEqualTo(sim);
  }

  @Test
  void anOfficerSeesTheOwnDevicesAndNoOthers() {
    SignedIn officer = nodes.officer("me-device", "A-GATE-1");
    UUID device = nodes.handedOut("A-GATE", "me-device");
    nodes.added("A-GATE");
    JsonNode own = good(officer.at(nodes.two).get("/api/v1/me/device"));

    assertThat(openApi.faults("OwnDevices", own)).isEmpty();
    assertThat(own.path("items").size()).isEqualTo(1);
    assertThat(own.at("/items/0/id").stringValue()).isEqualTo(device.toString());
    assertThat(own.at("/items/0/current").booleanValue()).isFalse();
    assertThat(officer.get("/api/v1/devices").statusCode()).isEqualTo(403);
  }
}
