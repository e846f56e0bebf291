package tongguan.access.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.access.radius.wire.Code;
import tongguan.access.radius.wire.Draft;
import tongguan.access.radius.wire.Mutants;
import tongguan.access.radius.wire.Packet;
import tongguan.access.radius.wire.SharedSecret;
import tongguan.access.radius.wire.Type;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;

/**
 * Bytes that are no good request: no answer where the RFCs say discard, nothing thrown, nothing
 * changed, and good requests are answered all the while (threat P15).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRadiusTest {
  private DatabaseUrl url;
  private RadiusNode node;
  private TestGateway gateway;
  private TestGateway lenient;
  private FieldDevice device;

  @BeforeAll
  void start(@TempDir Path data) {
    url = TestDatabase.empty();
    node = new RadiusNode(url, data);
    gateway = TestGateway.add(url, data, "pgw-1", "127.0.0.71");
    lenient = TestGateway.add(url, data, "pgw-2", "127.0.0.72", "--signing", "anywhere");
    node.start();
    device = FieldDevice.add(url, 1);
  }

  @AfterAll
  void stop() {
    node.close();
    gateway.close();
    lenient.close();
  }

  private String state() {
    return TestDatabase.text(
        url,
        """
        select (select count(*) from access.apn_session) || ' ' || (select count(*) from access.refusal)
          || ' ' || (select count(*) from access.disconnect)
          || ' ' || (select count(*) from audit.entry where act like 'network.%' and act <> 'network.gateway')
        """);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  /** The attribute field alone, in a packet whose length is told truly and whose header is good. */
  private static byte[] around(Code code, String attributes) {
    byte[] inner = hex(attributes);
    byte[] bytes = new byte[20 + inner.length];
    bytes[0] = (byte) (code == Code.ACCESS_REQUEST ? 1 : 4);
    bytes[1] = 77;
    bytes[2] = (byte) (bytes.length >>> 8);
    bytes[3] = (byte) bytes.length;
    System.arraycopy(inner, 0, bytes, 20, inner.length);
    return bytes;
  }

  /** Signs whatever is there the way accounting is signed (RFC 2866 §3). */
  private static byte[] signed(byte[] bytes, String secret) {
    byte[] result = bytes.clone();
    Arrays.fill(result, 4, 20, (byte) 0);
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(result);
      System.arraycopy(md5.digest(secret.getBytes(StandardCharsets.US_ASCII)), 0, result, 4, 16);
      return result;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What cannot be told from the header or the attributes: their lengths lie, or nothing is there.
   */
  private static Map<String, byte[]> malformed(String secret) {
    Map<String, byte[]> cases = new LinkedHashMap<>();
    Random zeros = new Random(1);
    for (int size = 0; size < 20; size++) {
      byte[] cut = new byte[size];
      if (size > 0) {
        cut[0] = 4;
      }
      if (size > 3) {
        cut[3] = (byte) size;
      }
      cases.put("cut to " + size, cut);
    }
    for (int length : List.of(0, 1, 4, 19, 21, 100, 4096, 4097, 65_535)) {
      byte[] lying = new byte[20];
      lying[0] = 4;
      lying[2] = (byte) (length >>> 8);
      lying[3] = (byte) length;
      cases.put("says " + length, signed(lying, secret));
    }
    for (int code : List.of(0, 6, 10, 13, 21, 29, 31, 46, 50, 250, 255)) {
      byte[] unknown = new byte[20];
      unknown[0] = (byte) code;
      unknown[3] = 20;
      cases.put("code " + code, signed(unknown, secret));
    }
    for (String attributes :
        List.of(
            "01",
            "01 00",
            "01 01",
            "01 02",
            "01 03",
            "01 04 61",
            "01 ff 61",
            "01 03 61 01",
            "01 03 61 02 00",
            "01 03 61 02 01",
            "01 03 61 02 ff",
            "1a",
            "1a 02",
            "1a 03 00",
            "1a 06 00 00 28",
            "28 03 01",
            "28 05 00 00 01",
            "28 07 00 00 00 01 00",
            "08 03 0a",
            "08 07 0a 00 00 01 00",
            "50 02",
            "50 03 00",
            "50 11 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
            "50 13 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
            "37 05 00 00 00",
            "a8 06 20 01 0d b8",
            "03 03 00",
            "00 00",
            "ff 00",
            "ff 01")) {
      cases.put(attributes, signed(around(Code.ACCOUNTING_REQUEST, attributes), secret));
      cases.put("auth " + attributes, around(Code.ACCESS_REQUEST, attributes));
    }
    byte[] noise = new byte[4096];
    zeros.nextBytes(noise);
    cases.put("noise", noise);
    byte[] tooLong = Arrays.copyOf(noise, 4097);
    tooLong[0] = 4;
    tooLong[2] = 0x10;
    tooLong[3] = 0x01;
    cases.put("4097 octets", signed(tooLong, secret));
    return cases;
  }

  @Test
  void whatIsNoPacketIsNotAnsweredAndChangesNothing() {
    String before = state();

    malformed(gateway.secretText)
        .forEach((name, bytes) -> {
          gateway.assertNoAnswer(node.auth(), bytes);
          gateway.assertNoAnswer(node.acct(), bytes);
        });

    assertThat(state()).isEqualTo(before);
  }

  private byte[] start(String number) {
    return gateway.accounting(1, number, device, Instant.now()).asking(gateway.secret);
  }

  /** An attribute put in between, with all signatures made anew but the Message-Authenticator. */
  private static byte[] with(byte[] packet, int at, byte[] attribute) {
    byte[] longer = new byte[packet.length + attribute.length];
    System.arraycopy(packet, 0, longer, 0, at);
    System.arraycopy(attribute, 0, longer, at, attribute.length);
    System.arraycopy(packet, at, longer, at + attribute.length, packet.length - at);
    longer[2] = (byte) (longer.length >>> 8);
    longer[3] = (byte) longer.length;
    return longer;
  }

  private static byte[] without(byte[] packet, int from, int to) {
    byte[] shorter = new byte[packet.length - (to - from)];
    System.arraycopy(packet, 0, shorter, 0, from);
    System.arraycopy(packet, to, shorter, from, packet.length - to);
    shorter[2] = (byte) (shorter.length >>> 8);
    shorter[3] = (byte) shorter.length;
    return shorter;
  }

  /** Message-Authenticator moved to the end and right there; zero authenticator for accounting. */
  private static byte[] late(
      byte[] packet, TestGateway by, byte[] authenticator, boolean accounting) {
    byte[] bare = without(packet, 20, 38);
    byte[] late =
        with(bare, bare.length, hex("50 12 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"));
    System.arraycopy(authenticator, 0, late, 4, 16);
    System.arraycopy(by.hmac(late), 0, late, late.length - 16, 16);
    return accounting ? signed(late, by.secretText) : late;
  }

  @Test
  void aMessageAuthenticatorThatIsMissingLateShortTwiceOrWrongIsNotAnswered() {
    String before = state();
    byte[] authenticator = Draft.randomAuthenticator();
    byte[] access = gateway.access(device).asking(authenticator, gateway.secret);
    byte[] start = start("m1");
    byte[] own = Arrays.copyOfRange(access, 20, 38);
    byte[] ofStart = Arrays.copyOfRange(start, 20, 38);
    byte[] wrong = access.clone();
    wrong[30] ^= 1;
    byte[] wrongStart = start.clone();
    wrongStart[30] ^= 1;
    byte[] wrongAuthenticator = start.clone();
    wrongAuthenticator[5] ^= 1;
    byte[] otherSecret =
        gateway.access(device).asking(authenticator, SharedSecret.of(new byte[32]));
    byte[] otherSecretStart =
        gateway.accounting(1, "m1", device, Instant.now()).asking(SharedSecret.of(new byte[32]));

    for (byte[] request :
        List.of(
            without(access, 20, 38),
            late(access, gateway, authenticator, false),
            without(access, 37, 38),
            with(access, 38, own),
            twice(access, gateway, authenticator, false),
            with(access, access.length, own),
            wrong,
            otherSecret,
            new byte[0])) {
      gateway.assertNoAnswer(node.auth(), request);
    }
    for (byte[] request :
        List.of(
            signed(without(start, 20, 38), gateway.secretText),
            late(start, gateway, new byte[16], true),
            signed(without(start, 37, 38), gateway.secretText),
            signed(with(start, 38, ofStart), gateway.secretText),
            twice(start, gateway, new byte[16], true),
            signed(wrongStart, gateway.secretText),
            wrongAuthenticator,
            otherSecretStart)) {
      gateway.assertNoAnswer(node.acct(), request);
    }
    assertThat(state()).isEqualTo(before);

    // Where the gateway is known to put it last, it may stand there; two or none stay wrong.
    byte[] ofLenient = lenient.access(device).asking(authenticator, lenient.secret);
    assertThat(lenient.raw(node.auth(), late(ofLenient, lenient, authenticator, false)))
        .isPresent();
    lenient.assertNoAnswer(node.auth(), without(ofLenient, 20, 38));
    lenient.assertNoAnswer(node.auth(), with(ofLenient, 38, Arrays.copyOfRange(ofLenient, 20, 38)));
  }

  /** Two Message-Authenticators, of which the first is right over all of the packet. */
  private static byte[] twice(
      byte[] packet, TestGateway by, byte[] authenticator, boolean accounting) {
    byte[] twice =
        with(packet, packet.length, hex("50 12 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10"));
    System.arraycopy(authenticator, 0, twice, 4, 16);
    Arrays.fill(twice, 22, 38, (byte) 0);
    System.arraycopy(by.hmac(twice), 0, twice, 22, 16);
    return accounting ? signed(twice, by.secretText) : twice;
  }

  @Test
  void otherKindsOfPacketsHaveNoBusinessAtThesePorts() {
    String before = state();
    for (byte[] seed : Mutants.seeds(gateway.secret)) {
      int code = seed[0] & 0xFF;
      if (code != 1 && code != 12) {
        gateway.assertNoAnswer(node.auth(), seed);
      }
      if (code != 4 && code != 12) {
        gateway.assertNoAnswer(node.acct(), seed);
      }
    }
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void aFloodOfProxyStatesIsNotAnsweredAndAFewComeBack() {
    Draft few = gateway.access(device);
    Draft many = gateway.access(device);
    for (int i = 0; i < 8; i++) {
      few.with(Type.PROXY_STATE, new byte[] {(byte) i});
    }
    for (int i = 0; i < 9; i++) {
      many.with(Type.PROXY_STATE, new byte[] {(byte) i});
    }
    Packet answer = gateway.ask(node.auth(), few);
    assertThat(answer.all(Type.PROXY_STATE)).hasSize(8);
    gateway.assertNoAnswer(node.auth(), many.asking(Draft.randomAuthenticator(), gateway.secret));
  }

  @Test
  void aStrangerIsAnsweredNothingEvenWithARightSecret() throws Exception {
    byte[] request = gateway.access(device).asking(Draft.randomAuthenticator(), gateway.secret);
    try (var stranger =
        new java.net.DatagramSocket(0, java.net.InetAddress.ofLiteral("127.0.0.79"))) {
      stranger.send(
          new java.net.DatagramPacket(
              request, request.length, java.net.InetAddress.getLoopbackAddress(), node.auth()));
      gateway.assertNoAnswer(node.auth(), new byte[0]);
      stranger.setSoTimeout(1);
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> stranger.receive(new java.net.DatagramPacket(new byte[100], 100))))
          .isInstanceOf(java.net.SocketTimeoutException.class);
    }
  }

  /** A recorded Start, sent again after its Stop, and after the answers were forgotten. */
  @Test
  void aReplayedStartBringsNothingBack() {
    FieldDevice replayed = FieldDevice.add(url, 2);
    byte[] start = gateway.accounting(1, "z1", replayed, Instant.now()).asking(gateway.secret);
    assertThat(gateway.raw(node.acct(), start)).isPresent();
    gateway.tell(node.acct(), gateway.accounting(2, "z1", replayed, Instant.now().plusSeconds(1)));
    byte[] fromElsewhere = start.clone();
    try (TestGateway sameAddress = gateway.again()) {
      // From another port it is no repetition that the cache knows.
      assertThat(sameAddress.raw(node.acct(), fromElsewhere)).isPresent();
    }
    assertThat(
            TestDatabase.text(
                url, "select count(*) from access.live_apn_session where number = 'z1'"))
        .isEqualTo("0");
  }

  @Test
  void twoHundredThousandMutantsThrowNothing() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    SharedSecret secret =
        SharedSecret.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    List<byte[]> seeds = Mutants.seeds(secret);
    for (int i = 0; i < 200_000; i++) {
      byte[] original = seeds.get(random.nextInt(seeds.size()));
      byte[] mutant = Mutants.mutant(original, random);
      boolean good;
      try {
        good = Mutants.readAll(mutant);
      } catch (RuntimeException thrown) {
        throw new AssertionError("seed " + seed + ", mutant " + i, thrown);
      }
      // Only what is the original again, but for padding, is taken for good.
      if (good && !Arrays.equals(Arrays.copyOf(mutant, original.length), original)) {
        throw new AssertionError("seed " + seed + ", mutant " + i + " was taken for good");
      }
    }
  }
}
