package tongguan.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tongguan.steward.peer.Listener;
import tongguan.steward.peer.NetworkNamespace;

/** On the real kernel and the real nft, between two network namespaces joined by a cable. */
class NetworkControlTest {
  private static final int PORT = 8443;
  private static final int OTHER_PORT = 9000;
  private static final Duration LEASE = Duration.ofSeconds(2);

  private static NetworkNamespace device;
  private static NetworkNamespace world;
  private static Process worldsServer;
  private static Process devicesServer;

  @BeforeAll
  static void wire() throws IOException {
    device = NetworkNamespace.make();
    world = device.neighbour();
    device.wire(
        world,
        List.of("10.9.0.1/24", "fd09::1/64"),
        List.of("10.9.0.2/24", "10.9.0.3/24", "fd09::2/64", "fd09::3/64"));
    worldsServer = listen(world);
    devicesServer = listen(device);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> device.reaches("fd09::3", PORT) && device.reaches("10.9.0.3", PORT));
  }

  private static Process listen(NetworkNamespace where) throws IOException {
    Process process =
        where.start(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Listener.class.getName(),
            "" + PORT,
            "" + OTHER_PORT);
    assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("listening");
    return process;
  }

  @AfterAll
  static void unwire() {
    worldsServer.destroyForcibly();
    devicesServer.destroyForcibly();
    world.close();
    device.close();
  }

  private static NetworkRules onlyPlatform(String... hosts) {
    List<InetSocketAddress> places =
        java.util.Arrays.stream(hosts).map(host -> new InetSocketAddress(host, PORT)).toList();
    return new NetworkRules(places, true, List.of());
  }

  private static NetworkControl control(NetworkRules rules) {
    return new NetworkControl(device.in("nft"), () -> rules, LEASE);
  }

  @Test
  void lockedOnlyThePlatformsAddressAndPortAreReached() throws IOException {
    NetworkControl control = control(onlyPlatform("10.9.0.2", "fd09::2"));
    control.unlock();
    assertThat(device.reaches("10.9.0.3", OTHER_PORT)).isTrue();
    assertThat(device.reaches("fd09::3", OTHER_PORT)).isTrue();
    control.unlock();
    assertThat(world.reaches("10.9.0.1", PORT)).isTrue();

    State state = control.lock();

    assertThat(state).isEqualTo(new State.Locked());
    assertThat(device.reaches("10.9.0.2", PORT)).isTrue();
    assertThat(device.reaches("fd09::2", PORT)).isTrue();
    assertThat(device.reaches("127.0.0.1", PORT)).as("loopback").isTrue();
    assertThat(device.reaches("10.9.0.2", OTHER_PORT)).as("another port").isFalse();
    assertThat(device.reaches("10.9.0.3", PORT)).as("another host").isFalse();
    assertThat(device.reaches("fd09::3", PORT)).as("another host, IPv6").isFalse();
    assertThat(world.reaches("10.9.0.1", PORT)).as("from outside").isFalse();
    assertThat(world.reaches("fd09::1", PORT)).as("from outside, IPv6").isFalse();
    assertThat(device.exit("ping", "-c", "1", "-W", "1", "10.9.0.3")).isNotZero();
  }

  /**
   * One way is enough to carry data out: each direction is shut by itself, not by the other's
   * answers.
   */
  @Test
  void lockedNotASinglePacketGoesOutOrComesIn() throws IOException {
    NetworkControl control = control(onlyPlatform("10.9.0.2"));
    control.lock();
    count(world);
    count(device);

    device.exit("bash", "-c", "for i in 1 2 3; do echo data >/dev/udp/10.9.0.3/9999; done");
    world.exit("bash", "-c", "for i in 1 2 3; do echo data >/dev/udp/10.9.0.1/9999; done");
    assertThat(counted(world)).as("went out").isZero();
    assertThat(counted(device)).as("came in").isZero();

    control.unlock();
    device.exit("bash", "-c", "for i in 1 2 3; do echo data >/dev/udp/10.9.0.3/9999; done");
    world.exit("bash", "-c", "for i in 1 2 3; do echo data >/dev/udp/10.9.0.1/9999; done");
    assertThat(counted(world)).isEqualTo(3);
    assertThat(counted(device)).isEqualTo(3);
  }

  /** Behind our own table, so that only what passed is counted. */
  private static void count(NetworkNamespace where) throws IOException {
    where.run("nft", "add", "table", "inet", "counting");
    where.run(
        "nft",
        "add",
        "chain",
        "inet",
        "counting",
        "arrived",
        "{ type filter hook input priority 100; }");
    where.run(
        "nft", "add", "rule", "inet", "counting", "arrived", "udp", "dport", "9999", "counter");
  }

  private static int counted(NetworkNamespace where) throws IOException {
    Process list = where.start("nft", "list", "table", "inet", "counting");
    String text = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Integer.parseInt(text.replaceAll("(?s).*counter packets (\\d+) .*", "$1"));
  }

  /** The kernel ends it: nobody calls lock. */
  @Test
  void anUnlockEndsByItselfWhenNobodyProlongsIt() throws IOException {
    NetworkControl control = control(onlyPlatform("10.9.0.2"));
    assertThat(control.unlock()).isEqualTo(new State.Unlocked());
    assertThat(device.reaches("10.9.0.3", PORT)).isTrue();

    await().atMost(Duration.ofSeconds(6)).until(() -> control.state() instanceof State.Locked);

    assertThat(device.reaches("10.9.0.3", PORT)).isFalse();
    assertThat(device.reaches("10.9.0.2", PORT)).isTrue();
  }

  @Test
  void anUnlockThatIsProlongedHolds() throws IOException {
    NetworkControl control = control(onlyPlatform("10.9.0.2"));
    long begin = System.nanoTime();
    await()
        .pollInterval(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          assertThat(control.unlock()).isEqualTo(new State.Unlocked());
          assertThat(device.reaches("10.9.0.3", PORT)).isTrue();
          return Duration.ofNanos(System.nanoTime() - begin).compareTo(LEASE.plusSeconds(1)) > 0;
        });
  }

  @Test
  void aConnectionFromBeforeIsCutByTheLock() throws IOException {
    NetworkControl control = control(onlyPlatform("10.9.0.2"));
    control.unlock();
    Process talk =
        device.start(
            "bash",
            "-c",
            "exec 3<>/dev/tcp/10.9.0.3/"
                + PORT
                + "; while read -r word; do echo \"$word\" >&3; timeout 1 head -n1 <&3 || echo silence; done");
    try (BufferedReader heard = talk.inputReader();
        var say = talk.outputWriter()) {
      say.write("before\n");
      say.flush();
      assertThat(heard.readLine()).isEqualTo("before");

      control.lock();
      say.write("after\n");
      say.flush();

      assertThat(heard.readLine()).isEqualTo("silence");
    } finally {
      talk.destroyForcibly();
    }
  }

  @Test
  void aTableThatSomebodyTookAwayOrChangedIsNoticedAndPutBack() throws IOException {
    NetworkControl control = control(onlyPlatform("10.9.0.2"));
    control.lock();
    device.run("nft", "delete", "table", "inet", "tongguan_steward");
    assertThat(control.state()).isInstanceOf(State.Failed.class);
    assertThat(control.lock()).isEqualTo(new State.Locked());
    assertThat(device.reaches("10.9.0.3", PORT)).isFalse();

    device.run("nft", "insert", "rule", "inet", "tongguan_steward", "output", "accept");
    device.run("nft", "insert", "rule", "inet", "tongguan_steward", "input", "accept");
    assertThat(device.reaches("10.9.0.3", PORT)).isTrue();
    assertThat(control.state()).isInstanceOf(State.Failed.class);
    control.lock();

    assertThat(device.reaches("10.9.0.3", PORT)).isFalse();
  }

  /** A table of somebody else's that accepts everything opens nothing. */
  @Test
  void noOtherTableOpensWhatOursShuts() throws IOException {
    NetworkControl control = control(onlyPlatform("10.9.0.2"));
    control.lock();
    device.run("nft", "add", "table", "inet", "other");
    device.run(
        "nft",
        "add",
        "chain",
        "inet",
        "other",
        "out",
        "{ type filter hook output priority -400; policy accept; }");
    device.run("nft", "add", "rule", "inet", "other", "out", "accept");

    assertThat(device.reaches("10.9.0.3", PORT)).isFalse();
    device.run("nft", "delete", "table", "inet", "other");
  }

  @Test
  void aNewAddressOfThePlatformIsTakenInWithTheNextLook() throws IOException {
    AtomicReference<NetworkRules> rules = new AtomicReference<>(onlyPlatform("10.9.0.2"));
    NetworkControl control = new NetworkControl(device.in("nft"), rules::get, LEASE);
    control.lock();
    rules.set(onlyPlatform("10.9.0.3"));

    control.lock();

    assertThat(device.reaches("10.9.0.3", PORT)).isTrue();
    assertThat(device.reaches("10.9.0.2", PORT)).isFalse();
  }

  @Test
  void aDeviceThatKnowsNoPlatformReachesNobody() throws IOException {
    assertThat(control(NetworkRules.NOWHERE).lock()).isEqualTo(new State.Locked());

    assertThat(device.reaches("10.9.0.2", PORT)).isFalse();
    assertThat(device.reaches("127.0.0.1", PORT)).isTrue();
  }

  @Test
  void resolversMayBeAskedIfTheSiteNamesThem() throws UnknownHostException {
    NetworkRules rules =
        new NetworkRules(
            List.of(),
            false,
            List.of(InetAddress.getByName("10.9.0.3"), InetAddress.getByName("fd09::3")));

    assertThat(control(rules).lock()).isEqualTo(new State.Locked());
    assertThat(rules.table(Duration.ZERO))
        .contains("elements = { 10.9.0.3 }")
        .doesNotContain("dport 67");
  }

  @Test
  void aMachineWithoutNftablesSaysThatItHasNone() {
    NetworkControl control =
        new NetworkControl(List.of("/nowhere/nft"), () -> NetworkRules.NOWHERE, LEASE);

    assertThat(control.lock()).isEqualTo(new State.Absent("nftables is not installed"));
  }

  @Test
  void whatNftRefusesIsAFailureWithItsWords() {
    NetworkControl control =
        new NetworkControl(
            List.of("sh", "-c", "echo no >&2; exit 1"), () -> NetworkRules.NOWHERE, LEASE);

    assertThat(control.lock()).isEqualTo(new State.Failed("nft refused the table: no"));
  }
}
