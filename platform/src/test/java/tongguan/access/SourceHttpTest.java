package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.base.http.TestAuthority;

/**
 * From where one is let in (decision 010, "Order of checks"; P2, P6, P7, P8, P9, P16, P30; rules 1,
 * 8, 28): real TLS, a real database, and addresses of this machine as networks.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SourceHttpTest {
  private Field field;
  private Platform other;
  private int accounts;

  @BeforeAll
  void start() {
    field = new Field();
    other = field.node();
    field.execute(
        """
        insert into identity.unit (code, parent, name_zh, name_en, kind, district) values
          ('A-1', 'A', '甲', 'One', 'branch', 'A'), ('A-1-1', 'A-1', '甲一', 'One one', 'section', 'A'),
          ('A-2', 'A', '乙', 'Two', 'branch', 'A')
        """);
  }

  @AfterAll
  void stop() {
    other.close();
    field.close();
  }

  /** A new officer of the unit. */
  private String officer(String unit) {
    String name = "officer" + ++accounts;
    SignedIn.account(field.platform, name, unit, 1, "officer", "all");
    return name;
  }

  private TestDevice ready() {
    return field.aDevice().assigned().withSim().online();
  }

  private static String outcome(HttpResponse<String> response) {
    return response.statusCode() == 200 ? "in" : SignedIn.code(response);
  }

  private String lastReason() {
    return field.value(
        "select code from audit.entry where outcome = 'refused' order by at desc, id desc limit 1");
  }

  @Test
  void anOfficerComesInFromTheFieldAndWorksOnEveryNode() {
    TestDevice device = ready();
    SignedIn officer = device.browser(officer("A")).in();

    assertThat(officer.get("/api/v1/me").statusCode()).isEqualTo(200);
    assertThat(officer.at(other).get("/api/v1/me").statusCode()).isEqualTo(200);
    assertThat(
            field.value(
                "select device || ' ' || network || ' ' || place from identity.session where account = (select id from identity.account where name = '"
                    + officer.name
                    + "')"))
        .isEqualTo(device.id + " " + device.network + " device " + device.id);
    assertThat(
            field.value(
                "select device from audit.entry where act = 'login' and name = '"
                    + officer.name
                    + "'"))
        .isEqualTo(device.id.toString());
  }

  /** What is wrong, in one word, and how it is made so. */
  private record Wrong(String reason, Function<TestDevice, HttpClient> made) {}

  private Wrong wrong(String reason, Consumer<TestDevice> change) {
    return new Wrong(
        reason,
        device -> {
          change.accept(device);
          return device.client();
        });
  }

  private void sql(String text, Object... values) {
    field.execute(text.formatted(values));
  }

  private List<Wrong> wrongs() {
    return List.of(
        new Wrong("no-zone", device -> device.clientFrom("127.0.0.1")),
        new Wrong("no-certificate", device -> field.client(device.address)),
        new Wrong("no-certificate", device -> field.client("127.20.0.7")),
        new Wrong(
            "certificate-unknown",
            device -> field.client(device.address, field.authority.client("made up"))),
        wrong(
            "certificate-revoked",
            device ->
                sql(
                    "update fleet.certificate set revoked_at = now(), revoked_why = 'renewed' where device = '%s'",
                    device.id)),
        wrong(
            "certificate-revoked",
            device ->
                sql("update fleet.certificate set ends_at = now() where device = '%s'", device.id)),
        wrong(
            "certificate-unknown",
            device ->
                sql(
                    "update fleet.certificate set key_digest = sha256('other') where device = '%s'",
                    device.id)),
        wrong("device-state", device -> device.in("in-stock")),
        wrong("device-state", device -> device.in("in-repair")),
        wrong("device-state", device -> device.in("lost")),
        wrong("device-state", device -> device.in("retired")),
        wrong("wipe-pending", TestDevice::lost),
        wrong("wipe-pending", TestDevice::wipeOrdered),
        new Wrong("no-apn-session", device -> device.clientFrom("127.10.250.1")),
        wrong(
            "no-apn-session",
            device ->
                sql(
                    "update access.apn_session set ended_at = now(), ended_why = 'stop' where id = '%s'",
                    device.network)),
        wrong(
            "apn-silent",
            device ->
                sql(
                    "update access.apn_session set updated_at = now() - interval '21 minutes' where id = '%s'",
                    device.network)),
        wrong("sim-blocked", TestDevice::simBlocked),
        wrong(
            "sim-blocked",
            device ->
                sql("update access.apn_session set sim = null where id = '%s'", device.network)),
        wrong(
            "address-of-another-sim",
            device ->
                sql(
                    "update fleet.sim set address = '10.1.%s' where id = '%s'",
                    device.address.substring(7), device.sim)),
        wrong(
            "sim-of-another-device",
            device -> sql("update fleet.pairing set until = now() where sim = '%s'", device.sim)),
        new Wrong("sim-of-another-device", device -> ready().clientFrom(device.address)),
        wrong(
            "another-modem",
            device ->
                sql(
                    "update access.apn_session set imeisv = '3599999999999901' where id = '%s'",
                    device.network)),
        wrong(
            "another-modem",
            device ->
                sql("update access.apn_session set imeisv = '' where id = '%s'", device.network)),
        wrong(
            "another-modem",
            device -> sql("update fleet.device set imei = null where id = '%s'", device.id)),
        wrong("steward-silent", device -> device.kind("notebook")),
        wrong(
            "steward-silent",
            device -> {
              device.kind("tablet").guarded();
              sql(
                  "update fleet.contact set at = now() - interval '181 seconds' where device = '%s'",
                  device.id);
            }),
        wrong(
            "steward-tampered",
            device -> {
              device.kind("notebook").guarded();
              sql("update fleet.contact set tampered = true where device = '%s'", device.id);
            }));
  }

  @Test
  void p6p7p16whateverIsWrongHasOneAnswerBeforeAnyLogInIsLookedAtAndOneEntry() {
    String name = officer("A");
    String body = null;
    for (Wrong wrong : wrongs()) {
      TestDevice device = ready();
      HttpClient client = wrong.made().apply(device);
      SignedIn stranger = field.stranger(name, client);
      long entries = entries();

      HttpResponse<String> response = stranger.logIn(SignedIn.PASSWORD);

      assertThat(response.statusCode()).as(wrong.reason()).isEqualTo(403);
      assertThat(lastReason()).isEqualTo("source-" + wrong.reason());
      assertThat(entries()).as(wrong.reason()).isEqualTo(entries + 1);
      String said = response.body().replaceAll("\"correlation\":\"[^\"]*\"", "");
      assertThat(said).isEqualTo(body == null ? said : body).contains("not-from-here");
      body = said;
      for (String path : List.of("/", "/api/v1/login", "/api/v1/dossiers?key=CSQU3054383")) {
        assertThat(outcome(stranger.get(path))).as(wrong.reason()).isEqualTo("not-from-here");
      }
    }
    assertThat(
            field.value(
                "select count(*) from identity.tries where account = (select id from identity.account where name = '"
                    + name
                    + "')"))
        .isEqualTo("0");
  }

  private long entries() {
    return Long.parseLong(
        field.value("select count(*) from audit.entry where outcome = 'refused'"));
  }

  @Test
  void p2whatIsWrongFromNowOnEndsTheSessionWithTheNextRequestOnEveryNode() {
    String name = officer("A");
    for (Wrong wrong : wrongs()) {
      TestDevice device = ready();
      SignedIn officer = device.browser(name).in();
      HttpClient client = wrong.made().apply(device);

      assertThat(outcome(officer.over(client).at(other).get("/api/v1/me")))
          .as(wrong.reason())
          .isEqualTo("not-from-here");
      assertThat(
              field.value(
                  "select ended_why from identity.session where device = '" + device.id + "'"))
          .as(wrong.reason())
          .isEqualTo("source");
    }
  }

  @Test
  void p30aNotebookIsLetInWhileItsStewardReports() {
    TestDevice device = ready().kind("notebook").guarded();

    assertThat(outcome(device.browser(officer("A")).logIn(SignedIn.PASSWORD))).isEqualTo("in");
  }

  @Test
  void p16theMacThatTheStewardAttestsCanOnlyRefuse() {
    TestDevice device = ready().kind("notebook").guarded();
    SignedIn officer = device.browser(officer("A")).in();

    assertThat(outcome(officer.get("/api/v1/me", "X-Steward", steward(device.mac.toUpperCase()))))
        .isEqualTo("in");
    for (String wrong :
        List.of(steward("02:ff:ff:ff:ff:ff"), steward(ready().mac), "v=2; mac=" + device.mac, "")) {
      SignedIn again = device.browser(officer.name).in();
      assertThat(outcome(again.get("/api/v1/me", "X-Steward", wrong)))
          .as(wrong)
          .isEqualTo("not-from-here");
    }
    SignedIn headquarters = field.stranger(officer("HQ"), field.client("127.30.0.1")).in();
    assertThat(outcome(headquarters.get("/api/v1/me", "X-Steward", "anything"))).isEqualTo("in");
    assertThat(
            outcome(
                field
                    .stranger("x", field.client("127.20.0.1"))
                    .get("/api/v1/login", "X-Steward", steward(device.mac))))
        .isEqualTo("not-from-here");
  }

  private static String steward(String mac) {
    return "v=1; agent=1.0; mac=" + mac + "; locked=1";
  }

  @Test
  void theOfficeZoneTakesDevicesAndWithoutThemOnlyWherePolicySaysSo() {
    TestDevice device = field.aDevice().assigned();
    assertThat(
            outcome(
                field
                    .stranger(officer("A"), device.clientFrom("127.20.0.1"))
                    .logIn(SignedIn.PASSWORD)))
        .isEqualTo("in");
    assertThat(
            outcome(
                field.stranger(officer("A"), field.client("127.30.0.1")).logIn(SignedIn.PASSWORD)))
        .isEqualTo("in");
    device.in("in-repair");
    assertThat(
            outcome(
                field
                    .stranger(officer("A"), device.clientFrom("127.30.0.1"))
                    .logIn(SignedIn.PASSWORD)))
        .isEqualTo("not-from-here");
  }

  @Test
  void theNarrowerZoneDecides() {
    TestDevice device = field.aDevice().assigned();
    sql("insert into access.zone (name, kind, network) values ('hole', 'apn', '127.20.77.0/24')");

    assertThat(outcome(field.stranger("x", device.clientFrom("127.20.76.1")).get("/api/v1/login")))
        .isEqualTo("in");
    assertThat(outcome(field.stranger("x", device.clientFrom("127.20.77.1")).get("/api/v1/login")))
        .isEqualTo("not-from-here");
  }

  @Test
  void p7aSessionEndsWhenItIsSeenOverAnotherDeviceAddressOrApnSession() {
    TestDevice device = ready();
    SignedIn stolen = device.browser(officer("A")).in();
    assertThat(outcome(stolen.over(ready().client()).get("/api/v1/me"))).isEqualTo("not-signed-in");
    assertThat(lastReason()).isEqualTo("source-session-of-another-device");
    assertThat(outcome(stolen.get("/api/v1/me"))).isEqualTo("not-signed-in");

    SignedIn reattached = device.browser(stolen.name).in();
    sql(
        "update access.apn_session set ended_at = now(), ended_why = 'stop' where id = '%s'",
        device.network);
    sql(
        "insert into access.apn_session (id, gateway, number, imsi, imeisv, address, sim, device, started_at) select gen_random_uuid(), gateway, number || '-2', imsi, imeisv, address, sim, device, now() from access.apn_session where id = '%s'",
        device.network);
    assertThat(outcome(reattached.get("/api/v1/me"))).isEqualTo("not-signed-in");
    assertThat(lastReason()).isEqualTo("source-moved");
    assertThat(outcome(device.browser(stolen.name).logIn(SignedIn.PASSWORD))).isEqualTo("in");

    TestDevice inside = field.aDevice().assigned();
    SignedIn walking = field.stranger(stolen.name, inside.clientFrom("127.20.0.1")).in();
    assertThat(outcome(walking.over(inside.clientFrom("127.20.0.2")).get("/api/v1/me")))
        .isEqualTo("not-signed-in");
  }

  @Test
  void aRenewedCertificateOfTheSameDeviceCarriesTheSessionOn() {
    TestDevice device = ready();
    SignedIn officer = device.browser(officer("A")).in();
    device.certified();

    assertThat(outcome(officer.over(device.client()).get("/api/v1/me"))).isEqualTo("in");
  }

  @Test
  void p8officersUseDevicesOfTheirOwnUnitOrOfOneAboveItOrOnLoanToThem() {
    Map<String, String> expected =
        Map.of(
            "A-1", "in",
            "A-1-1", "in",
            "A", "login-refused",
            "A-2", "login-refused",
            "B", "login-refused",
            "HQ", "login-refused");
    expected.forEach((unit, outcome) ->
        assertThat(outcome(ready().of("A-1").browser(officer(unit)).logIn(SignedIn.PASSWORD)))
            .as(unit)
            .isEqualTo(outcome));
    assertThat(
            outcome(
                ready().of("A-1").lentTo("A-2").browser(officer("A-2")).logIn(SignedIn.PASSWORD)))
        .isEqualTo("in");
    TestDevice over = ready().of("A-1").lentTo("B");
    sql(
        "update fleet.loan set since = now() - interval '2 days', until = now() where device = '%s'",
        over.id);
    assertThat(outcome(over.browser(officer("B")).logIn(SignedIn.PASSWORD)))
        .isEqualTo("login-refused");
    assertThat(lastReason()).isEqualTo("device-of-others");
  }

  @Test
  void p8whenTheOfficerOrTheDeviceMovesToAnotherUnitTheSessionEnds() {
    TestDevice device = ready();
    SignedIn officer = device.browser(officer("A-1")).in();
    sql("update identity.account set unit = 'B' where name = '%s'", officer.name);
    assertThat(outcome(officer.get("/api/v1/me"))).isEqualTo("not-from-here");
    assertThat(lastReason()).isEqualTo("source-device-of-others");

    SignedIn second = device.browser(officer("A-1")).in();
    device.of("C");
    assertThat(outcome(second.at(other).get("/api/v1/me"))).isEqualTo("not-from-here");

    TestDevice lent = ready().of("D").lentTo("A-1");
    SignedIn third = lent.browser(officer("A-1")).in();
    sql("update fleet.loan set ended_at = now() where device = '%s'", lent.id);
    assertThat(outcome(third.get("/api/v1/me"))).isEqualTo("not-from-here");
  }

  @Test
  void aSimInAnotherModemIsLetInWherePolicySaysSo() {
    TestDevice device = ready();
    sql(
        "update access.apn_session set imeisv = '3599999999999901' where id = '%s'",
        device.network);
    sql("update identity.policy set value = 1 where code = 'sim-in-other-device'");
    try {
      assertThat(outcome(device.browser("x").get("/api/v1/login"))).isEqualTo("in");
    } finally {
      sql("update identity.policy set value = 0 where code = 'sim-in-other-device'");
    }
    assertThat(outcome(device.browser("x").get("/api/v1/login"))).isEqualTo("not-from-here");
  }

  @Test
  void thingsThatDoNotBelongTogetherAlarmAtOnceAndOtherRefusalsWhenRepeated() {
    TestDevice device = ready();
    HttpClient elsewhere = device.clientFrom("127.10.251.9");
    for (int i = 0; i < 6; i++) {
      assertThat(alarms("127.10.251.9")).isEqualTo(i < 3 ? "0" : "1");
      assertThat(outcome(field.stranger("x", elsewhere).get("/"))).isEqualTo("not-from-here");
    }
    TestDevice victim = ready();
    HttpClient thief = ready().clientFrom(victim.address);
    field.stranger("x", thief).get("/");
    assertThat(alarms(victim.address)).isEqualTo("1");
    field.stranger("x", thief).get("/");
    assertThat(alarms(victim.address)).isEqualTo("1");

    field.execute("update access.refused_source set since = since - interval '11 minutes'");
    for (int i = 0; i < 3; i++) {
      field.stranger("x", elsewhere).get("/");
    }
    assertThat(alarms("127.10.251.9")).isEqualTo("2");
  }

  private String alarms(String address) {
    return field.value(
        "select count(*) from audit.entry where act = 'source.alarm' and address = '"
            + address
            + "'");
  }

  @Test
  void aDeviceThatMustBeWipedIsToldToDropWhatItsBrowserHolds() {
    TestDevice device = ready();
    SignedIn officer = device.browser(officer("A")).in();
    device.lost();

    HttpResponse<String> response = officer.get("/api/v1/me");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("Clear-Site-Data")).contains("\"*\"");
    assertThat(
            field
                .stranger("x", field.client("127.20.0.1"))
                .get("/")
                .headers()
                .firstValue("Clear-Site-Data"))
        .isEmpty();
  }

  @Test
  void balancersMayAskFromEverywhereWhetherTheNodeIsWell() {
    SignedIn balancer = field.stranger("x", field.client("127.0.0.1"));

    assertThat(balancer.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(outcome(balancer.get("/metrics"))).isEqualTo("not-from-here");
    assertThat(outcome(balancer.get("/api/v1/login"))).isEqualTo("not-from-here");
  }

  @Test
  void theCertificateOfAnotherAuthorityDoesNotEvenGetToTheGate() {
    TestAuthority foreign = new TestAuthority("devices");
    HttpClient client =
        Field.client("127.20.0.1", field.authority.context(foreign.client("forged")));

    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> field.stranger("x", client).get("/")))
        .hasRootCauseInstanceOf(java.io.IOException.class);
  }
}
