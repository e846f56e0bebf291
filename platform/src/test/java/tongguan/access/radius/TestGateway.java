package tongguan.access.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tongguan.access.radius.wire.Code;
import tongguan.access.radius.wire.Draft;
import tongguan.access.radius.wire.Packet;
import tongguan.access.radius.wire.SharedSecret;
import tongguan.access.radius.wire.Signature;
import tongguan.access.radius.wire.ThreeGpp;
import tongguan.access.radius.wire.Type;
import tongguan.audit.Audit;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;

/** The operator's gateway as a test plays it, at an address of its own on loopback. */
final class TestGateway implements AutoCloseable {
  static final String APN = "field.customs";
  static final int PATIENCE_MILLIS = 5_000;

  final String name;
  final InetAddress address;
  final String secretText;
  final SharedSecret secret;
  private final DatagramSocket socket;
  private int identifier;

  private TestGateway(String name, InetAddress address, String secretText) throws IOException {
    this.name = name;
    this.address = address;
    this.secretText = secretText;
    this.secret = SharedSecret.of(secretText.getBytes(StandardCharsets.US_ASCII));
    boolean here = address.isLoopbackAddress();
    this.socket =
        here ? new DatagramSocket(new InetSocketAddress(address, 0)) : new DatagramSocket();
  }

  /** Adds it with the verb that an administrator would use. */
  static TestGateway add(
      DatabaseUrl url, Path data, String name, String address, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> words = new ArrayList<>(List.of("add", name, "--address", address, "--apn", APN));
    words.addAll(List.of(options));
    Clock clock = Clock.systemUTC();
    try (Database database = new Database(url, 1);
        Audit audit = new Audit(database, new Ids(clock), clock)) {
      int code =
          GatewayVerb.run(
              words, data, database, audit, new PrintStream(out, true, StandardCharsets.UTF_8));
      assertThat(code).isZero();
      String secret = out.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
      return new TestGateway(name, InetAddress.ofLiteral(address), secret);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same gateway, speaking from another port. */
  TestGateway again() {
    try {
      return new TestGateway(name, address, secretText);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By a computation of the JDK's and not of our codec. */
  byte[] hmac(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(secretText.getBytes(StandardCharsets.US_ASCII), "HmacMD5"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Draft access(FieldDevice device) {
    return identified(Draft.of(Code.ACCESS_REQUEST, ++identifier & 0xFF), device);
  }

  /** An Accounting-Request of a session, dated. */
  Draft accounting(int kind, String number, FieldDevice device, Instant at) {
    Draft draft =
        identified(Draft.of(Code.ACCOUNTING_REQUEST, ++identifier & 0xFF), device)
            .with(Type.ACCT_STATUS_TYPE, kind)
            .with(Type.ACCT_SESSION_ID, number)
            .with(
                device.address() instanceof Inet4Address
                    ? Type.FRAMED_IP_ADDRESS
                    : Type.FRAMED_IPV6_ADDRESS,
                device.address());
    return at.equals(Instant.EPOCH) ? draft : draft.with(Type.EVENT_TIMESTAMP, at.getEpochSecond());
  }

  private static Draft identified(Draft draft, FieldDevice device) {
    return draft
        .with(Type.USER_NAME, "field")
        .with(Type.NAS_IDENTIFIER, "pgw-1")
        .with(Type.CALLED_STATION_ID, APN)
        .with(Type.CALLING_STATION_ID, device.msisdn())
        .withThreeGpp(ThreeGpp.IMSI, device.imsi().getBytes(StandardCharsets.US_ASCII))
        .withThreeGpp(ThreeGpp.IMEISV, device.imeisv().getBytes(StandardCharsets.US_ASCII));
  }

  /** Asks to be let in; the answer is held against both authenticators. */
  Packet ask(int port, Draft draft) {
    byte[] authenticator = Draft.randomAuthenticator();
    return exchange(port, draft.asking(authenticator, secret)).orElseThrow();
  }

  /** Tells, and hears that it was kept. */
  Packet tell(int port, Draft draft) {
    Packet answer =
        exchange(port, draft.asking(secret)).orElseThrow(() -> new AssertionError("no answer"));
    assertThat(answer.code()).isEqualTo(Code.ACCOUNTING_RESPONSE);
    return answer;
  }

  private Optional<Packet> exchange(int port, byte[] request) {
    Packet asked = (Packet) Packet.parse(request, request.length);
    return raw(port, request)
        .map(bytes -> {
          Packet answer = (Packet) Packet.parse(bytes, bytes.length);
          assertThat(Signature.holds(answer, secret, asked, true)).isTrue();
          return answer;
        });
  }

  /** The bytes that come back, if any do in time. */
  Optional<byte[]> raw(int port, byte[] request) {
    send(port, request);
    return receive(PATIENCE_MILLIS);
  }

  void send(int port, byte[] request) {
    try {
      socket.send(
          new DatagramPacket(request, request.length, InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<byte[]> receive(int millis) {
    byte[] buffer = new byte[5000];
    DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
    try {
      socket.setSoTimeout(millis);
      socket.receive(datagram);
      return Optional.of(Arrays.copyOf(buffer, datagram.getLength()));
    } catch (SocketTimeoutException nothing) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing comes back: a good request that is sent afterwards is answered first. */
  void assertNoAnswer(int port, byte[] request) {
    send(port, request);
    byte[] authenticator = Draft.randomAuthenticator();
    byte[] good = Draft.of(Code.STATUS_SERVER, ++identifier & 0xFF).asking(authenticator, secret);
    byte[] answer =
        raw(port, good).orElseThrow(() -> new AssertionError("not even a good one is answered"));
    Packet packet = (Packet) Packet.parse(answer, answer.length);
    assertThat(Signature.holds(packet, secret, (Packet) Packet.parse(good, good.length), true))
        .as("an answer that should not be there")
        .isTrue();
  }

  @Override
  public void close() {
    socket.close();
  }
}
