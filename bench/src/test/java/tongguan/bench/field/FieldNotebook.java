package tongguan.bench.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongguan.steward.desk.LogindPeer;
import tongguan.steward.peer.KernelTree;
import tongguan.steward.peer.NetworkNamespace;
import tongguan.steward.peer.PrivateBus;

/**
 * A notebook: the steward as a process, with real nftables in a network namespace. Its USB, radios
 * and firmware are a tree of files, and its desktop is a service of the test's own on a real
 * dbus-daemon: stand-ins, with no hardware and no logind behind them.
 */
final class FieldNotebook implements AutoCloseable {
  static final String ADDRESS = "10.9.0.1";
  static final String SERIAL = "FIELD-0001";

  /** For whatever a busy machine may take its time for. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Long enough for a busy machine, short enough to be waited for. */
  static final int LEASE_SECONDS = 12;

  final NetworkNamespace network = NetworkNamespace.make();
  final KernelTree tree;
  final LogindPeer desktop;
  private final PrivateBus bus;
  private final Path folder;
  private final Path settings;
  private final List<String> program;
  private final Tunnel gateway;
  private @Nullable Process steward;

  /** {@code program}: the steward, as a command. */
  FieldNotebook(Path folder, List<String> program) throws Exception {
    this.folder = folder;
    this.program = program;
    settings = folder.resolve("steward.conf");
    bus = new PrivateBus(folder);
    desktop = new LogindPeer(bus.address());
    int port = freePort();
    gateway = Tunnel.samePort(network, port);
    Files.writeString(
        settings,
        """
        state = %1$s/state
        gateway.port = %2$d
        lease = %3$d
        bus.system = %4$s
        nft = nft
        root = %1$s/root
        wipe.folders = %1$s/browser
        """
            .formatted(folder, port, LEASE_SECONDS, bus.address()));
    Files.createDirectories(folder.resolve("browser/profile"));
    Files.writeString(folder.resolve("browser/profile/history"), "what the officer saw");
    tree =
        new KernelTree(Files.createDirectory(folder.resolve("root")))
            .usbHost("usb1", true)
            .rfkill(0, "bluetooth", "0")
            .file("sys/class/dmi/id/product_serial", SERIAL)
            .file("sys/class/power_supply/BAT0/type", "Battery")
            .file("sys/class/power_supply/BAT0/capacity", "81")
            .file("sys/class/net/wire/type", "1");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Its card, once there is a cable. */
  String mac() throws IOException {
    Process process = network.start("ip", "-o", "link", "show", "wire");
    String mac =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replaceAll("(?s).*link/ether (\\S+).*", "$1");
    tree.file("sys/class/net/wire/address", mac);
    return mac;
  }

  private List<String> verb(String... verb) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("--config", settings.toString()));
    command.addAll(List.of(verb));
    return command;
  }

  /** What it printed. */
  String run(String... verb) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(network.in(verb(verb).toArray(String[]::new)))
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(out).isZero();
    return out;
  }

  void start() throws IOException {
    steward =
        new ProcessBuilder(network.in(verb("run").toArray(String[]::new)))
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("steward.log").toFile()))
            .start();
  }

  Process steward() {
    return java.util.Objects.requireNonNull(steward);
  }

  void kill() throws InterruptedException {
    steward().destroyForcibly().waitFor();
  }

  void stop() throws InterruptedException {
    steward().destroy();
    assertThat(steward().waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  /** Where the officer's browser finds the platform. */
  URI gateway() {
    return URI.create("http://127.0.0.1:" + gateway.port());
  }

  /** Whether anything but the platform can be reached. */
  boolean isOpen() throws IOException {
    return network.reaches(Site.OTHER_SERVER, Site.OTHER_PORT);
  }

  /** All of them, radios and USB included. */
  void untilOpen(String when) {
    await(when).atMost(PATIENCE).until(this::isOpen);
    await(when).atMost(PATIENCE).until(() -> usb().equals("1") && !radioIsShut());
  }

  void untilLocked(String when) {
    await(when).atMost(PATIENCE).until(() -> usb().equals("0") && radioIsShut() && !isOpen());
  }

  /** The kernel's own part, with nobody there to shut the rest. */
  void untilNetworkIsShut(String when) {
    await(when).atMost(PATIENCE).until(() -> !isOpen());
  }

  private String usb() {
    return tree.value("sys/bus/usb/devices/usb1/interface_authorized_default");
  }

  boolean radioIsShut() {
    return tree.value("sys/class/rfkill/rfkill0/soft").equals("1");
  }

  /** The cable, or the radio's shadow. */
  void cable(String upOrDown) throws IOException {
    network.run("ip", "link", "set", "wire", upOrDown);
  }

  /** What an officer's browser may have left. */
  boolean hasTraces() {
    return Files.exists(folder.resolve("browser"));
  }

  Path state() {
    return folder.resolve("state");
  }

  List<String> stateFiles() throws IOException {
    try (Stream<Path> files = Files.list(state())) {
      return files.map(file -> state().relativize(file).toString()).toList();
    }
  }

  long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + steward().pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    if (steward != null) {
      steward.destroyForcibly();
    }
    desktop.close();
    bus.close();
    gateway.close();
    network.close();
  }
}
