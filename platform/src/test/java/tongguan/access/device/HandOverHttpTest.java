package tongguan.access.device;

import static org.assertj.core.api.Assertions.assertThat;
import static tongguan.access.SignedIn.PASSWORD;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;
import static tongguan.access.device.TwoNodes.good;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.access.SignedIn;
import tongguan.base.Limits;
import tools.jackson.databind.JsonNode;

/** Devices change hands, and units lend them to each other (path P8 as far as the rule goes). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandOverHttpTest {
  private final TwoNodes nodes = new TwoNodes();

  @BeforeAll
  void officers() {
    nodes.officer("lin", "A-GATE-1");
    nodes.officer("yard", "A-YARD");
    nodes.officer("foreign", "B");
  }

  @AfterAll
  void stop() {
    nodes.close();
  }

  private static Map<String, Object> with(Map<String, Object> input, String name, Object value) {
    Map<String, Object> changed = new HashMap<>(input);
    changed.put(name, value);
    return changed;
  }

  private boolean fits(UUID device, String unit) {
    return nodes.text("select fleet.fits('" + device + "', '" + unit + "')").equals("t");
  }

  @Test
  void bothSidesSeeWhatChangesHandsAndSignAndTheTakerAnswersForIt() {
    UUID device = nodes.withSim("A-GATE");
    String path = "/api/v1/devices/" + device + "/hand-out";
    JsonNode draft = good(nodes.district.post(path + "/draft", TwoNodes.handOut("LIN")));
    assertThat(draft.path("lines").toString())
        .contains("Field Book 3", "+8869".substring(1), "lin", "district", "charger", "new");
    HttpResponse<String> done =
        nodes
            .district
            .at(nodes.two)
            .confirm(
                path, TwoNodes.handOut("LIN"), draft.path("confirmation").stringValue(), PASSWORD);
    good(done);

    JsonNode now = good(nodes.admin.get("/api/v1/devices/" + device));
    assertThat(now.path("state").stringValue()).isEqualTo("assigned");
    assertThat(now.at("/holder/account").stringValue()).isEqualTo("lin");
    assertThat(now.at("/handOvers/0/giver").stringValue()).isEqualTo("district");
    assertThat(now.at("/handOvers/0/takerSignature").toString()).isEqualTo("[[[10,10],[400,300]]]");
    assertThat(code(nodes.district.post(path + "/draft", TwoNodes.handOut("lin"))))
        .isEqualTo("device-state");

    UUID network = nodes.onTheApn(device);
    nodes.execute(
        "update identity.session set device = '%s' where account = (select id from identity.account where name = 'lin')"
            .formatted(device));
    good(nodes.district.make("/api/v1/devices/" + device + "/return", TwoNodes.takeBack()));
    now = good(nodes.admin.get("/api/v1/devices/" + device));
    assertThat(now.path("state").stringValue()).isEqualTo("in-stock");
    assertThat(now.has("holder")).isFalse();
    assertThat(now.at("/handOvers/0/giver").stringValue()).isEqualTo("lin");
    assertThat(nodes.text("select ended_why from identity.session where device = '" + device + "'"))
        .isEqualTo("device-returned");
    assertThat(
            nodes.text(
                "select ended_at is null from access.apn_session where id = '" + network + "'"))
        .isEqualTo("t");
    assertThat(nodes.audited("device.hand-out", "done", device)).isEqualTo(1);
    assertThat(nodes.audited("device.return", "done", device)).isEqualTo(1);
  }

  @Test
  void p8onlyOfficersWhoseUnitMayUseItTakeADevice() {
    UUID device = nodes.added("A-GATE");
    String path = "/api/v1/devices/" + device + "/hand-out/draft";
    for (String taker : List.of("yard", "foreign", "admin", "nobody-at-all", "x")) {
      HttpResponse<String> refused = nodes.district.post(path, TwoNodes.handOut(taker));
      assertThat(refused.statusCode()).as(taker).isEqualTo(400);
      assertThat(json(refused).path("member").stringValue()).isEqualTo("taker");
    }
    UUID headquarters = nodes.added("HQ");
    assertThat(
            code(
                nodes.admin.post(
                    "/api/v1/devices/" + headquarters + "/hand-out/draft",
                    TwoNodes.handOut("admin"))))
        .isEqualTo("same-person");
    assertThat(fits(device, "A-GATE")).isTrue();
    assertThat(fits(device, "A-GATE-1")).as("below it").isTrue();
    assertThat(fits(device, "A")).as("above it").isFalse();
    assertThat(fits(device, "A-YARD")).as("beside it").isFalse();
    assertThat(fits(headquarters, "A-YARD")).as("a unit far below").isTrue();
    assertThat(fits(device, "NOWHERE")).isFalse();
    assertThat(fits(UUID.randomUUID(), "A-GATE")).isFalse();
  }

  @Test
  void aSignatureIsDrawnWithinBounds() {
    UUID device = nodes.added("A-GATE");
    String path = "/api/v1/devices/" + device + "/hand-out/draft";
    List<Object> bad = new ArrayList<>();
    bad.add(List.of());
    bad.add("signed");
    bad.add(List.of(List.of(List.of(1, 1))));
    bad.add(List.of(List.of(List.of(1, 1), List.of(1, 1001))));
    bad.add(List.of(List.of(List.of(1, 1), List.of(1, -1))));
    bad.add(List.of(List.of(List.of(1, 1), List.of(1, 1.5))));
    bad.add(List.of(List.of(List.of(1, 1), List.of(1, 1, 1))));
    bad.add(List.of(Collections.nCopies(Limits.SIGNATURE_POINTS + 1, List.of(1, 1))));
    bad.add(
        Collections.nCopies(Limits.SIGNATURE_STROKES + 1, List.of(List.of(1, 1), List.of(2, 2))));
    for (String side : List.of("giverSignature", "takerSignature")) {
      for (Object strokes : bad) {
        HttpResponse<String> refused =
            nodes.district.post(path, with(TwoNodes.handOut("lin"), side, strokes));
        assertThat(refused.statusCode()).as(String.valueOf(strokes)).isEqualTo(400);
        assertThat(json(refused).path("member").stringValue()).isEqualTo(side);
      }
    }
    Object most = List.of(Collections.nCopies(Limits.SIGNATURE_POINTS, List.of(1000, 1000)));
    assertThat(
            nodes
                .district
                .post(path, with(TwoNodes.handOut("lin"), "takerSignature", most))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void nobodyTakesBackTheirOwnDevice() {
    SignedIn own = nodes.officer("own-admin", "A-GATE", "district-administrator", "own");
    UUID device = nodes.handedOut("A-GATE", "own-admin");

    assertThat(code(own.post("/api/v1/devices/" + device + "/return/draft", TwoNodes.takeBack())))
        .isEqualTo("same-person");
  }

  @Test
  void handedOutByTwoAtOnceOnTwoNodesItGoesToOne() throws Exception {
    nodes.officer("racer-a", "A-GATE");
    nodes.officer("racer-b", "A-GATE");
    UUID device = nodes.added("A-GATE");
    String path = "/api/v1/devices/" + device + "/hand-out";
    String first = nodes.admin.draft(path, TwoNodes.handOut("racer-a"));
    String other = nodes.district.draft(path, TwoNodes.handOut("racer-b"));
    List<Integer> statuses = new ArrayList<>();
    List<Callable<HttpResponse<String>>> both =
        List.of(
            () -> nodes.admin.confirm(path, TwoNodes.handOut("racer-a"), first, PASSWORD),
            () ->
                nodes
                    .district
                    .at(nodes.two)
                    .confirm(path, TwoNodes.handOut("racer-b"), other, PASSWORD));
    try (ExecutorService crowd = Executors.newFixedThreadPool(2)) {
      for (var done : crowd.invokeAll(both)) {
        statuses.add(done.get().statusCode());
      }
    }

    assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    assertThat(nodes.text("select count(*) from fleet.hand_over where device = '" + device + "'"))
        .isEqualTo("1");
    assertThat(
            nodes.text(
                "select count(*) from audit.entry where act = 'device.hand-out' and outcome = 'done' and record = 'device:' || (select serial from fleet.device where id = '"
                    + device
                    + "')"))
        .isEqualTo("1");
  }

  @Test
  void aLoanLetsAnotherUnitInUntilItsTimeIsUp() {
    UUID device = nodes.added("A-GATE");
    String path = "/api/v1/devices/" + device + "/loan";
    Map<String, Object> wish = Map.of("unit", "B", "until", later(2), "reason", "joint operation");
    HttpResponse<String> lent = nodes.district.make(path, wish);
    good(lent);

    assertThat(fits(device, "B")).isTrue();
    assertThat(fits(device, "C")).isFalse();
    assertThat(fits(device, "HQ")).isFalse();
    assertThat(code(nodes.district.post(path + "/draft", wish))).isEqualTo("loan-not-needed");
    assertThat(code(nodes.district.post(path + "/draft", with(wish, "unit", "A-GATE-1"))))
        .isEqualTo("loan-not-needed");
    nodes.execute(
        "update fleet.loan set until = since + interval '1 microsecond' where device = '"
            + device
            + "'");
    assertThat(fits(device, "B")).as("its time is up, by the database's clock").isFalse();
    assertThat(nodes.audited("device.loan", "done", device)).isEqualTo(1);
  }

  private String later(int days) {
    return nodes.text(
        "select to_char(now() at time zone 'UTC' + interval '"
            + days
            + " days', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");
  }

  @Test
  void aLoanHasAnEndWithinBoundsAndAUnitThatIsThere() {
    UUID device = nodes.added("A-GATE");
    String path = "/api/v1/devices/" + device + "/loan/draft";
    for (Map<String, Object> wrong :
        List.of(
            Map.<String, Object>of("unit", "B", "until", "2020-01-01T00:00:00Z", "reason", "x"),
            Map.<String, Object>of("unit", "B", "until", later(181), "reason", "x"),
            Map.<String, Object>of("unit", "B", "until", "tomorrow", "reason", "x"),
            Map.<String, Object>of("unit", "B", "reason", "x"),
            Map.<String, Object>of("unit", "NOWHERE", "until", later(2), "reason", "x"),
            Map.<String, Object>of("unit", "B", "until", later(2)))) {
      assertThat(nodes.district.post(path, wrong).statusCode()).as("" + wrong).isEqualTo(400);
    }
  }

  @Test
  void aLoanThatEndsEarlyTakesItsOfficersOffAndLeavesTheOthersOn() {
    UUID device = nodes.added("A-GATE");
    UUID loan =
        TwoNodes.id(
            nodes.district.make(
                "/api/v1/devices/" + device + "/loan",
                Map.of("unit", "B", "until", later(2), "reason", "joint operation")));
    SignedIn borrower = nodes.officer("borrower", "B");
    SignedIn gate = nodes.officer("gate", "A-GATE");
    for (SignedIn officer : List.of(borrower, gate)) {
      nodes.execute(
          "update identity.session set device = '%s' where account = (select id from identity.account where name = '%s')"
              .formatted(device, officer.name));
    }
    Map<String, Object> end = Map.of("loan", loan.toString(), "reason", "done");
    good(nodes.district.make("/api/v1/devices/" + device + "/loan/end", end));

    assertThat(fits(device, "B")).isFalse();
    assertThat(
            nodes.text(
                "select string_agg(a.name, ',') from identity.session s join identity.account a on a.id = s.account where s.ended_why = 'device-of-another-unit' and s.device = '"
                    + device
                    + "'"))
        .isEqualTo("borrower");
    assertThat(code(nodes.district.post("/api/v1/devices/" + device + "/loan/end/draft", end)))
        .isEqualTo("unknown-loan");
  }
}
