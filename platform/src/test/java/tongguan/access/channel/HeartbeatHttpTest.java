package tongguan.access.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.OpenApi;
import tongguan.access.SignedIn;
import tongguan.base.Json;
import tools.jackson.databind.JsonNode;

/** What stewards report, and the alarms that come of it (P30; rules 24, 28). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeartbeatHttpTest {
  private Line line;

  @BeforeAll
  void start() {
    line = new Line();
  }

  @AfterAll
  void stop() {
    line.close();
  }

  private String alarms(Steward steward) {
    return line.value(
        "select coalesce(string_agg(details::jsonb->>'why', ' ' order by at), '') from audit.entry where act = 'device.alarm' and device = '%s'",
        steward.id);
  }

  @Test
  void theLastReportIsKeptAndItsMeasurementsAreAHistory() {
    Steward steward = line.aDevice().enrolled();
    Map<String, Object> measured =
        Map.of(
            "locked",
            false,
            "battery",
            71,
            "signalDbm",
            -97,
            "latencyMs",
            120,
            "latitude",
            22.6163,
            "longitude",
            120.3133);
    HttpResponse<String> response = steward.heartbeat(measured);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(SignedIn.json(response).path("next").intValue()).isEqualTo(60);
    assertThat(Instant.parse(SignedIn.json(response).path("time").stringValue()))
        .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(30));
    assertThat(
            line.value(
                "select agent || ' ' || locked || ' ' || battery || ' ' || (interfaces->0->>'name') from fleet.contact where device = '%s'",
                steward.id))
        .isEqualTo("1.0 false 71 network");
    assertThat(
            line.value(
                "select signal_dbm || ' ' || latency_ms || ' ' || latitude || ' ' || tableoid::regclass from fleet.report where device = '%s'",
                steward.id))
        .matches("-97 120 22\\.6163 fleet\\.report_\\d{4}_\\d{2}");

    for (int i = 0; i < 5; i++) {
      assertThat(steward.heartbeat(measured).statusCode()).isEqualTo(200);
    }
    assertThat(line.value("select count(*) from fleet.report where device = '%s'", steward.id))
        .as("a device that reports in a hurry fills no table")
        .isEqualTo("1");
  }

  @Test
  void tamperingAndForeignAddressesAlarmOnceForEachChange() {
    Steward steward = line.aDevice().enrolled();
    line.execute(
        "insert into fleet.mac (mac, device) values ('02:00:00:00:aa:01', '%s')", steward.id);
    List<String> known = List.of("02:00:00:00:aa:01");
    List<String> foreign = List.of("02:00:00:00:aa:01", "02:00:00:00:aa:02");

    steward.heartbeat(Map.of("macs", known));
    assertThat(alarms(steward)).isEmpty();
    steward.heartbeat(Map.of("macs", foreign));
    steward.heartbeat(Map.of("macs", foreign));
    assertThat(alarms(steward)).isEqualTo("unknown-mac");
    steward.heartbeat(Map.of("macs", known, "tampered", true));
    steward.heartbeat(Map.of("macs", known, "tampered", true));
    assertThat(alarms(steward)).isEqualTo("unknown-mac tampered");
    steward.heartbeat(Map.of("macs", foreign, "tampered", false));
    steward.heartbeat(Map.of("macs", foreign, "tampered", true));
    assertThat(alarms(steward)).isEqualTo("unknown-mac tampered unknown-mac tampered");
  }

  @Test
  void theVeryFirstReportAlarms() {
    Steward steward = line.aDevice().enrolled();
    steward.heartbeat(Map.of("macs", List.of("02:00:00:00:bb:01"), "tampered", true));

    assertThat(alarms(steward).split(" ")).containsExactlyInAnyOrder("tampered", "unknown-mac");
  }

  @Test
  void whatIsBeyondItsBoundIsRefusedAndChangesNothing() {
    Steward steward = line.aDevice().enrolled();
    Map<String, Object> wrong = new LinkedHashMap<>();
    wrong.put("agent", "x".repeat(201));
    wrong.put("locked", "yes");
    wrong.put("lapsed", 1);
    wrong.put("tampered", 1);
    wrong.put("policy", -1);
    wrong.put("carriedOut", "all");
    wrong.put("macs", Collections.nCopies(17, "02:00:00:00:00:01"));
    wrong.put(
        "interfaces",
        Collections.nCopies(33, Map.of("name", "usb", "state", "locked", "detail", "")));
    wrong.put("battery", 101);
    wrong.put("signalDbm", -1000);
    wrong.put("latencyMs", -1);
    wrong.put("latitude", 91);
    wrong.put("longitude", "east");

    wrong.forEach((member, value) -> {
      HttpResponse<String> response = steward.heartbeat(Map.of(member, value));
      assertThat(response.statusCode()).as(member).isEqualTo(400);
    });
    assertThat(line.value("select count(*) from fleet.contact where device = '%s'", steward.id))
        .isEqualTo("0");
    Map<String, Object> nothing = new LinkedHashMap<>();
    nothing.put("battery", null);
    nothing.put("latitude", null);
    assertThat(steward.heartbeat(nothing).statusCode()).isEqualTo(200);
    // What is published says the same: members may be null, and have their bounds all the same.
    OpenApi published = new OpenApi();
    JsonNode absent = Json.MAPPER.valueToTree(Steward.report(nothing));
    assertThat(published.faults("DeviceReport", absent)).isEmpty();
    wrong.forEach((member, value) ->
        assertThat(
                published.faults(
                    "DeviceReport", Json.MAPPER.valueToTree(Steward.report(Map.of(member, value)))))
            .as(member)
            .isNotEmpty());
  }
}
