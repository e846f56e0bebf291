package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which networks are let in is policy: two persons, and in force with the next request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZoneHttpTest {
  private static final String ZONES = "/api/v1/network/zones";

  private Field field;
  private SignedIn first;
  private SignedIn second;

  @BeforeAll
  void start() {
    field = new Field();
    field.execute("update identity.role set second_factor = false");
    for (String name : new String[] {"first", "second"}) {
      SignedIn.account(field.platform, name, "HQ", 2, "headquarters-administrator", "all");
    }
    first = field.stranger("first", field.client("127.30.0.1")).in();
    second = field.stranger("second", field.client("127.30.0.2")).in();
  }

  @AfterAll
  void stop() {
    field.close();
  }

  private static Map<String, Object> zone(String name, String kind, String network) {
    return new HashMap<>(
        Map.of(
            "name", name, "kind", kind, "network", network, "certificate", true, "reason", "new"));
  }

  private HttpResponse<String> agreed(HttpResponse<String> asked) {
    String request = json(asked).path("request").stringValue();
    return second.make(
        "/api/v1/requests/" + request + "/decide", Map.of("approve", true, "reason", "yes"));
  }

  @Test
  void aZoneOpensAndClosesByTwoPersonsAndAtOnce() {
    TestDevice device = field.aDevice().assigned();
    SignedIn officer = field.stranger("first", device.clientFrom("127.40.0.9"));
    assertThat(code(officer.get("/api/v1/login"))).isEqualTo("not-from-here");

    HttpResponse<String> asked = first.make(ZONES, zone("harbour", "office", "127.40.0.0/16"));
    assertThat(code(officer.get("/api/v1/login"))).isEqualTo("not-from-here");
    assertThat(agreed(asked).statusCode()).isEqualTo(200);
    assertThat(officer.get("/api/v1/login").statusCode()).isEqualTo(200);
    assertThat(json(first.get(ZONES)).path("items").toString())
        .contains(
            "{\"name\":\"harbour\",\"kind\":\"office\",\"network\":\"127.40.0.0/16\",\"certificate\":true,\"version\":1}");

    agreed(first.make(ZONES + "/harbour/remove", Map.of("version", 1, "reason", "moved out")));

    assertThat(code(officer.get("/api/v1/login"))).isEqualTo("not-from-here");
    assertThat(
            field.value(
                "select string_agg(act || ' ' || outcome, ', ' order by at) from audit.entry where record = 'zone:harbour' and act like 'zone.%'"))
        .contains("zone.add", "zone.remove");
  }

  @Test
  void whatIsNoZoneIsRefusedAndSaysWhatWasExpected() {
    Map<String, Map<String, Object>> wrong = new HashMap<>();
    wrong.put("network", zone("x", "office", "127.40.0.1/16"));
    wrong.put("network ", zone("x", "office", "127.40.0.0"));
    wrong.put("network  ", zone("x", "office", "harbour.example/16"));
    wrong.put("kind", zone("x", "home", "127.40.0.0/16"));
    wrong.put("name", zone("X", "office", "127.40.0.0/16"));
    Map<String, Object> open = zone("x", "apn", "127.40.0.0/16");
    open.put("certificate", false);
    wrong.put("certificate", open);
    wrong.forEach((member, input) -> {
      HttpResponse<String> response = first.post(ZONES + "/draft", input);
      assertThat(response.statusCode()).as(member).isEqualTo(400);
      assertThat(json(response).path("member").stringValue()).isEqualTo(member.strip());
    });
    assertThat(code(first.post(ZONES + "/draft", zone("apn", "apn", "127.41.0.0/16"))))
        .isEqualTo("zone-exists");
    assertThat(code(first.post(ZONES + "/draft", zone("again", "apn", "127.10.0.0/16"))))
        .isEqualTo("zone-exists");
    assertThat(code(first.post(ZONES + "/none/remove/draft", Map.of("version", 1, "reason", "x"))))
        .isEqualTo("unknown-zone");
    assertThat(code(first.post(ZONES + "/apn/remove/draft", Map.of("version", 2, "reason", "x"))))
        .isEqualTo("stale");
  }
}
