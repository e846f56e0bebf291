package tongguan.steward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.steward.peer.Listener;
import tongguan.steward.peer.NetworkNamespace;
import tongguan.steward.peer.PlatformProcess;

/**
 * The steward as a process in a network namespace of its own, a platform of the test's own and
 * another server beyond a cable: real packets, real nftables, real signals.
 */
class StewardProcessTest {
  private static final int OTHER = 9000;

  @TempDir Path folder;
  private final List<Process> processes = new ArrayList<>();
  private NetworkNamespace device;
  private NetworkNamespace world;
  private BufferedReader said;
  private BufferedWriter say;
  private String qrText;

  @BeforeEach
  void begin() throws IOException {
    device = NetworkNamespace.make();
    world = device.neighbour();
    device.wire(world, List.of("10.9.0.1/24"), List.of("10.9.0.2/24", "10.9.0.3/24"));
    Process other = keep(world.start(java(Listener.class.getName(), "" + OTHER)));
    other.inputReader(StandardCharsets.UTF_8).readLine();
    Path authority = Files.createDirectory(folder.resolve("ca"));
    Process platform =
        keep(world.start(java(PlatformProcess.class.getName(), authority.toString(), "10.9.0.2")));
    said = platform.inputReader(StandardCharsets.UTF_8);
    say = platform.outputWriter(StandardCharsets.UTF_8);
    qrText = said.readLine();
    Files.writeString(
        folder.resolve("steward.conf"),
        """
        # what a test needs
        state = %1$s/state
        gateway.port = 0
        lease = 6
        bus.system = unix:path=%1$s/no-bus
        nft = nft
        root = %1$s/root
        """
            .formatted(folder));
    Files.createDirectories(folder.resolve("root"));
  }

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
    world.close();
    device.close();
  }

  private Process keep(Process process) {
    processes.add(process);
    return process;
  }

  private static String[] java(String... rest) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(List.of(rest));
    return command.toArray(String[]::new);
  }

  private String[] steward(String... verb) {
    List<String> all =
        new ArrayList<>(
            List.of(
                Steward.class.getName(), "--config", folder.resolve("steward.conf").toString()));
    all.addAll(List.of(verb));
    return java(all.toArray(String[]::new));
  }

  private String ask(String deed) throws IOException {
    say.write(deed + "\n");
    say.flush();
    return said.readLine();
  }

  private int verb(String... verb) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(device.in(steward(verb))).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private Process runHeld() throws IOException {
    Process steward = keep(device.start(steward("run")));
    await().atMost(Duration.ofSeconds(30)).until(() -> ask("held").equals("true"));
    return steward;
  }

  private boolean isOpen() throws IOException {
    return device.reaches("10.9.0.3", OTHER);
  }

  private void untilOpen() {
    await().atMost(Duration.ofSeconds(20)).until(this::isOpen);
  }

  @Test
  void whateverBecomesOfTheProcessTheDeviceIsLocked() throws IOException, InterruptedException {
    assertThat(isOpen()).as("before there is a steward").isTrue();
    assertThat(verb("enrol", qrText)).isZero();
    assertThat(isOpen()).as("from the enrolment on").isFalse();

    Process steward = runHeld();
    assertThat(isOpen()).isFalse();
    steward.destroyForcibly().waitFor();
    assertThat(isOpen()).as("killed while locked").isFalse();

    steward = runHeld();
    ask("unlock");
    untilOpen();
    steward.destroyForcibly().waitFor();
    await("the kernel ends the lease").atMost(Duration.ofSeconds(20)).until(() -> !isOpen());

    steward = runHeld();
    assertThat(isOpen()).as("started again").isFalse();
    ask("unlock");
    untilOpen();
    steward.destroy();
    assertThat(steward.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(isOpen()).as("told to end while open").isFalse();

    steward = runHeld();
    ask("unlock");
    untilOpen();
    steward.destroyForcibly().waitFor();
    // What the service's ExecStopPost does.
    assertThat(verb("lock")).isZero();
    assertThat(isOpen()).as("killed while open, then locked by the verb").isFalse();
    assertThat(device.reaches("10.9.0.2", Integer.parseInt(qrText.split(":")[4]))).isTrue();
  }

  @Test
  void aWrongCommandLineAndWrongSettingsAreSaid() throws IOException, InterruptedException {
    assertThat(verb("dance")).isEqualTo(2);
    assertThat(verb("enrol", "tongguan-enrol:2")).isEqualTo(2);
    assertThat(verb("--version")).isZero();
    Files.writeString(folder.resolve("steward.conf"), "lease = soon\n");
    assertThat(verb("lock")).isEqualTo(2);
  }
}
