package tongguan.access.radius.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The codec against the examples of the RFCs, and against digests computed beside it. */
class WireTest {
  private static final byte[] OF_THE_RFCS = "xyzzy5461".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OURS =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final SharedSecret rfc = new SharedSecret(OF_THE_RFCS);
  private final SharedSecret secret = SharedSecret.of(OURS);

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  private static Packet packet(byte[] bytes) {
    return (Packet) Packet.parse(bytes, bytes.length);
  }

  private static String why(byte[] bytes) {
    return Packet.parse(bytes, bytes.length) instanceof Parsed.Malformed malformed
        ? malformed.why()
        : "none";
  }

  /** RFC 2865 §7.1. */
  @Test
  void readsThePasswordOfTheRfcAndItsAnswer() {
    Packet request =
        packet(
            hex(
                """
                01 00 00 38 0f 40 3f 94 73 97 80 57 bd 83 d5 cb 98 f4 22 7a 01 06 6e 65 6d 6f 02 12
                0d be 70 8d 93 d4 13 ce 31 96 e4 3f 78 2a 0a ee 04 06 c0 a8 01 10 05 06 00 00 00 03
                """));
    assertThat(request.text(Type.USER_NAME)).isEqualTo("nemo");
    assertThat(Password.revealed(request, rfc))
        .hasValueSatisfying(
            plain -> assertThat(plain).isEqualTo("arctangent".getBytes(StandardCharsets.US_ASCII)));
    assertThat(Password.matches(request, rfc, "arctangent".getBytes(StandardCharsets.US_ASCII)))
        .isTrue();
    assertThat(Password.matches(request, rfc, "arctangens".getBytes(StandardCharsets.US_ASCII)))
        .isFalse();
    // It has no Message-Authenticator, and so is nobody's.
    for (Signature.Place place : Signature.Place.values()) {
      assertThat(Signature.holds(request, rfc, place)).isFalse();
    }

    byte[] answer =
        hex(
            """
            02 00 00 26 86 fe 22 0e 76 24 ba 2a 10 05 f6 bf 9b 55 e0 b2
            06 06 00 00 00 01 0f 06 00 00 00 00 0e 06 c0 a8 01 03
            """);
    byte[] again = answer.clone();
    System.arraycopy(request.authenticator(), 0, again, 4, 16);
    assertThat(rfc.digest(again)).isEqualTo(Arrays.copyOfRange(answer, 4, 20));
  }

  /** RFC 2865 §7.2: CHAP with the request's own authenticator as the challenge. */
  @Test
  void knowsWhoProvesThePasswordByChap() {
    byte[] authenticator = hex("2a ee 86 f0 8d 0d 55 96 9c a5 97 8e 0d 33 67 a2");
    byte[] bytes =
        hex(
            """
            01 01 00 47 2a ee 86 f0 8d 0d 55 96 9c a5 97 8e 0d 33 67 a2 01 08 66 6c 6f 70 73 79
            03 13 16 e9 75 57 c3 16 18 58 95 f2 93 ff 63 44 07 72 75 04 06 c0 a8 01 10
            05 06 00 00 00 14 06 06 00 00 00 02 07 06 00 00 00 01
            """);
    Packet request = packet(bytes);

    assertThat(request.authenticator()).isEqualTo(authenticator);
    assertThat(Password.matches(request, rfc, "arctangent".getBytes(StandardCharsets.US_ASCII)))
        .isTrue();
    assertThat(Password.matches(request, rfc, "Arctangent".getBytes(StandardCharsets.US_ASCII)))
        .isFalse();
  }

