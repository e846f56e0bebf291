package tongguan.access.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.access.radius.wire.Draft;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;

/**
 * Broken packets without end from a gateway's own address: good ones are answered all the while.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("timing")
class FloodUdpTest {
  /** Where the namespace is, if the test may make one. */
  private static final String NEAR = "10.213.77.1";

  private static final String FAR = "10.213.77.2";

  private DatabaseUrl url;
  private RadiusNode node;
  private TestGateway gateway;
  private TestGateway outside;
  private FieldDevice device;

  @BeforeAll
  void start(@TempDir Path data) {
    url = TestDatabase.empty();
    node = new RadiusNode(url, data, InetAddress.ofLiteral("0.0.0.0"));
    gateway = TestGateway.add(url, data, "pgw-1", "127.0.0.81");
    outside = TestGateway.add(url, data, "pgw-2", FAR);
    node.start();
    device = FieldDevice.add(url, 1);
  }

  @AfterAll
  void stop() {
    node.close();
    gateway.close();
    outside.close();
  }

  private String state() {
    return TestDatabase.text(
        url,
        """
        select (select count(*) from access.apn_session) || ' ' || (select count(*) from access.refusal)
          || ' ' || (select count(*) from access.disconnect)
          || ' ' || (select count(*) from audit.entry where act like 'network.%')
        """);
  }

  @Test
  void goodRequestsAreAnsweredDuringAFlood() throws Exception {
    long seed = new Random().nextLong();
    flood(seed, () -> fromLoopback(4_000, seed));
  }

  private int fromLoopback(int packets, long seed) throws Exception {
    InetAddress to = InetAddress.getLoopbackAddress();
    return new Flood(gateway.address, to, node.auth(), node.acct(), gateway.secretText)
        .send(packets, seed);
  }

  /** The numbers of the plan: 20,000 over a link, and 500 good ones a second meanwhile. */
  @Test
  @Tag("slow")
  void goodRequestsAreAnsweredDuringALongFloodFromOutside() throws Exception {
    long seed = new Random().nextLong();
    String name = "tongguan-" + ProcessHandle.current().pid();
    try {
      if (makes(name)) {
        flood(seed, () -> fromNamespace(name, 20_000, seed));
      } else {
        flood(seed, () -> fromLoopback(20_000, seed));
      }
    } finally {
      boolean _ = runs("ip", "netns", "del", name);
    }
  }

  /** A network of its own with one cable to ours; false where that is not allowed here. */
  private static boolean makes(String name) throws Exception {
    String cable = "tg" + ProcessHandle.current().pid();
    return runs("ip", "netns", "add", name)
        && runs("ip", "link", "add", cable, "type", "veth", "peer", "name", "far", "netns", name)
        && runs("ip", "addr", "add", NEAR + "/30", "dev", cable)
        && runs("ip", "link", "set", cable, "up")
        && runs("ip", "-n", name, "addr", "add", FAR + "/30", "dev", "far")
        && runs("ip", "-n", name, "link", "set", "far", "up");
  }

  private static boolean runs(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (java.io.IOException missing) {
      return false;
    }
  }

  private int fromNamespace(String name, int packets, long seed) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Flood.class.getName()));
    command.addAll(
        List.of(
            FAR,
            NEAR,
            String.valueOf(node.auth()),
            String.valueOf(node.acct()),
            outside.secretText,
            String.valueOf(packets),
            String.valueOf(seed)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("answers ");
    return Integer.parseInt(said.substring(said.indexOf("answers ") + 8).strip());
  }

  private void flood(long seed, Callable<Integer> attack) throws Exception {
    String before = state();
    int sent = 0;
    int answered = 0;
    long began = System.nanoTime();
    try (ExecutorService attacker = Executors.newSingleThreadExecutor()) {
      Future<Integer> attacking = attacker.submit(attack);
      while (!attacking.isDone()) {
        for (int i = 0; i < 10; i++) {
          byte[] good = gateway.access(device).asking(Draft.randomAuthenticator(), gateway.secret);
          gateway.send(node.auth(), good);
        }
        sent += 10;
        for (int i = 0; i < 10; i++) {
          answered += gateway.receive(TestGateway.PATIENCE_MILLIS).isPresent() ? 1 : 0;
        }
        long due = began + sent * TimeUnit.SECONDS.toNanos(1) / 600;
        LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
      }
      double rate = sent / ((System.nanoTime() - began) / 1e9);

      assertThat(attacking.get())
          .as("answers to broken packets and one good one, seed " + seed)
          .isEqualTo(1);
      assertThat(answered).as("seed " + seed).isEqualTo(sent);
      assertThat(rate).as("good requests a second, seed " + seed).isGreaterThan(500);
    }
    assertThat(state()).as("seed " + seed).isEqualTo(before);
  }
}
