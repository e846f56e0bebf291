package tongguan.access.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tongguan.access.SignedIn.PASSWORD;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;
import static tongguan.access.device.TwoNodes.REASON;
import static tongguan.access.device.TwoNodes.good;
import static tongguan.access.device.TwoNodes.id;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.OpenApi;
import tongguan.access.SignedIn;
import tools.jackson.databind.JsonNode;

/**
 * A lost device is cut off from the commit of the report on, everywhere, and stays cut off until it
 * has proven its wipe and was enrolled anew: suite S7 and the paths P2 and P4 as far as they are
 * the registry's, rules 30 and 31, fault F24 (the order is there before it is shown).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LossHttpTest {
  private final TwoNodes nodes = new TwoNodes();
  private final OpenApi openApi = new OpenApi();

  @AfterAll
  void stop() {
    nodes.close();
  }

  private static String lost(UUID device) {
    return "/api/v1/devices/" + device + "/lost";
  }

  private JsonNode timeline(UUID device) {
    JsonNode shown = good(nodes.admin.at(nodes.two).get("/api/v1/devices/" + device + "/loss"));
    assertThat(openApi.faults("DeviceLoss", shown)).isEmpty();
    return shown;
  }

  /** Each step with its state, in order. */
  private String steps(UUID device) {
    return timeline(device)
        .at("/loss/steps")
        .valueStream()
        .map(step -> step.path("step").stringValue() + " " + step.path("state").stringValue())
        .collect(Collectors.joining(", "));
  }

  private JsonNode step(UUID device, String name) {
    return timeline(device)
        .at("/loss/steps")
        .valueStream()
        .filter(step -> step.path("step").stringValue().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void s7oneReportCutsEverythingOffInOneTransactionOnBothNodes() {
    SignedIn lin = nodes.officer("s7-lin", "A-GATE");
    UUID device = nodes.handedOut("A-GATE", "s7-lin");
    UUID network = nodes.onTheApn(device);
    nodes.carry(lin, network);
    nodes.execute(
        "insert into fleet.enrolment (code, device, made_by, ends_at) select sha256('%s'), '%s', id, now() + interval '1 hour' from identity.account where name = 'admin'"
            .formatted(device, device));
    assertThat(nodes.ended(lin)).isEmpty();
    HttpResponse<String> done = nodes.district.make(lost(device), REASON);

    // That the next request is refused, on whichever node: LossSpeedTest.
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(nodes.ended(lin)).isEqualTo("device-lost");
    assertThat(nodes.state(device)).isEqualTo("lost");
    assertThat(nodes.simState(device)).isEqualTo("blocked");
    assertThat(
            nodes.text(
                "select count(*) from fleet.certificate where revoked_at is null and device = '"
                    + device
                    + "'"))
        .isEqualTo("0");
    assertThat(
            nodes.text(
                "select count(*) from fleet.enrolment where ends_at > clock_timestamp() and device = '"
                    + device
                    + "'"))
        .as("codes for a new certificate")
        .isEqualTo("0");
    assertThat(
            nodes.text(
                "select d.why || ' ' || a.ended_why from access.disconnect d join access.apn_session a on a.id = d.session where d.answer is null and d.session = '"
                    + network
                    + "'"))
        .isEqualTo("device-lost device-lost");
    assertThat(
            nodes.text(
                "select kind || number || coalesce(ends_at::text, ' for ever ') || (length(signature) > 0) from fleet.command where device = '"
                    + device
                    + "'"))
        .isEqualTo("wipe1 for ever true");
    assertThat(nodes.audited("device.lost", "done", device)).isEqualTo(1);
    assertThat(
            nodes.text(
                "select count(distinct xmin) from (select xmin::text from fleet.device where id = '%1$s' union all select xmin::text from fleet.loss where device = '%1$s' union all select xmin::text from fleet.certificate where device = '%1$s' union all select xmin::text from fleet.command where device = '%1$s' union all select xmin::text from access.disconnect where session = '%2$s') x (xmin)"
                    .formatted(device, network)))
        .as("transactions that wrote all this")
        .isEqualTo("1");
  }

  @Test
  void theTimelineClaimsNothingThatTheOtherSideHasNotSaid() {
    UUID device = nodes.withSim("A-GATE");
    nodes.certificate(device);
    UUID network = nodes.onTheApn(device);
    nodes.district.make(lost(device), REASON);
    assertThat(steps(device))
        .isEqualTo(
            "sessions nothing-to-do, certificates done, sim done, gateway waiting, wipe waiting");
    assertThat(step(device, "gateway").has("acknowledgedAt")).isFalse();
    assertThat(step(device, "wipe").has("acknowledgedAt")).isFalse();

    nodes.execute(
        "update access.disconnect set attempts = 2, answered_at = now(), answer = 'nak', error_cause = 403 where session = '"
            + network
            + "'");
    assertThat(step(device, "gateway").path("state").stringValue()).isEqualTo("refused");
    assertThat(step(device, "gateway").has("acknowledgedAt")).isFalse();
    nodes.execute(
        "update access.disconnect set answer = 'given-up', error_cause = null where session = '"
            + network
            + "'");
    assertThat(step(device, "gateway").path("state").stringValue()).isEqualTo("given-up");
    nodes.execute("update access.disconnect set answer = 'ack' where session = '" + network + "'");
    assertThat(step(device, "gateway").path("state").stringValue()).isEqualTo("acknowledged");
    assertThat(step(device, "gateway").has("acknowledgedAt")).isTrue();

    nodes.execute(
        "update fleet.command set sent_at = now(), sent_times = 1 where device = '" + device + "'");
    assertThat(step(device, "wipe").path("state").stringValue()).isEqualTo("sent");
    nodes.execute(
        "update fleet.command set outcome = 'failed', answered_at = now() where device = '"
            + device
            + "'");
    assertThat(step(device, "wipe").path("state").stringValue()).isEqualTo("failed");
    assertThat(step(device, "wipe").has("acknowledgedAt")).isFalse();
    nodes.execute(
        "update fleet.command set outcome = 'done', answer_signature = '\\x01' where device = '"
            + device
            + "'");
    assertThat(steps(device)).endsWith("gateway acknowledged, wipe acknowledged");
    assertThat(timeline(device).at("/loss/reportedBy").stringValue()).isEqualTo("district");
  }

  @Test
  void theHolderReportsTheOwnDeviceAndFollowsIt() {
    SignedIn holder = nodes.officer("holder", "A-GATE");
    SignedIn colleague = nodes.officer("colleague", "A-GATE");
    UUID device = nodes.handedOut("A-GATE", "holder");

    HttpResponse<String> hidden = colleague.post(lost(device) + "/draft", REASON);
    assertThat(hidden.statusCode()).isEqualTo(404);
    assertThat(code(hidden)).isEqualTo("unknown-device");
    assertThat(colleague.get("/api/v1/devices/" + device + "/loss").statusCode()).isEqualTo(404);
    good(holder.at(nodes.two).make(lost(device), REASON));
    assertThat(
            good(holder.get("/api/v1/devices/" + device + "/loss"))
                .at("/device/state")
                .stringValue())
        .isEqualTo("lost");
    assertThat(colleague.get("/api/v1/devices/" + device + "/loss").statusCode()).isEqualTo(404);
    assertThat(good(holder.get("/api/v1/me/device")).at("/items/0/state").stringValue())
        .isEqualTo("lost");
  }

  @Test
  void reportedTwiceItIsLostOnce() throws Exception {
    UUID device = nodes.handedOut("A-GATE", nodes.officer("twice", "A-GATE").name);
    List<Future<HttpResponse<String>>> reports =
        together(
            () -> report(nodes.admin, device), () -> report(nodes.district.at(nodes.two), device));
    List<Integer> statuses = new ArrayList<>();
    for (Future<HttpResponse<String>> report : reports) {
      statuses.add(report.get().statusCode());
    }

    assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    assertThat(nodes.text("select count(*) from fleet.loss where device = '" + device + "'"))
        .isEqualTo("1");
    assertThat(nodes.text("select count(*) from fleet.command where device = '" + device + "'"))
        .isEqualTo("1");
    assertThat(nodes.audited("device.lost", "done", device)).isEqualTo(1);
    int before = nodes.refusals("device.lost", "already-lost");
    assertThat(code(nodes.admin.post(lost(device) + "/draft", REASON))).isEqualTo("already-lost");
    assertThat(nodes.refusals("device.lost", "already-lost")).isEqualTo(before + 1);
  }

  private static HttpResponse<String> report(SignedIn officer, UUID device) {
    HttpResponse<String> draft = officer.post(lost(device) + "/draft", REASON);
    if (draft.statusCode() != 200) {
      return draft;
    }
    return officer.confirm(
        lost(device), REASON, json(draft).path("confirmation").stringValue(), PASSWORD);
  }

  @SafeVarargs
  private static <T> List<Future<T>> together(Callable<T>... works) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService crowd = Executors.newFixedThreadPool(works.length)) {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> work : works) {
        running.add(
            crowd.submit(() -> {
              start.await();
              return work.call();
            }));
      }
      start.countDown();
      return running;
    }
  }

  @Test
  void reportedWhileItIsHandedOutItIsLostInTheEnd() throws Exception {
    String taker = nodes.officer("race-taker", "A-GATE").name;
    for (int round = 0; round < 6; round++) {
      UUID device = nodes.withSim("A-GATE");
      String handOut = "/api/v1/devices/" + device + "/hand-out";
      String give = nodes.district.draft(handOut, TwoNodes.handOut(taker));
      String lose = nodes.admin.draft(lost(device), REASON);
      List<Future<HttpResponse<String>>> both =
          together(
              () -> nodes.district.confirm(handOut, TwoNodes.handOut(taker), give, PASSWORD),
              () -> nodes.admin.at(nodes.two).confirm(lost(device), REASON, lose, PASSWORD));

      assertThat(both.get(1).get().statusCode()).as(both.get(1).get().body()).isEqualTo(200);
      assertThat(both.get(0).get().statusCode()).isIn(200, 409);
      assertThat(nodes.state(device)).isEqualTo("lost");
      assertThat(nodes.simState(device)).isEqualTo("blocked");
      assertThat(code(nodes.district.post(handOut + "/draft", TwoNodes.handOut(taker))))
          .isEqualTo("device-state");
    }
  }

  @Test
  void p4foundItIsInStockAndStillCutOffUntilItHasProvenItsWipe() {
    String taker = nodes.officer("found-taker", "A-GATE").name;
    UUID device = nodes.handedOut("A-GATE", taker);
    String sim =
        nodes.text(
            "select sim from fleet.pairing where until is null and device = '" + device + "'");
    nodes.admin.make(lost(device), REASON);
    Map<String, Object> activate = Map.of("state", "active", "reason", "found");
    assertThat(code(nodes.district.post("/api/v1/sims/" + sim + "/state/draft", activate)))
        .as("while it is lost nobody lets its SIM in")
        .isEqualTo("sim-state");
    for (String state : List.of("in-stock", "in-repair", "retired")) {
      assertThat(
              code(
                  nodes.district.post(
                      "/api/v1/devices/" + device + "/state/draft",
                      Map.of("state", state, "reason", "x"))))
          .isEqualTo("device-state");
    }
    good(
        nodes.district.make("/api/v1/devices/" + device + "/found", Map.of("reason", "in a taxi")));

    assertThat(nodes.state(device)).isEqualTo("in-stock");
    assertThat(nodes.text("select holder from fleet.device where id = '" + device + "'"))
        .isEqualTo("null");
    assertThat(nodes.simState(device)).isEqualTo("blocked");
    assertThat(
            nodes.text(
                "select count(*) from fleet.certificate where revoked_at is null and device = '"
                    + device
                    + "'"))
        .isEqualTo("0");
    assertThat(steps(device)).endsWith("wipe waiting");
    assertThat(timeline(device).at("/loss/foundBy").stringValue()).isEqualTo("district");
    String handOut = "/api/v1/devices/" + device + "/hand-out/draft";
    assertThat(code(nodes.district.post(handOut, TwoNodes.handOut(taker))))
        .isEqualTo("wipe-pending");

    nodes.certificate(device);
    assertThat(code(nodes.district.post(handOut, TwoNodes.handOut(taker))))
        .as("enrolled anew, and the wipe is not forgotten")
        .isEqualTo("wipe-pending");
    nodes.wiped(device);
    assertThat(nodes.district.post(handOut, TwoNodes.handOut(taker)).statusCode()).isEqualTo(200);
    good(nodes.district.make("/api/v1/sims/" + sim + "/state", activate));
    assertThat(nodes.simState(device)).isEqualTo("active");
    assertThat(code(nodes.district.post("/api/v1/devices/" + device + "/found/draft", REASON)))
        .isEqualTo("device-state");
    assertThat(nodes.audited("device.found", "done", device)).isEqualTo(1);
  }

  @Test
  void p4lostAgainBeforeItHasAnsweredItHasOneWipeAndAfterwardsAnother() {
    UUID device = nodes.withSim("A-GATE");
    nodes.admin.make(lost(device), REASON);
    nodes.admin.make("/api/v1/devices/" + device + "/found", REASON);
    good(nodes.admin.make(lost(device), REASON));
    assertThat(nodes.text("select count(*) from fleet.command where device = '" + device + "'"))
        .isEqualTo("1");
    assertThat(steps(device)).endsWith("wipe waiting");

    nodes.wiped(device);
    nodes.admin.make("/api/v1/devices/" + device + "/found", REASON);
    good(nodes.admin.make(lost(device), REASON));
    assertThat(nodes.text("select max(number) from fleet.command where device = '" + device + "'"))
        .isEqualTo("2");
    assertThat(steps(device)).endsWith("wipe waiting");
  }

  @Test
  void p4noRowOfALostDeviceCanBeDeletedAndNoWipeBeEndedWithoutTheDevicesSignature() {
    UUID device = nodes.withSim("A-GATE");
    nodes.admin.make(lost(device), REASON);
    for (String forged :
        List.of(
            "delete from fleet.command where device = '%s'",
            "delete from fleet.loss where device = '%s'",
            "delete from fleet.device where id = '%s'",
            "update fleet.command set outcome = 'done', answered_at = now() where device = '%s'",
            "update fleet.command set outcome = 'superseded', answered_at = now() where device = '%s'",
            "update fleet.command set outcome = 'waived', answered_at = now() where device = '%s'",
            "update fleet.command set ends_at = now() where device = '%s'")) {
      assertThatThrownBy(() -> nodes.execute(forged.formatted(device))).as(forged).isNotNull();
    }
    nodes.execute(
        "update fleet.command set outcome = 'failed', answered_at = now() where device = '"
            + device
            + "'");
    assertThat(
            nodes.text("select count(*) from fleet.pending_wipe where device = '" + device + "'"))
        .as("what failed is not done")
        .isEqualTo("1");
    assertThat(steps(device)).endsWith("wipe failed");
  }

  @Test
  void rule31aWipeTakesTwoPersonsAndNeitherHoldsTheDevice() {
    SignedIn holder = nodes.officer("wipe-holder", "A-GATE", "district-administrator", "own");
    SignedIn other = nodes.officer("wipe-other", "A", "district-administrator", "own");
    SignedIn foreign = nodes.officer("wipe-foreign", "B", "district-administrator", "own");
    UUID device = nodes.handedOut("A-GATE", "wipe-holder");
    String path = "/api/v1/devices/" + device + "/wipe";
    assertThat(code(holder.confirm(path, REASON, holder.draft(path, REASON), PASSWORD)))
        .isEqualTo("concerns-oneself");
    String request = good(nodes.district.make(path, REASON)).path("request").stringValue();
    assertThat(nodes.text("select count(*) from fleet.command where device = '" + device + "'"))
        .isEqualTo("0");

    String decide = "/api/v1/requests/" + request + "/decide";
    Map<String, Object> yes = Map.of("approve", true, "reason", "agreed");
    assertThat(code(nodes.district.post(decide + "/draft", yes))).isEqualTo("second-person");
    assertThat(code(holder.post(decide + "/draft", yes))).isEqualTo("unknown-request");
    assertThat(code(foreign.post(decide + "/draft", yes))).isEqualTo("unknown-request");
    assertThat(foreign.get("/api/v1/requests").body()).doesNotContain(request);
    assertThat(other.get("/api/v1/requests").body()).contains(request);
    nodes.officer("wipe-user", "A-GATE");
    nodes.execute(
        "update identity.session set device = '%s' where account = (select id from identity.account where name = 'wipe-user')"
            .formatted(device));
    good(other.at(nodes.two).make(decide, yes));
    assertThat(nodes.text("select ended_why from identity.session where device = '" + device + "'"))
        .isEqualTo("device-wiped");

    assertThat(nodes.text("select kind from fleet.command where device = '" + device + "'"))
        .isEqualTo("wipe");
    assertThat(nodes.state(device)).as("a wipe alone does not take it away").isEqualTo("assigned");
    assertThat(nodes.audited("device.wipe", "done", device)).isEqualTo(1);
    assertThat(nodes.audited("device.wipe.request", "done", device)).isEqualTo(1);
    assertThat(code(nodes.district.post(path + "/draft", REASON))).isEqualTo("wipe-pending");
    UUID loss = id(nodes.district.make(lost(device), REASON));
    assertThat(loss).isNotNull();
    assertThat(nodes.text("select count(*) from fleet.command where device = '" + device + "'"))
        .as("the wipe that waits is the one of the loss, too")
        .isEqualTo("1");
    assertThat(steps(device)).endsWith("wipe waiting");
  }

  @Test
  void aReportHoldsThoughTheDeviceWasChangedSinceItWasDrafted() {
    UUID device = nodes.added("A-GATE");
    String nonce = nodes.admin.draft(lost(device), REASON);
    good(
        nodes.district.make(
            "/api/v1/devices/" + device + "/state",
            Map.of("state", "in-repair", "reason", "screen")));

    good(nodes.admin.at(nodes.two).confirm(lost(device), REASON, nonce, PASSWORD));
    assertThat(nodes.state(device)).isEqualTo("lost");
    assertThat(steps(device))
        .isEqualTo(
            "sessions nothing-to-do, certificates nothing-to-do, sim nothing-to-do, gateway nothing-to-do, wipe waiting");
  }

  @Test
  void rule31aWipeThatCannotBeProvenIsWaivedByTwoPersonsAndNeverCalledDone() {
    SignedIn other = nodes.officer("waive-other", "A", "district-administrator", "own");
    SignedIn foreign = nodes.officer("waive-foreign", "B", "district-administrator", "own");
    UUID device = nodes.handedOut("A-GATE", nodes.officer("waive-holder", "A-GATE").name);
    String path = "/api/v1/devices/" + device + "/waive-wipe";
    assertThat(code(nodes.district.post(path + "/draft", REASON))).isEqualTo("device-state");
    nodes.admin.make(lost(device), REASON);
    assertThat(code(nodes.district.post(path + "/draft", REASON)))
        .as("nobody has it before them")
        .isEqualTo("device-state");
    nodes.admin.make("/api/v1/devices/" + device + "/found", REASON);
    nodes.execute(
        "update fleet.command set outcome = 'failed', answered_at = now() where device = '"
            + device
            + "'");
    Map<String, Object> why = Map.of("reason", "the disk was shredded");
    String request = good(nodes.district.make(path, why)).path("request").stringValue();
    assertThat(steps(device)).endsWith("wipe failed");

    String decide = "/api/v1/requests/" + request + "/decide";
    Map<String, Object> yes = Map.of("approve", true, "reason", "seen in pieces");
    assertThat(code(nodes.district.post(decide + "/draft", yes))).isEqualTo("second-person");
    assertThat(code(foreign.post(decide + "/draft", yes))).isEqualTo("unknown-request");
    good(other.at(nodes.two).make(decide, yes));

    assertThat(steps(device)).endsWith("wipe waived");
    assertThat(step(device, "wipe").has("acknowledgedAt")).isFalse();
    JsonNode shown = good(nodes.district.get("/api/v1/devices/" + device));
    assertThat(openApi.faults("DeviceDetail", shown)).isEmpty();
    assertThat(shown.path("wipePending").booleanValue()).isFalse();
    assertThat(shown.at("/commands/0/outcome").stringValue()).isEqualTo("waived");
    assertThat(shown.at("/events/0/kind").stringValue()).isEqualTo("wipe-waived");
    assertThat(shown.at("/events/0/by").stringValue()).isEqualTo("waive-other");
    assertThat(shown.at("/events/0/details/reason").stringValue())
        .isEqualTo("the disk was shredded");
    assertThat(nodes.audited("device.waive-wipe", "done", device)).isEqualTo(1);
    assertThat(nodes.audited("device.waive-wipe.request", "done", device)).isEqualTo(1);
    assertThat(code(nodes.district.post(path + "/draft", REASON))).isEqualTo("no-wipe-pending");
    String handOut = "/api/v1/devices/" + device + "/hand-out/draft";
    assertThat(nodes.district.post(handOut, TwoNodes.handOut("waive-holder")).statusCode())
        .isEqualTo(200);
    assertThatThrownBy(
            () -> nodes.execute("delete from fleet.wipe_waiver where device = '" + device + "'"))
        .isNotNull();
  }

  @Test
  void watchingATimelineIsInTheAuditWhenItTellsSomethingAndNotAtEachLook() {
    UUID device = nodes.withSim("A-GATE");
    nodes.admin.make(lost(device), REASON);
    String path = "/api/v1/devices/" + device + "/loss";
    String tag = nodes.district.get(path).headers().firstValue("ETag").orElseThrow();
    for (int look = 0; look < 20; look++) {
      HttpResponse<String> same =
          nodes.district.at(look % 2 == 0 ? nodes.one : nodes.two).get(path, "If-None-Match", tag);
      assertThat(same.statusCode()).isEqualTo(304);
      assertThat(same.body()).isEmpty();
    }
    assertThat(nodes.audited("query.loss", "done", device)).as("its opening").isEqualTo(1);

    nodes.wiped(device);
    HttpResponse<String> more = nodes.district.get(path, "If-None-Match", tag);
    assertThat(more.statusCode()).isEqualTo(200);
    assertThat(nodes.audited("query.loss", "done", device)).as("and one change").isEqualTo(2);
    assertThat(nodes.district.get(path, "If-None-Match", "\"guessed\"").statusCode())
        .isEqualTo(200);
    assertThat(nodes.audited("query.loss", "done", device)).as("told once more").isEqualTo(3);
  }
}
