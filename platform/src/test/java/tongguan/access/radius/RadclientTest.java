package tongguan.access.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;

/**
 * FreeRADIUS' radclient, a stranger with a dictionary of its own, against our server. It is older
 * than the mend of Blast-RADIUS and takes answers without Message-Authenticator, so that the bytes
 * are looked at on their way, too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RadclientTest {
  private DatabaseUrl url;
  private RadiusNode node;
  private TestGateway identity;
  private Path folder;
  private int count;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    url = TestDatabase.empty();
    folder = data;
    node = new RadiusNode(url, data);
    Path password = Files.writeString(data.resolve("apn.password"), "hello");
    // The relay below speaks from this address.
    identity =
        TestGateway.add(url, data, "pgw-1", "127.0.0.61", "--password-file", password.toString());
    node.start();
  }

  @AfterAll
  void stop() {
    node.close();
    identity.close();
  }

  /** Passes datagrams on and keeps a copy of each, as a probe on the wire would. */
  private static final class Tap implements AutoCloseable {
    final List<byte[]> requests = new CopyOnWriteArrayList<>();
    final List<byte[]> answers = new CopyOnWriteArrayList<>();
    private final DatagramSocket near = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final DatagramSocket far;
    private final int port;
    private volatile InetSocketAddress client = new InetSocketAddress(0);

    Tap(int port) throws IOException {
      this.far = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.61"));
      this.port = port;
      Thread.ofPlatform().daemon().start(() -> pass(near, true));
      Thread.ofPlatform().daemon().start(() -> pass(far, false));
    }

    private void pass(DatagramSocket from, boolean request) {
      byte[] buffer = new byte[5000];
      while (!from.isClosed()) {
        DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
        try {
          from.receive(datagram);
          byte[] bytes = Arrays.copyOf(buffer, datagram.getLength());
          if (request) {
            requests.add(bytes);
            client = (InetSocketAddress) datagram.getSocketAddress();
            far.send(
                new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
          } else {
            answers.add(bytes);
            near.send(new DatagramPacket(bytes, bytes.length, client));
          }
        } catch (SocketException closed) {
          return;
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }

    int near() {
      return near.getLocalPort();
    }

    @Override
    public void close() {
      near.close();
      far.close();
    }
  }

  private String radclient(Tap tap, String kind, String attributes) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), identity.secretText);
    Path input = Files.writeString(folder.resolve("request-" + ++count), attributes + "\n");
    Process process =
        new ProcessBuilder(
                "radclient",
                "-x",
                "-r",
                "2",
                "-t",
                "3",
                "-S",
                secret.toString(),
                "-f",
                input.toString(),
                "127.0.0.1:" + tap.near(),
                kind)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private static String of(FieldDevice device) {
    return """
    Message-Authenticator = 0x00
    User-Name = "field"
    NAS-Identifier = "pgw-1"
    NAS-IP-Address = 192.0.2.1
    Called-Station-Id = "field.customs"
    Calling-Station-Id = "%s"
    3GPP-IMSI = "%s"
    3GPP-IMEISV = "%s"
    3GPP-RAT-Type = 0x06
    3GPP-NSAPI = "5"
    3GPP-Selection-Mode = "0"
    3GPP-SGSN-Address = 198.51.100.7
    NAS-Port-Type = Virtual
    """
        .formatted(device.msisdn(), device.imsi(), device.imeisv());
  }

  /** Message-Authenticator stands first and is right, by a computation of our own. */
  private void assertSigned(byte[] answer, byte[] request) throws GeneralSecurityException {
    assertThat(answer[20]).isEqualTo((byte) 80);
    assertThat(answer[21]).isEqualTo((byte) 18);
    byte[] signed = answer.clone();
    // With accounting FreeRADIUS takes zeros in the place of the authenticator.
    byte[] authenticator = answer[0] == 5 ? new byte[16] : Arrays.copyOfRange(request, 4, 20);
    System.arraycopy(authenticator, 0, signed, 4, 16);
    Arrays.fill(signed, 22, 38, (byte) 0);
    Mac mac = Mac.getInstance("HmacMD5");
    mac.init(new SecretKeySpec(identity.secretText.getBytes(StandardCharsets.US_ASCII), "HmacMD5"));
    assertThat(Arrays.copyOfRange(answer, 22, 38)).isEqualTo(mac.doFinal(signed));
  }

  @Test
  void letsInByPapAndByChapAndSignsFirst() throws Exception {
    FieldDevice device = FieldDevice.add(url, 1);
    try (Tap tap = new Tap(node.auth())) {
      String pap = radclient(tap, "auth", of(device) + "User-Password = \"hello\"");
      String chap = radclient(tap, "auth", of(device) + "CHAP-Password = \"hello\"");
      String wrong = radclient(tap, "auth", of(device) + "User-Password = \"hullo\"");

      assertThat(pap)
          .contains(
              "Received Access-Accept", "Framed-IP-Address = 10.64.0.2", "Session-Timeout = 43200");
      assertThat(chap).contains("Received Access-Accept");
      assertThat(wrong).contains("Received Access-Reject").doesNotContain("Reply-Message");
      assertThat(tap.answers).hasSize(3);
      for (int i = 0; i < 3; i++) {
        assertThat(tap.requests.get(i)[20]).as("what radclient sends first").isEqualTo((byte) 80);
        assertSigned(tap.answers.get(i), tap.requests.get(i));
      }
    }
  }

  @Test
  void answersNothingWithoutMessageAuthenticator() throws Exception {
    FieldDevice device = FieldDevice.add(url, 2);
    try (Tap tap = new Tap(node.auth())) {
      String output =
          radclient(
              tap,
              "auth",
              of(device).replace("Message-Authenticator = 0x00\n", "")
                  + "User-Password = \"hello\"");

      assertThat(output).contains("No reply from server");
      assertThat(tap.requests).hasSizeGreaterThanOrEqualTo(2);
      assertThat(tap.answers).isEmpty();
    }
  }

  @Test
  void keepsWhatItsAccountingTells() throws Exception {
    FieldDevice device = FieldDevice.add(url, 3);
    try (Tap tap = new Tap(node.acct())) {
      String session =
          of(device)
              + """
              Acct-Session-Id = "C0A80001"
              Framed-IP-Address = %s
              Event-Timestamp = %d
              """
                  .formatted(device.address().getHostAddress(), Instant.now().getEpochSecond());
      assertThat(radclient(tap, "acct", session + "Acct-Status-Type = Start"))
          .contains("Received Accounting-Response");
      assertThat(number()).isEqualTo("C0A80001 06 5 198.51.100.7");
      assertThat(
              radclient(
                  tap,
                  "acct",
                  session + "Acct-Status-Type = Interim-Update\nAcct-Input-Octets = 77"))
          .contains("Received Accounting-Response");
      assertThat(TestDatabase.text(url, "select octets_in from access.live_apn_session"))
          .isEqualTo("77");
      assertThat(radclient(tap, "acct", session + "Acct-Status-Type = Stop"))
          .contains("Received Accounting-Response");
      assertThat(number()).isEmpty();
      for (int i = 0; i < tap.answers.size(); i++) {
        assertSigned(tap.answers.get(i), tap.requests.get(i));
      }
    }
  }

  private String number() {
    return TestDatabase.text(
        url,
        """
        select number || ' ' || (attributes ->> 'radio') || ' ' || (attributes ->> 'nsapi') || ' ' || (attributes ->> 'sgsn')
        from access.live_apn_session
        """);
  }

  @Test
  void answersItsStatusRequest() throws Exception {
    try (Tap tap = new Tap(node.auth())) {
      assertThat(radclient(tap, "status", "Message-Authenticator = 0x00"))
          .contains("Received Access-Accept");
    }
  }
}
