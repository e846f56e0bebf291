package tongguan.base.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The door with TLS, tried by peers that are right and by peers that are wrong (P14; ASVS 12.1.1,
 * 12.1.2, 12.1.3, 12.2.1, 12.3.3).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsHttpTest {
  private static final String HELLO =
      "GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private final TestAuthority ours = new TestAuthority("ours");
  private final TestAuthority theirs = new TestAuthority("ours");
  private TestHost host;
  private int port;

  @BeforeAll
  void start() {
    Patience patience =
        new Patience(
            Duration.ofMillis(600),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3));
    host = new TestHost(patience).opened(ours.identity(ours));
    port = host.host.securePort();
  }

  @AfterAll
  void stop() {
    host.close();
  }

  @Test
  void aCertificateIsAskedForAndReachesTheRouteButNoneIsNeededYet() throws Exception {
    assertThat(Secured.who(port, ours.context(ours.client("pda-7")), new byte[0]))
        .contains("\"certificate\":\"CN=pda-7\"", "\"secure\":true", "\"127.0.0.1\"");
    assertThat(Secured.who(port, ours.context(), new byte[0])).contains("\"certificate\":\"none\"");
  }

  @Test
  void p14OlderTlsIsRefusedAndOnlyTheSuitesOf13AreThere() throws Exception {
    for (String old : List.of("TLSv1.2", "TLSv1.1", "TLSv1")) {
      assertThatThrownBy(() -> Secured.send(port, ours.context(), new byte[0], HELLO, old))
          .as(old)
          .isInstanceOf(IOException.class);
    }
    try (SSLSocket socket = (SSLSocket) ours.context().getSocketFactory().createSocket()) {
      socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      assertThat(socket.getSession().getCipherSuite()).isEqualTo("TLS_AES_256_GCM_SHA384");
    }
  }

  @Test
  void certificatesOfOthersAndThoseOutOfTheirTimeAreRefusedInTheHandshake() throws Exception {
    Instant now = Instant.now();
    for (TestAuthority.Holder wrong :
        List.of(
            theirs.client("pda-7"),
            ours.client("pda-7", now.minus(Duration.ofDays(2)), Duration.ofDays(1)),
            ours.client("pda-7", now.plus(Duration.ofDays(1)), Duration.ofDays(1)),
            new TestAuthority.Holder(TestAuthority.newKeys(), theirs.certificate))) {
      assertThatThrownBy(() -> Secured.send(port, ours.context(wrong), HELLO))
          .as(wrong.certificate().toString())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aKeyThatIsNotTheCertificatesIsRefused() {
    TestAuthority.Holder stolen =
        new TestAuthority.Holder(TestAuthority.newKeys(), ours.client("pda-7").certificate());

    assertThatThrownBy(() -> Secured.send(port, ours.context(stolen), HELLO))
        .isInstanceOf(IOException.class);
  }

  @Test
  void theServerProvesItselfToo() {
    assertThatThrownBy(() -> Secured.send(port, theirs.context(), HELLO))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void withoutAnyAuthorityNoCertificateIsTaken() throws Exception {
    try (TestHost none = new TestHost().opened(ours.identity())) {
      int there = none.host.securePort();
      assertThat(Secured.who(there, ours.context(), new byte[0])).contains("none");
      assertThatThrownBy(() -> Secured.send(there, ours.context(ours.client("pda-7")), HELLO))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aRenewedCertificateIsShownFromThenOn() throws Exception {
    TestAuthority next = new TestAuthority("next");
    try (TestHost renewing = new TestHost().opened(ours.identity(ours))) {
      int there = renewing.host.securePort();
      assertThat(Secured.send(there, ours.context(), HELLO).statuses()).containsExactly(200);

      renewing.host.identify(next.identity(next));

      assertThat(Secured.send(there, next.context(), HELLO).statuses()).containsExactly(200);
      assertThatThrownBy(() -> Secured.send(there, ours.context(), HELLO))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void answersOverTlsTellBrowsersToStayThereAndPlainOnesDoNot() throws Exception {
    assertThat(Secured.send(port, ours.context(), HELLO).only().header("Strict-Transport-Security"))
        .contains("max-age=63072000; includeSubDomains");
    assertThat(
            Secured.send(port, ours.context(), HELLO.replace("/hello", "/none"))
                .only()
                .header("Strict-Transport-Security"))
        .isPresent();
    assertThat(host.send(HELLO).only().header("Strict-Transport-Security")).isEmpty();
  }

  @Test
  void plainHttpGetsNoAnswerThere() {
    Wire.Reply reply = Wire.send(port, HELLO);

    assertThat(reply.answers()).isEmpty();
    assertThat(reply.closed()).isTrue();
  }

  @Test
  void clientsThatOfferHttp2GetHttp1AndThoseThatInsistGetNothing() throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(ours.context()).build()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/who")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(response.statusCode()).isEqualTo(200);
    }
    try (SSLSocket socket = (SSLSocket) ours.context().getSocketFactory().createSocket()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aHandshakeAndAHeadThatTakeTooLongAreCut() throws Exception {
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket begun = new Socket(InetAddress.getLoopbackAddress(), port)) {
      silent.setSoTimeout(5_000);
      begun.setSoTimeout(5_000);
      begun.getOutputStream().write(new byte[] {0x16, 3, 1, 1, 0, 1, 0, 0, (byte) 0xFC, 3, 3});

      assertThat(isCut(silent)).isTrue();
      assertThat(isCut(begun)).isTrue();
    }
    try (SSLSocket slow = (SSLSocket) ours.context().getSocketFactory().createSocket()) {
      slow.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      slow.setSoTimeout(5_000);
      slow.getOutputStream()
          .write("GET /hello HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));

      assertThat(isCut(slow)).isTrue();
    }
    assertThat(Secured.send(port, ours.context(), HELLO).statuses()).containsExactly(200);
  }

  /** A read that ends before its own patience does. */
  private static boolean isCut(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException silence) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void whatIsRefusedAsPlainHttpIsRefusedOverTls() throws Exception {
    for (RawHttpTest.Case one : RawHttpTest.cases().filter(RawHttpTest.Case::closes).toList()) {
      assertThat(Secured.send(port, ours.context(), one.request()).statuses())
          .as(one.name())
          .isEqualTo(one.statuses());
    }
  }
}