  /** RFC 5997 §6.1. */
  @Test
  void takesTheMessageAuthenticatorOfTheRfc() {
    byte[] bytes =
        hex(
            """
            0c da 00 26 8a 54 f4 68 6f b3 94 c5 28 66 e3 02 18 5d 06 23
            50 12 5a 66 5e 2e 1e 84 11 f3 e2 43 82 20 97 c8 4f a3
            """);
    assertThat(Signature.holds(packet(bytes), rfc, Signature.Place.FIRST)).isTrue();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] other = bytes.clone();
      other[bit / 8] ^= (byte) (1 << bit % 8);
      if (Packet.parse(other, other.length) instanceof Packet changed) {
        assertThat(Signature.holds(changed, rfc, Signature.Place.ANYWHERE))
            .as("bit " + bit)
            .isFalse();
      }
    }
  }

  @Test
  void everyAnswerBeginsWithAMessageAuthenticatorThatIsRight() throws GeneralSecurityException {
    byte[] authenticator = Draft.randomAuthenticator();
    byte[] request =
        Draft.of(Code.ACCESS_REQUEST, 7)
            .with(Type.PROXY_STATE, hex("0102"))
            .with(Type.USER_NAME, "any")
            .with(Type.PROXY_STATE, hex("03"))
            .asking(authenticator, secret);
    byte[] answer =
        Draft.answer(Code.ACCESS_ACCEPT, packet(request))
            .with(Type.SESSION_TIMEOUT, 3600)
            .answering(packet(request), secret);

    assertThat(answer[20]).isEqualTo((byte) 80);
    assertThat(answer[21]).isEqualTo((byte) 18);
    byte[] signed = answer.clone();
    System.arraycopy(authenticator, 0, signed, 4, 16);
    Arrays.fill(signed, 22, 38, (byte) 0);
    Mac mac = Mac.getInstance("HmacMD5");
    mac.init(new SecretKeySpec(OURS, "HmacMD5"));
    assertThat(Arrays.copyOfRange(answer, 22, 38)).isEqualTo(mac.doFinal(signed));
    byte[] whole = answer.clone();
    System.arraycopy(authenticator, 0, whole, 4, 16);
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    md5.update(whole);
    assertThat(Arrays.copyOfRange(answer, 4, 20)).isEqualTo(md5.digest(OURS));
    assertThat(packet(answer).all(Type.PROXY_STATE)).containsExactly(hex("0102"), hex("03"));
    assertThat(Signature.holds(packet(answer), secret, packet(request), true)).isTrue();
  }

  /** RFC 2866 knows no Message-Authenticator; peers differ in how they would compute it. */
  @Test
  void accountingWithoutItIsAnsweredWithoutIt() {
    byte[] request =
        without(Draft.of(Code.ACCOUNTING_REQUEST, 1).with(Type.USER_NAME, "u").asking(secret));

    byte[] answer =
        Draft.answer(Code.ACCOUNTING_RESPONSE, packet(request)).answering(packet(request), secret);

    assertThat(answer).hasSize(20);
    byte[] whole = answer.clone();
    System.arraycopy(request, 4, whole, 4, 16);
    assertThat(Arrays.copyOfRange(answer, 4, 20)).isEqualTo(secret.digest(whole));
  }

  @Test
  void aPasswordOfAnyLengthComesBackAsItWas() {
    byte[] authenticator = Draft.randomAuthenticator();
    for (int length : List.of(0, 1, 15, 16, 17, 31, 32, 100, 127, 128)) {
      byte[] password = "p".repeat(length).getBytes(StandardCharsets.US_ASCII);
      byte[] request =
          Draft.of(Code.ACCESS_REQUEST, 1)
              .with(Type.USER_PASSWORD, Password.hidden(password, authenticator, secret))
              .asking(authenticator, secret);
      assertThat(Password.revealed(packet(request), secret))
          .hasValueSatisfying(plain -> assertThat(plain).isEqualTo(password));
    }
    assertThatThrownBy(() -> Password.hidden(new byte[129], authenticator, secret))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wherePeersPutTheMessageAuthenticatorIsAMatterOfThePeer() {
    byte[] first = Draft.of(Code.ACCOUNTING_REQUEST, 1).with(Type.USER_NAME, "u").asking(secret);
    byte[] none = without(first);
    byte[] late = late(first);

    assertThat(held(first)).containsExactly(true, true, true);
    assertThat(held(late)).containsExactly(false, true, true);
    assertThat(held(none)).containsExactly(false, false, true);
  }

  private List<Boolean> held(byte[] bytes) {
    return Arrays.stream(Signature.Place.values())
        .map(place -> Signature.holds(packet(bytes), secret, place))
        .toList();
  }

  /** An accounting request as RFC 2866 has it. */
  private byte[] without(byte[] signed) {
    byte[] bytes = new byte[signed.length - 18];
    System.arraycopy(signed, 0, bytes, 0, 20);
    System.arraycopy(signed, 38, bytes, 20, signed.length - 38);
    bytes[3] = (byte) bytes.length;
    Arrays.fill(bytes, 4, 20, (byte) 0);
    System.arraycopy(secret.digest(bytes), 0, bytes, 4, 16);
    return bytes;
  }

  private byte[] late(byte[] signed) {
    byte[] bytes = signed.clone();
    int at = signed.length - 18;
    System.arraycopy(signed, 38, bytes, 20, at - 20);
    Arrays.fill(bytes, 4, 20, (byte) 0);
    Arrays.fill(bytes, at, bytes.length, (byte) 0);
    bytes[at] = 80;
    bytes[at + 1] = 18;
    System.arraycopy(secret.hmac(bytes), 0, bytes, at + 2, 16);
    System.arraycopy(secret.digest(bytes), 0, bytes, 4, 16);
    return bytes;
  }

  @Test
  void whatIsNoPacketIsToldWhy() {
    String header = "01 00 %s 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ";
    assertThat(why(hex(""))).isEqualTo("short");
    assertThat(why(hex("01 00 00"))).isEqualTo("short");
    assertThat(why(hex(header.formatted("00 14")))).isEqualTo("short");
    assertThat(why(hex(header.formatted("00 13") + "00"))).isEqualTo("length");
    assertThat(why(hex(header.formatted("00 15") + "00"))).isEqualTo("length");
    assertThat(why(hex(header.formatted("ff ff") + "00"))).isEqualTo("length");
    assertThat(why(hex(header.formatted("00 00") + "00"))).isEqualTo("length");
    assertThat(why(hex("63" + header.formatted("00 14").substring(2) + "00"))).isEqualTo("code");
    assertThat(why(hex("00" + header.formatted("00 14").substring(2) + "00"))).isEqualTo("code");
    assertThat(why(hex(header.formatted("00 15") + "00 01"))).isEqualTo("attribute");
    assertThat(why(hex(header.formatted("00 16") + "00 01 00"))).isEqualTo("attribute");
    assertThat(why(hex(header.formatted("00 16") + "00 01 01"))).isEqualTo("attribute");
    assertThat(why(hex(header.formatted("00 16") + "00 01 02"))).isEqualTo("attribute");
    assertThat(why(hex(header.formatted("00 17") + "00 01 04 61"))).isEqualTo("attribute");
    assertThat(why(hex(header.formatted("00 19") + "00 08 05 7f 00 01"))).isEqualTo("value");
    assertThat(why(hex(header.formatted("00 17") + "00 50 03 00"))).isEqualTo("authenticator");
    assertThat(why(new byte[4097])).isEqualTo("long");
  }

  @Test
  void aFloodOfAttributesOrOfProxyStatesIsNoPacket() {
    Draft states = Draft.of(Code.ACCESS_REQUEST, 1);
    for (int i = 0; i < 9; i++) {
      states.with(Type.PROXY_STATE, hex("00"));
    }
    assertThat(why(states.asking(secret))).isEqualTo("flood");
    Draft many = Draft.of(Code.ACCESS_REQUEST, 1);
    for (int i = 0; i < 200; i++) {
      many.with(Type.USER_NAME, "n");
    }
    assertThat(why(many.asking(secret))).isEqualTo("flood");
  }

  @Test
  void whatStandsBehindThePacketIsPadding() {
    byte[] bytes = Draft.of(Code.ACCOUNTING_REQUEST, 9).with(Type.USER_NAME, "u").asking(secret);
    byte[] padded = Arrays.copyOf(bytes, bytes.length + 30);

    assertThat(Signature.holds(packet(padded), secret, Signature.Place.FIRST)).isTrue();
  }

  @Test
  void findsWhatAVendorPutIntoOneAttributeOrSeveral() {
    byte[] bytes =
        Draft.of(Code.ACCESS_REQUEST, 1)
            .with(Type.VENDOR_SPECIFIC, hex("00 00 00 09 01 04 61 62"))
            .with(Type.VENDOR_SPECIFIC, hex("00 00 28 af 0a 03 35 01 05 34 36 36"))
            .withThreeGpp(ThreeGpp.IMEISV, "3512345678901234".getBytes(StandardCharsets.US_ASCII))
            .with(Type.VENDOR_SPECIFIC, hex("00 00 28 af 0b ff 35"))
            .asking(secret);
    Packet packet = packet(bytes);

    assertThat(ThreeGpp.text(packet, ThreeGpp.NSAPI)).isEqualTo("5");
    assertThat(ThreeGpp.text(packet, ThreeGpp.IMSI)).isEqualTo("466");
    assertThat(ThreeGpp.text(packet, ThreeGpp.IMEISV)).isEqualTo("3512345678901234");
    assertThat(packet.vendor(ThreeGpp.VENDOR, 11)).isEmpty();
  }

  @Test
  void textsAreFitForALog() {
    byte[] bytes =
        Draft.of(Code.ACCESS_REQUEST, 1)
            .with(Type.USER_NAME, hex("61 0a 00 62 ff e2 80 ae 20"))
            .asking(secret);

    assertThat(packet(bytes).text(Type.USER_NAME)).isEqualTo("a??b\ufffd?");
  }

  @Test
  void aSecretIsLongAndNeverShown() {
    assertThatThrownBy(() -> SharedSecret.of("fifteen octets.".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(SharedSecret.random()).matches("[0-9a-f]{64}").isNotEqualTo(SharedSecret.random());
    assertThat(secret.toString()).doesNotContain("0123");
  }
}
