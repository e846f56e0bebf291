package tongguan.access.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.access.radius.wire.Code;
import tongguan.access.radius.wire.Draft;
import tongguan.access.radius.wire.Type;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;

/**
 * What accounting makes of the table of live sessions (P6, P7, F17), through two nodes over one
 * database: each report goes to one or the other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountingUdpTest {
  private static final int START = 1;
  private static final int STOP = 2;
  private static final int INTERIM = 3;
  private static final int ON = 7;

  private DatabaseUrl url;
  private RadiusNode one;
  private RadiusNode two;
  private TestGateway gateway;
  private TestGateway other;
  private int count;
  private int turn;
  private final Instant now = Instant.now().minusSeconds(100);

  @BeforeAll
  void start(@TempDir Path data) {
    url = TestDatabase.empty();
    one = new RadiusNode(url, data);
    gateway = TestGateway.add(url, data, "pgw-1", "127.0.0.31");
    other = TestGateway.add(url, data, "pgw-2", "127.0.0.32");
    one.start();
    two = new RadiusNode(url, data).start();
  }

  @AfterAll
  void stop() {
    one.close();
    two.close();
    gateway.close();
    other.close();
  }

  private FieldDevice device() {
    return FieldDevice.add(url, ++count);
  }

  private void tell(Draft draft) {
    gateway.tell(++turn % 2 == 0 ? one.acct() : two.acct(), draft);
  }

  private Draft report(int kind, String number, FieldDevice device, int second) {
    return gateway.accounting(kind, number, device, now.plusSeconds(second));
  }

  private String live(FieldDevice device) {
    return text(
        "select string_agg(number, ',') from access.live_apn_session where imsi = '"
            + device.imsi()
            + "'");
  }

  private String why(FieldDevice device, String number) {
    return text(
        "select ended_why from access.apn_session where imsi = '"
            + device.imsi()
            + "' and number = '"
            + number
            + "' order by started_at desc limit 1");
  }

  private String text(String sql) {
    String text = TestDatabase.text(url, sql);
    return text.equals("null") ? "" : text;
  }

  /** An officer who is in through the live session of this device. */
  private String officerOn(FieldDevice device) {
    String id = UUID.randomUUID().toString();
    TestDatabase.execute(
        url,
        """
        insert into identity.session (id, token, account, stage, place, address, agent, ends_at, idle_seconds, network)
        select '%s', decode('%s', 'hex'), '00000000-0000-7000-8000-000000000001', 'full', 'p', '%s', 'a',
          now() + interval '1 hour', 300, s.id::text
        from access.live_apn_session s where s.imsi = '%s'
        """
            .formatted(
                id, (id + id).replace("-", ""), device.address().getHostAddress(), device.imsi()));
    assertThat(officer(id)).isEqualTo("in");
    return id;
  }

  private String officer(String session) {
    return text(
        "select coalesce(ended_why, 'in') from identity.session where id = '" + session + "'");
  }

  @Test
  void aSessionBeginsGoesOnAndEnds() {
    FieldDevice device = device();
    tell(report(START, "a1", device, 0));
    assertThat(live(device)).isEqualTo("a1");
    String officer = officerOn(device);

    tell(
        report(INTERIM, "a1", device, 10)
            .with(Type.ACCT_INPUT_OCTETS, 5)
            .with(Type.ACCT_INPUT_GIGAWORDS, 1)
            .with(Type.ACCT_OUTPUT_OCTETS, 0xFFFF_FFFFL));
    tell(report(INTERIM, "a1", device, 5).with(Type.ACCT_INPUT_OCTETS, 3));
    assertThat(
            text(
                "select octets_in || ' ' || octets_out from access.live_apn_session where number = 'a1'"))
        .isEqualTo("4294967301 4294967295");
    assertThat(officer(officer)).isEqualTo("in");

    tell(report(STOP, "a1", device, 20).with(Type.ACCT_SESSION_TIME, 20));
    assertThat(live(device)).isEmpty();
    assertThat(why(device, "a1")).isEqualTo("stop");
    assertThat(officer(officer)).isEqualTo("network-ended");
    assertThat(
            text(
                "select count(*) from audit.entry where act = 'session.end' and record = 'session:"
                    + officer
                    + "'"))
        .isEqualTo("1");
  }

  @Test
  void reportsMayComeTwiceAndTheRepeatedOneIsAnsweredAlike() {
    FieldDevice device = device();
    byte[] start = report(START, "b1", device, 0).asking(gateway.secret);
    byte[] first = gateway.raw(one.acct(), start).orElseThrow();

    assertThat(gateway.raw(one.acct(), start).orElseThrow()).isEqualTo(first);
    assertThat(gateway.raw(two.acct(), start).orElseThrow()).isEqualTo(first);
    assertThat(text("select count(*) from access.apn_session where number = 'b1'")).isEqualTo("1");
  }

  @Test
  void aStopBeforeItsStartHolds() {
    FieldDevice device = device();
    tell(report(STOP, "c1", device, 20));
    tell(report(START, "c1", device, 0));
    tell(report(INTERIM, "c1", device, 10));

    assertThat(live(device)).isEmpty();
    assertThat(why(device, "c1")).isEqualTo("stop");
  }

  @Test
  void anInterimWithoutStartBeginsTheSession() {
    FieldDevice device = device();
    tell(report(INTERIM, "d1", device, 50).with(Type.ACCT_SESSION_TIME, 40));

    assertThat(live(device)).isEqualTo("d1");
    assertThat(
            text(
                "select extract(epoch from started_at)::bigint from access.live_apn_session where number = 'd1'"))
        .isEqualTo(String.valueOf(now.plusSeconds(10).getEpochSecond()));
  }

  @Test
  void aLostStopIsHealedByTheNextStart() {
    FieldDevice device = device();
    tell(report(START, "e1", device, 0));
    String officer = officerOn(device);
    tell(report(START, "e2", device, 30));

    assertThat(live(device)).isEqualTo("e2");
    assertThat(why(device, "e1")).isEqualTo("replaced");
    assertThat(officer(officer)).isEqualTo("network-ended");
  }

  @Test
  void startsThatComeInTheWrongOrderLeaveTheLaterOneLive() {
    FieldDevice device = device();
    tell(report(START, "f2", device, 30));
    tell(report(START, "f1", device, 0));

    assertThat(live(device)).isEqualTo("f2");
    assertThat(why(device, "f1")).isEqualTo("overtaken");
  }

  @Test
  void anAddressThatMovesToAnotherSimEndsTheOldSessionInTheSameTransaction() {
    FieldDevice device = device();
    FieldDevice robber = device();
    tell(report(START, "g1", device, 0));
    String officer = officerOn(device);
    tell(report(START, "g2", robber.at(device.address()), 10));

    assertThat(live(device)).isEmpty();
    assertThat(why(device, "g1")).isEqualTo("address-taken");
    assertThat(officer(officer)).isEqualTo("network-ended");
    // And nobody has an address that is not their own.
    assertThat(live(robber)).isEmpty();
    assertThat(why(robber, "g2")).isEqualTo("other-address");
    assertThat(orders("g2")).isEqualTo("1");
  }

  private String orders(String number) {
    return text(
        "select count(*) from access.disconnect d join access.apn_session s on s.id = d.session where s.number = '"
            + number
            + "'");
  }

  private String alarms(FieldDevice device) {
    return text(
        "select string_agg(code, ',') from audit.entry where act = 'network.alarm' and details::jsonb ->> 'imsi' = '"
            + device.imsi()
            + "'");
  }

  @Test
  void twoPiecesOfHardwareWithOneSimAreBothCutOff() {
    FieldDevice device = device();
    tell(report(START, "h1", device, 0));
    String officer = officerOn(device);
    tell(report(START, "h2", device.in("9900000000000001"), 10));

    assertThat(live(device)).isEmpty();
    assertThat(why(device, "h1")).isEqualTo("two-at-once");
    assertThat(why(device, "h2")).isEqualTo("two-at-once");
    assertThat(officer(officer)).isEqualTo("network-ended");
    assertThat(orders("h1")).isEqualTo("1");
    assertThat(orders("h2")).isEqualTo("1");
    assertThat(alarms(device)).isEqualTo("two-at-once,two-at-once");
  }

  @Test
  void aSimThatIsNotOursOrNotActiveNeverGetsALiveSession() {
    FieldDevice stranger =
        new FieldDevice(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "466990000000001",
            "886900000001",
            "3500000000000101",
            InetAddress.ofLiteral("10.77.0.1"));
    FieldDevice blocked = device();
    TestDatabase.execute(
        url, "update fleet.sim set state = 'blocked' where id = '" + blocked.sim() + "'");
    tell(report(START, "i1", stranger, 0));
    tell(report(START, "i2", blocked, 0));

    assertThat(live(stranger)).isEmpty();
    assertThat(live(blocked)).isEmpty();
    assertThat(why(stranger, "i1")).isEqualTo("unknown-sim");
    assertThat(why(blocked, "i2")).isEqualTo("sim-not-active");
    assertThat(orders("i1")).isEqualTo("1");
    assertThat(orders("i2")).isEqualTo("1");
  }

  @Test
  void aSimThatIsBlockedMeanwhileIsCutOffWithItsNextReport() {
    FieldDevice device = device();
    tell(report(START, "j1", device, 0));
    String officer = officerOn(device);
    TestDatabase.execute(
        url, "update fleet.sim set state = 'blocked' where id = '" + device.sim() + "'");
    tell(report(INTERIM, "j1", device, 30));

    assertThat(live(device)).isEmpty();
    assertThat(officer(officer)).isEqualTo("network-ended");
    assertThat(orders("j1")).isEqualTo("1");
  }

  @Test
  void aGatewayThatBeginsAnewEndsAllOfItsSessionsAndNoOthers() {
    FieldDevice device = device();
    FieldDevice later = device();
    FieldDevice elsewhere = device();
    other.tell(one.acct(), other.accounting(START, "k1", device, now));
    tell(report(START, "k2", elsewhere, 0));
    String officer = officerOn(device);
    other.tell(two.acct(), other.accounting(START, "k3", later, now.plusSeconds(60)));
    other.tell(
        one.acct(),
        Draft.of(Code.ACCOUNTING_REQUEST, 200)
            .with(Type.ACCT_STATUS_TYPE, ON)
            .with(Type.EVENT_TIMESTAMP, now.plusSeconds(50).getEpochSecond()));

    assertThat(why(device, "k1")).isEqualTo("gateway-restart");
    assertThat(officer(officer)).isEqualTo("network-ended");
    assertThat(live(elsewhere)).isEqualTo("k2");
    assertThat(live(later)).isEqualTo("k3");
  }

  @Test
  void aNumberThatIsUsedAgainIsAnotherSession() {
    FieldDevice device = device();
    tell(report(START, "l1", device, 0));
    tell(report(STOP, "l1", device, 10));
    tell(report(START, "l1", device, 20));
    assertThat(live(device)).isEqualTo("l1");

    // What was said of the first one comes late and changes nothing.
    tell(report(STOP, "l1", device, 10).with(Type.NAS_PORT_TYPE, 18));
    assertThat(live(device)).isEqualTo("l1");
    assertThat(text("select count(*) from access.apn_session where number = 'l1'")).isEqualTo("2");
  }

  @Test
  void withoutTheGatewaysOwnTimeANumberIsUsedUp() {
    FieldDevice device = device();
    tell(gateway.accounting(START, "m1", device, Instant.EPOCH));
    tell(gateway.accounting(STOP, "m1", device, Instant.EPOCH));
    tell(gateway.accounting(START, "m1", device, Instant.EPOCH).with(Type.NAS_PORT_TYPE, 18));

    assertThat(live(device)).isEmpty();
  }

  @Test
  void aFeedThatStopsGrantsNothingAndWhatComesAfterwardsHealsIt() {
    FieldDevice device = device();
    tell(report(START, "n1", device, 0));
    String officer = officerOn(device);
    TestDatabase.execute(
        url,
        "update access.apn_session set updated_at = now() - interval '19 minutes' where number = 'n1'");
    assertThat(live(device)).isEqualTo("n1");
    TestDatabase.execute(
        url,
        "update access.apn_session set updated_at = now() - interval '21 minutes' where number = 'n1'");

    // At once, and soon in the table, too.
    assertThat(live(device)).isEmpty();
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(why(device, "n1")).isEqualTo("silence"));
    assertThat(officer(officer)).isEqualTo("network-silent");

    tell(report(INTERIM, "n1", device, 60));
    assertThat(live(device)).isEqualTo("n1");
    assertThat(officer(officer)).as("what ended does not come back").isEqualTo("network-silent");
  }

  @Test
  void aReportOfTheSilentSessionBeforeAnyoneSweptDoesNotBringOfficersBack() {
    FieldDevice device = device();
    tell(report(START, "o1", device, 0));
    String officer = officerOn(device);
    TestDatabase.execute(
        url,
        "update access.apn_session set updated_at = now() - interval '21 minutes' where number = 'o1'");
    tell(report(INTERIM, "o1", device, 60));

    assertThat(live(device)).isEqualTo("o1");
    assertThat(officer(officer)).startsWith("network-");
  }

  @Test
  void reportsOutsideTheTimeWindowOrWithoutASessionAreNotAnswered() {
    FieldDevice device = device();
    for (Draft draft :
        List.of(
            gateway.accounting(START, "p1", device, Instant.now().minusSeconds(310)),
            gateway.accounting(START, "p1", device, Instant.now().plusSeconds(310)),
            Draft.of(Code.ACCOUNTING_REQUEST, 1).with(Type.ACCT_STATUS_TYPE, START),
            Draft.of(Code.ACCOUNTING_REQUEST, 2).with(Type.ACCT_SESSION_ID, "p1"),
            gateway.accounting(15, "p1", device, now))) {
      gateway.assertNoAnswer(one.acct(), draft.asking(gateway.secret));
    }
    assertThat(text("select count(*) from access.apn_session where number = 'p1'")).isEqualTo("0");
  }

  /** Whatever the order in which a day's reports arrive, the same is live in the end. */
  @Test
  void theOrderOfReportsDoesNotMatter() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      FieldDevice device = device();
      String prefix = "q" + round + "-";
      List<Draft> reports =
          new ArrayList<>(
              List.of(
                  report(START, prefix + 1, device, 0),
                  report(INTERIM, prefix + 1, device, 5),
                  report(STOP, prefix + 1, device, 10),
                  report(START, prefix + 2, device, 20),
                  report(INTERIM, prefix + 2, device, 25),
                  report(START, prefix + 3, device, 40),
                  report(INTERIM, prefix + 3, device, 45),
                  report(STOP, prefix + 2, device, 50)));
      Collections.shuffle(reports, random);
      reports.forEach(this::tell);

      assertThat(live(device)).as("seed " + seed).isEqualTo(prefix + 3);
    }
  }

  /** L4 in small: many at once, to both nodes, each twice. */
  @Test
  void manyStartsAtOnceAreAllKept() {
    int many = 300;
    List<FieldDevice> devices = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      devices.add(device());
    }
    List<byte[]> requests = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      requests.add(report(START, "r" + i, devices.get(i), 0).asking(gateway.secret));
    }
    for (int from = 0; from < many; from += 50) {
      for (int i = from; i < from + 50; i++) {
        gateway.send(one.acct(), requests.get(i));
        gateway.send(two.acct(), requests.get(i));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(gateway.receive(TestGateway.PATIENCE_MILLIS)).as("answer " + i).isPresent();
      }
    }
    assertThat(text("select count(*) from access.live_apn_session where number like 'r%'"))
        .isEqualTo(String.valueOf(many));
  }
}
