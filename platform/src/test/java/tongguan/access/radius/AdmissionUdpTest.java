package tongguan.access.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.access.radius.wire.Code;
import tongguan.access.radius.wire.Draft;
import tongguan.access.radius.wire.Packet;
import tongguan.access.radius.wire.Password;
import tongguan.access.radius.wire.ThreeGpp;
import tongguan.access.radius.wire.Type;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;

/** Who is let onto the private APN, as a gateway sees it: over UDP, and a real database behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdmissionUdpTest {
  private DatabaseUrl url;
  private RadiusNode node;
  private TestGateway gateway;
  private TestGateway withPassword;
  private int count;

  @BeforeAll
  void start(@TempDir Path data) {
    url = TestDatabase.empty();
    node = new RadiusNode(url, data);
    gateway = TestGateway.add(url, data, "pgw-1", "127.0.0.21");
    Path file = data.resolve("apn.password");
    try {
      java.nio.file.Files.writeString(file, "passwörd\n");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    withPassword =
        TestGateway.add(url, data, "pgw-2", "127.0.0.22", "--password-file", file.toString());
    node.start();
  }

  @AfterAll
  void stop() {
    node.close();
    gateway.close();
    withPassword.close();
  }

  private FieldDevice device() {
    return FieldDevice.add(url, ++count);
  }

  private String lastRefusal(FieldDevice device) {
    return TestDatabase.text(
        url,
        "select reason from access.refusal where imsi = '"
            + device.imsi()
            + "' order by at desc limit 1");
  }

  @Test
  void ourSimInItsOwnDeviceGetsItsOwnAddress() {
    FieldDevice device = device();

    Packet answer = gateway.ask(node.auth(), gateway.access(device));

    assertThat(answer.code()).isEqualTo(Code.ACCESS_ACCEPT);
    assertThat(answer.address(Type.FRAMED_IP_ADDRESS)).contains(device.address());
    assertThat(answer.octets(Type.FRAMED_IP_NETMASK).orElseThrow())
        .isEqualTo(new byte[] {-1, -1, -1, -1});
    assertThat(answer.number(Type.SESSION_TIMEOUT)).hasValue(12 * 3600);
    assertThat(answer.number(Type.IDLE_TIMEOUT)).hasValue(30 * 60);
    assertThat(answer.number(Type.ACCT_INTERIM_INTERVAL)).hasValue(5 * 60);
    assertThat(lastRefusal(device)).isEmpty();
  }

  @Test
  void anAddressOfVersionSixIsGivenAsOne() {
    FieldDevice device = FieldDevice.add(url, ++count, "fd00:64::" + Integer.toHexString(count));

    Packet answer = gateway.ask(node.auth(), gateway.access(device));

    assertThat(answer.address(Type.FRAMED_IPV6_ADDRESS)).contains(device.address());
    assertThat(answer.octets(Type.FRAMED_IP_ADDRESS)).isEmpty();
  }

  @Test
  void everyOtherCaseIsRefusedInTheSameWordsAndWrittenDown() {
    Map<String, String> changes = new LinkedHashMap<>();
    changes.put("update fleet.sim set state = 'blocked' where id = '%2$s'", "sim-not-active");
    changes.put("update fleet.sim set state = 'in-stock' where id = '%2$s'", "sim-not-active");
    changes.put(
        "update fleet.sim set imsi = '46600999999999' || right(imsi, 1) where id = '%2$s'",
        "unknown-sim");
    changes.put(
        "update fleet.sim set msisdn = '77' || right(msisdn, 10) where id = '%2$s'",
        "other-number");
    changes.put(
        "update fleet.pairing set until = clock_timestamp() where sim = '%2$s'", "unpaired");
    changes.put("update fleet.device set state = 'lost' where id = '%1$s'", "device-lost");
    changes.put(
        "update fleet.device set state = 'in-repair' where id = '%1$s'", "device-not-assigned");
    changes.put(
        "update fleet.device set state = 'retired' where id = '%1$s'", "device-not-assigned");
    changes.put(
        "update fleet.device set imei = '99' || right(imei, 12) where id = '%1$s'", "other-device");
    changes.put("update fleet.device set imei = null where id = '%1$s'", "other-device");
    changes.forEach((sql, reason) -> {
      FieldDevice device = device();
      TestDatabase.execute(url, sql.formatted(device.device(), device.sim()));

      Packet answer = gateway.ask(node.auth(), gateway.access(device));

      assertThat(answer.code()).as(sql).isEqualTo(Code.ACCESS_REJECT);
      assertThat(answer.octets(18)).as("a reply message").isEmpty();
      assertThat(answer.octets(Type.FRAMED_IP_ADDRESS)).isEmpty();
      assertThat(lastRefusal(device)).isEqualTo(reason);
      assertThat(
              TestDatabase.text(
                  url,
                  "select code from audit.entry where act = 'network.access' and details::jsonb ->> 'imsi' = '"
                      + device.imsi()
                      + "'"))
          .isEqualTo(reason);
    });
  }

  @Test
  void aSimThatSaysLessThanItMustIsNotLetIn() {
    FieldDevice device = device();
    Packet nothing =
        gateway.ask(
            node.auth(),
            Draft.of(Code.ACCESS_REQUEST, 1).with(Type.CALLED_STATION_ID, TestGateway.APN));
    Packet withoutHardware = gateway.ask(node.auth(), gateway.access(device.in("-")));
    Packet elsewhere =
        gateway.ask(
            node.auth(),
            Draft.of(Code.ACCESS_REQUEST, 2)
                .with(Type.CALLED_STATION_ID, "internet")
                .withThreeGpp(ThreeGpp.IMSI, device.imsi().getBytes(StandardCharsets.US_ASCII)));

    assertThat(nothing.code()).isEqualTo(Code.ACCESS_REJECT);
    assertThat(withoutHardware.code()).isEqualTo(Code.ACCESS_REJECT);
    assertThat(elsewhere.code()).isEqualTo(Code.ACCESS_REJECT);
    assertThat(lastRefusal(device)).isEqualTo("other-apn");
  }

  @Test
  void theOperatorsPartOfTheNameOfAnAccessPointAndItsCaseDoNotMatter() {
    FieldDevice device = device();
    Draft draft =
        Draft.of(Code.ACCESS_REQUEST, 3)
            .with(Type.CALLED_STATION_ID, "Field.Customs.MNC092.mcc466.gprs")
            .with(Type.CALLING_STATION_ID, "+" + device.msisdn())
            .withThreeGpp(ThreeGpp.IMSI, device.imsi().getBytes(StandardCharsets.US_ASCII))
            .withThreeGpp(ThreeGpp.IMEISV, device.imeisv().getBytes(StandardCharsets.US_ASCII));

    assertThat(gateway.ask(node.auth(), draft).code()).isEqualTo(Code.ACCESS_ACCEPT);
  }

  @Test
  void thePolicyMayLetASimInAnotherDevicePassAndRaisesAnAlarm() {
    FieldDevice device = device();
    FieldDevice elsewhere = device.in("9912345678901201");
    assertThat(gateway.ask(node.auth(), gateway.access(elsewhere)).code())
        .isEqualTo(Code.ACCESS_REJECT);
    TestDatabase.execute(
        url, "update identity.policy set value = 1 where code = 'sim-in-other-device'");
    try {
      assertThat(gateway.ask(node.auth(), gateway.access(elsewhere)).code())
          .isEqualTo(Code.ACCESS_ACCEPT);
    } finally {
      TestDatabase.execute(
          url, "update identity.policy set value = 0 where code = 'sim-in-other-device'");
    }
    assertThat(
            TestDatabase.text(
                url,
                "select code from audit.entry where act = 'network.alarm' and details::jsonb ->> 'imsi' = '"
                    + device.imsi()
                    + "'"))
        .isEqualTo("other-device");
  }

  @Test
  void thePasswordOfTheAccessPointCountsWhereThereIsOne() throws NoSuchAlgorithmException {
    FieldDevice device = device();
    byte[] right = "passwörd".getBytes(StandardCharsets.UTF_8);
    byte[] authenticator = Draft.randomAuthenticator();
    byte[] challenge = "a challenge".getBytes(StandardCharsets.US_ASCII);
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    md5.update((byte) 5);
    md5.update(right);
    byte[] proof = new byte[17];
    proof[0] = 5;
    System.arraycopy(md5.digest(challenge), 0, proof, 1, 16);

    assertThat(
            code(
                withPassword
                    .access(device)
                    .with(
                        Type.USER_PASSWORD,
                        Password.hidden(right, authenticator, withPassword.secret)),
                authenticator))
        .isEqualTo(Code.ACCESS_ACCEPT);
    assertThat(
            code(
                withPassword
                    .access(device)
                    .with(Type.CHAP_PASSWORD, proof)
                    .with(Type.CHAP_CHALLENGE, challenge),
                authenticator))
        .isEqualTo(Code.ACCESS_ACCEPT);
    proof[16] ^= 1;
    assertThat(
            code(
                withPassword
                    .access(device)
                    .with(Type.CHAP_PASSWORD, proof)
                    .with(Type.CHAP_CHALLENGE, challenge),
                authenticator))
        .isEqualTo(Code.ACCESS_REJECT);
    assertThat(
            code(
                withPassword
                    .access(device)
                    .with(
                        Type.USER_PASSWORD,
                        Password.hidden(
                            Arrays.copyOf(right, 8), authenticator, withPassword.secret)),
                authenticator))
        .isEqualTo(Code.ACCESS_REJECT);
    assertThat(code(withPassword.access(device), authenticator)).isEqualTo(Code.ACCESS_REJECT);
    assertThat(lastRefusal(device)).isEqualTo("wrong-password");
  }

  private Code code(Draft draft, byte[] authenticator) {
    byte[] bytes =
        withPassword
            .raw(node.auth(), draft.asking(authenticator, withPassword.secret))
            .orElseThrow();
    return ((Packet) Packet.parse(bytes, bytes.length)).code();
  }

  @Test
  void theSameRequestGetsTheSameAnswerAndIsDecidedOnce() {
    FieldDevice device = device();
    TestDatabase.execute(
        url, "update fleet.sim set state = 'blocked' where id = '" + device.sim() + "'");
    byte[] request = gateway.access(device).asking(Draft.randomAuthenticator(), gateway.secret);

    byte[] first = gateway.raw(node.auth(), request).orElseThrow();
    byte[] second = gateway.raw(node.auth(), request).orElseThrow();

    assertThat(second).isEqualTo(first);
    assertThat(
            TestDatabase.text(
                url, "select count(*) from access.refusal where imsi = '" + device.imsi() + "'"))
        .isEqualTo("1");
  }

  @Test
  void aGatewayThatWasDisabledIsAnsweredNothingAnyMore(@TempDir Path data) {
    FieldDevice device = device();
    TestDatabase.execute(url, "update access.gateway set enabled = false where name = 'pgw-2'");
    try {
      org.awaitility.Awaitility.await()
          .until(() -> {
            withPassword.send(
                node.auth(),
                withPassword
                    .access(device)
                    .asking(Draft.randomAuthenticator(), withPassword.secret));
            return withPassword.receive(200).isEmpty();
          });
    } finally {
      TestDatabase.execute(url, "update access.gateway set enabled = true where name = 'pgw-2'");
    }
    org.awaitility.Awaitility.await()
        .until(() -> {
          withPassword.send(
              node.auth(),
              withPassword.access(device).asking(Draft.randomAuthenticator(), withPassword.secret));
          return withPassword.receive(200).isPresent();
        });
  }
}
