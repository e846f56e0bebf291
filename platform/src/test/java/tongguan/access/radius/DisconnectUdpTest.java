package tongguan.access.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.access.radius.wire.Code;
import tongguan.access.radius.wire.Draft;
import tongguan.access.radius.wire.Packet;
import tongguan.access.radius.wire.SharedSecret;
import tongguan.access.radius.wire.Signature;
import tongguan.access.radius.wire.Type;
import tongguan.base.Limits;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;

/**
 * Orders to a gateway (RFC 5176), of two nodes over one database, to a gateway as bad as it gets.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisconnectUdpTest {
  private DatabaseUrl url;
  private RadiusNode one;
  private RadiusNode two;
  private TestGateway gateway;
  private Database database;
  private DatagramSocket dynamic;
  private int count;

  private final List<Packet> heard = new CopyOnWriteArrayList<>();
  private final List<Long> times = new CopyOnWriteArrayList<>();
  private volatile BiFunction<Packet, Integer, List<byte[]>> behaviour =
      (request, nth) -> List.of();

  @BeforeAll
  void start(@TempDir Path data) throws SocketException {
    url = TestDatabase.empty();
    one = new RadiusNode(url, data);
    dynamic = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.41"));
    gateway =
        TestGateway.add(
            url,
            data,
            "pgw-1",
            "127.0.0.41",
            "--dynamic-port",
            String.valueOf(dynamic.getLocalPort()));
    one.start();
    two = new RadiusNode(url, data).start();
    database = new Database(url, 2);
    Thread.ofPlatform().daemon().start(this::answer);
  }

  @BeforeEach
  void forget() {
    behaviour = (request, nth) -> List.of();
    heard.clear();
    times.clear();
  }

  @AfterAll
  void stop() {
    dynamic.close();
    one.close();
    two.close();
    gateway.close();
    database.close();
  }

  private void answer() {
    byte[] buffer = new byte[5000];
    while (!dynamic.isClosed()) {
      DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
      try {
        dynamic.receive(datagram);
        Packet request = (Packet) Packet.parse(buffer, datagram.getLength());
        assertThat(Signature.holds(request, gateway.secret, Signature.Place.FIRST)).isTrue();
        times.add(System.nanoTime());
        heard.add(request);
        for (byte[] reply : behaviour.apply(request, heard.size())) {
          dynamic.send(new DatagramPacket(reply, reply.length, datagram.getSocketAddress()));
        }
      } catch (SocketException closed) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private byte[] reply(Code code, Packet request) {
    return Draft.answer(code, request).answering(request, gateway.secret);
  }

  private byte[] refusal(Packet request, long cause) {
    Code code = request.code() == Code.DISCONNECT_REQUEST ? Code.DISCONNECT_NAK : Code.CHANGE_NAK;
    return Draft.answer(code, request)
        .with(Type.ERROR_CAUSE, cause)
        .answering(request, gateway.secret);
  }

  private FieldDevice live(String number) {
    FieldDevice device = FieldDevice.add(url, ++count);
    gateway.tell(one.acct(), gateway.accounting(1, number, device, Instant.now()));
    return device;
  }

  /** What the transaction of a lost device does, as far as it concerns the network. */
  private UUID lose(FieldDevice device) {
    UUID loss = UUID.randomUUID();
    int orders =
        database.inTransaction(tx -> {
          try (var statement = tx.createStatement()) {
            statement.execute(
                """
                insert into fleet.loss (id, device, reported_by, reason)
                values ('%1$s', '%2$s', '00000000-0000-7000-8000-000000000001', 'test');
                insert into fleet.loss_step (loss, step, done_at) values ('%1$s', 'gateway', clock_timestamp());
                update fleet.device set state = 'lost' where id = '%2$s';
                update fleet.sim set state = 'blocked' where id = '%3$s'
                """
                    .formatted(loss, device.device(), device.sim()));
          }
          return one.platform
              .radius()
              .disconnects()
              .ofDevice(tx, device.device(), "lost", Optional.of(loss));
        });
    assertThat(orders).isEqualTo(1);
    return loss;
  }

  private String state(String number) {
    String text =
        TestDatabase.text(
            url,
            """
            select coalesce(d.answer, 'waits') || coalesce(' ' || d.error_cause, '') || ' ' || d.kind
            from access.disconnect d join access.apn_session s on s.id = d.session where s.number = '%s'
            """
                .formatted(number));
    return text;
  }

  private void awaitState(String number, String expected) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(state(number)).isEqualTo(expected));
  }

  private String acknowledged(UUID loss) {
    return TestDatabase.text(
        url, "select acknowledged_at is not null from fleet.loss_step where loss = '" + loss + "'");
  }

  @Test
  void aLostDeviceIsCutOffAtOnceAndTheStepIsAcknowledged() {
    behaviour = (request, nth) -> List.of(reply(Code.DISCONNECT_ACK, request));
    FieldDevice device = live("a1");
    long before = System.nanoTime();
    UUID loss = lose(device);

    assertThat(
            TestDatabase.text(
                url,
                "select count(*) from access.live_apn_session where imsi = '"
                    + device.imsi()
                    + "'"))
        .isEqualTo("0");
    Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> !heard.isEmpty());
    long millis = (System.nanoTime() - before) / 1_000_000;
    awaitState("a1", "ack disconnect");
    assertThat(acknowledged(loss)).isEqualTo("t");
    assertThat(millis).as("until the gateway heard of it").isLessThan(1_000);
    Packet request = heard.getFirst();
    assertThat(request.code()).isEqualTo(Code.DISCONNECT_REQUEST);
    assertThat(request.text(Type.ACCT_SESSION_ID)).isEqualTo("a1");
    assertThat(request.address(Type.FRAMED_IP_ADDRESS)).contains(device.address());
    assertThat(request.text(Type.CALLING_STATION_ID)).isEqualTo(device.msisdn());
    assertThat(request.text(Type.NAS_IDENTIFIER)).isEqualTo("pgw-1");
    assertThat(request.text(Type.USER_NAME)).isEqualTo("field");
    assertThat(request.number(Type.EVENT_TIMESTAMP)).isPresent();
    assertThat(
            TestDatabase.text(
                url,
                "select count(*) from audit.entry e join access.apn_session s on e.record = 'apn-session:' || s.id"
                    + " where e.act = 'network.disconnect' and s.number = 'a1'"))
        .isEqualTo("1");
  }

  @Test
  void itIsRepeatedUntilThereIsATrueAnswerByOneNodeAtATime() {
    SharedSecret wrong = SharedSecret.of(new byte[32]);
    behaviour =
        (request, nth) ->
            switch (nth) {
              case 1 -> List.of();
              case 2 -> {
                byte[] forged =
                    Draft.answer(Code.DISCONNECT_ACK, request).answering(request, wrong);
                byte[] bare = bare(request);
                byte[] other =
                    Draft.of(Code.DISCONNECT_ACK, request.identifier() + 1 & 0xFF)
                        .answering(request, gateway.secret);
                byte[] kind = reply(Code.CHANGE_ACK, request);
                yield List.of(new byte[0], new byte[] {41}, forged, bare, other, kind);
              }
              default -> List.of(reply(Code.DISCONNECT_ACK, request));
            };
    FieldDevice device = live("b1");
    UUID loss = lose(device);

    awaitState("b1", "ack disconnect");
    assertThat(heard).hasSize(3);
    for (int i = 1; i < 3; i++) {
      assertThat(Duration.ofNanos(times.get(i) - times.get(i - 1)))
          .as("the next one waits until no answer to this one can come")
          .isGreaterThan(Limits.DISCONNECT_WAIT);
    }
    assertThat(acknowledged(loss)).isEqualTo("t");
    assertThat(
            TestDatabase.text(
                url,
                "select attempts from access.disconnect d join access.apn_session s on s.id = d.session where s.number = 'b1'"))
        .isEqualTo("3");
  }

  /** With a right Response Authenticator and no Message-Authenticator: what Blast-RADIUS forges. */
  private byte[] bare(Packet request) {
    byte[] bytes = new byte[20];
    bytes[0] = 41;
    bytes[1] = (byte) request.identifier();
    bytes[3] = 20;
    System.arraycopy(request.authenticator(), 0, bytes, 4, 16);
    try {
      java.security.MessageDigest md5 = java.security.MessageDigest.getInstance("MD5");
      md5.update(bytes);
      byte[] digest =
          md5.digest(gateway.secretText.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      System.arraycopy(digest, 0, bytes, 4, 16);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return bytes;
  }

  @Test
  void aSessionThatTheGatewayDoesNotKnowIsGone() {
    behaviour = (request, nth) -> List.of(refusal(request, 503));
    UUID loss = lose(live("c1"));

    awaitState("c1", "nak 503 disconnect");
    assertThat(acknowledged(loss)).isEqualTo("t");
  }

  @Test
  void aRefusalIsKeptAndNotTakenForDone() {
    behaviour = (request, nth) -> List.of(refusal(request, 501));
    UUID loss = lose(live("d1"));

    awaitState("d1", "nak 501 disconnect");
    assertThat(acknowledged(loss)).isEqualTo("f");
    assertThat(
            TestDatabase.text(
                url,
                "select count(*) from audit.entry where act = 'network.disconnect' and code = 'gateway-refused'"))
        .isEqualTo("1");
  }

  @Test
  void aGatewayThatKnowsNoDisconnectIsToldToChangeTheSession() {
    behaviour =
        (request, nth) ->
            List.of(
                request.code() == Code.DISCONNECT_REQUEST
                    ? refusal(request, 406)
                    : reply(Code.CHANGE_ACK, request));
    UUID loss = lose(live("e1"));

    awaitState("e1", "ack change");
    assertThat(acknowledged(loss)).isEqualTo("t");
    assertThat(heard.getLast().code()).isEqualTo(Code.CHANGE_REQUEST);
    assertThat(heard.getLast().number(Type.SESSION_TIMEOUT)).hasValue(1);
  }

  @Test
  void theGatewaysOwnStopIsAnAnswerToo() {
    FieldDevice device = live("f1");
    UUID loss = lose(device);
    gateway.tell(two.acct(), gateway.accounting(2, "f1", device, Instant.now()));

    awaitState("f1", "stopped disconnect");
    assertThat(acknowledged(loss)).isEqualTo("t");
  }

  @Test
  void aBlockedSimIsCutOffToo() {
    behaviour = (request, nth) -> List.of(reply(Code.DISCONNECT_ACK, request));
    FieldDevice device = live("g1");
    int orders =
        database.inTransaction(
            tx -> two.platform.radius().disconnects().ofSim(tx, device.sim(), "sim-blocked"));

    assertThat(orders).isEqualTo(1);
    awaitState("g1", "ack disconnect");
    assertThat(
            TestDatabase.text(url, "select ended_why from access.apn_session where number = 'g1'"))
        .isEqualTo("sim-blocked");
  }

  @Test
  void aDeviceThatIsNotOnNeedsNoOrder() {
    FieldDevice device = FieldDevice.add(url, ++count);

    assertThat(
            (int)
                database.inTransaction(tx ->
                    one.platform
                        .radius()
                        .disconnects()
                        .ofDevice(tx, device.device(), "lost", Optional.empty())))
        .isZero();
  }

  @Test
  void anOrderStandsOrFallsWithItsTransaction() {
    FieldDevice device = live("h1");
    try {
      database.inTransaction(tx -> {
        int _ =
            one.platform
                .radius()
                .disconnects()
                .ofDevice(tx, device.device(), "lost", Optional.empty());
        throw new IllegalStateException("undone");
      });
    } catch (IllegalStateException undone) {
      assertThat(undone).hasMessage("undone");
    }
    assertThat(state("h1")).isEmpty();
    assertThat(
            TestDatabase.text(
                url, "select count(*) from access.live_apn_session where number = 'h1'"))
        .isEqualTo("1");
  }

  @Test
  void whatTheGatewayGoesOnReportingAfterItSaidItEndedItIsOrderedAgain() {
    behaviour = (request, nth) -> List.of(reply(Code.DISCONNECT_ACK, request));
    FieldDevice device = live("i1");
    lose(device);
    awaitState("i1", "ack disconnect");
    gateway.tell(one.acct(), gateway.accounting(3, "i1", device, Instant.now().plusSeconds(5)));

    Awaitility.await()
        .untilAsserted(() ->
            assertThat(
                    TestDatabase.text(
                        url,
                        "select count(*) from access.disconnect d join access.apn_session s on s.id = d.session where s.number = 'i1'"))
                .isEqualTo("2"));
    assertThat(
            Arrays.asList(
                TestDatabase.text(
                    url, "select count(*) from access.live_apn_session where number = 'i1'")))
        .containsExactly("0");
  }
}
