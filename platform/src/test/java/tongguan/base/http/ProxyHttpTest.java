package tongguan.base.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Behind a balancer, and where someone plays one (P16, rule 29; ASVS 4.1.3). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyHttpTest {
  private static final String[] FORWARDED = {
    "X-Forwarded-For: 10.9.9.9",
    "Forwarded: for=10.9.9.9;proto=https;host=evil.example",
    "X-Real-IP: 10.9.9.9",
    "X-Forwarded-Host: evil.example",
    "X-Forwarded-Proto: http",
    "Via: 1.1 10.9.9.9",
    "True-Client-IP: 10.9.9.9",
    "CF-Connecting-IP: 10.9.9.9",
    "X-Client-IP: 10.9.9.9",
    "X-Cluster-Client-IP: 10.9.9.9"
  };

  private final TestAuthority ours = new TestAuthority("ours");
  private TestHost behind;
  private TestHost open;
  private int port;

  @BeforeAll
  void start() {
    Patience patience =
        new Patience(
            Duration.ofMillis(600),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3));
    behind = new TestHost(patience).opened(ours.identity(ours), "127.0.0.0/8", "::1/128");
    open = new TestHost(patience).opened(ours.identity(ours), "10.0.0.0/8");
    port = behind.host.securePort();
  }

  @AfterAll
  void stop() {
    behind.close();
    open.close();
  }

  @Test
  void theClientIsWhomTheBalancerNames() throws Exception {
    assertThat(Secured.who(port, ours.context(), ProxyHeaderTest.of("10.20.3.4", 4711)))
        .contains("\"address\":\"10.20.3.4\"", "\"port\":4711");
    assertThat(
            Secured.who(
                port,
                ours.context(ours.client("pda-7")),
                ProxyHeaderTest.of("2001:db8::7", 1, new byte[] {4, 0, 1, 0})))
        .contains("\"address\":\"2001:db8:0:0:0:0:0:7\"", "CN=pda-7");
    assertThat(Secured.who(port, ours.context(), ProxyHeaderTest.LOCAL))
        .contains("\"address\":\"127.0.0.1\"");
  }

  @Test
  void p16noHttpHeaderChangesWhoTheClientIs() throws Exception {
    assertThat(Secured.who(port, ours.context(), ProxyHeaderTest.of("10.20.3.4", 1), FORWARDED))
        .contains("\"address\":\"10.20.3.4\"", "\"secure\":true");
    assertThat(Secured.who(open.host.securePort(), ours.context(), new byte[0], FORWARDED))
        .contains("\"address\":\"127.0.0.1\"");
  }

  @Test
  void withoutItsHeaderABalancersConnectionIsClosed() {
    assertThatThrownBy(() -> Secured.who(port, ours.context(), new byte[0]))
        .isInstanceOf(IOException.class);
  }

  @Test
  void p16fromAnyOtherAddressAHeaderIsABrokenHandshake() {
    for (byte[] header :
        new byte[][] {ProxyHeaderTest.of("10.20.3.4", 4711), ProxyHeaderTest.LOCAL}) {
      assertThatThrownBy(() -> Secured.who(open.host.securePort(), ours.context(), header))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aSecondHeaderInsideOrAfterIsNotTaken() {
    byte[] one = ProxyHeaderTest.of("10.20.3.4", 4711);
    byte[] two = java.util.Arrays.copyOf(one, one.length * 2);
    System.arraycopy(ProxyHeaderTest.of("10.9.9.9", 1), 0, two, one.length, one.length);

    assertThatThrownBy(() -> Secured.who(port, ours.context(), two))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aHeaderThatComesTooSlowlyIsCutAndOthersAreServedMeanwhile() throws Exception {
    byte[] header = ProxyHeaderTest.of("10.20.3.4", 4711);
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), port)) {
      slow.setSoTimeout(50);
      long started = System.nanoTime();
      int at = 0;
      boolean cut = false;
      while (!cut && at < header.length) {
        // One byte each 50 ms would take 1.4 s.
        slow.getOutputStream().write(header[at++]);
        cut = isCut(slow);
      }
      assertThat(cut).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
    }
    assertThat(Secured.who(port, ours.context(), header)).contains("10.20.3.4");
  }

  private static boolean isCut(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException stillThere) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void twoHundredMutationsEndWithAClosedConnectionOrTheClientTheyName() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("PROXY mutations on the wire: seed " + seed);
    Random random = new Random(seed);
    for (int number = 0; number < 200; number++) {
      byte[] header = ProxyHeaderTest.of("10.20.3.4", 4711);
      // Not the length: a longer one waits for more, until it is cut.
      int at = random.nextInt(14);
      header[at] = (byte) random.nextInt();
      try {
        assertThat(Secured.who(port, ours.context(), header))
            .as("seed %d, number %d", seed, number)
            .containsAnyOf("\"10.20.3.4\"", "\"127.0.0.1\"");
      } catch (IOException closed) {
        continue;
      }
    }
    assertThat(Secured.who(port, ours.context(), ProxyHeaderTest.of("10.20.3.4", 1)))
        .contains("10.20.3.4");
  }
}
