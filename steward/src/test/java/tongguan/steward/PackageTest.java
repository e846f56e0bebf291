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
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.steward.peer.NetworkNamespace;
import tongguan.steward.peer.PlatformProcess;
import tongguan.steward.peer.PrivateBus;
import tongguan.steward.report.FileList;

/** The Debian package as it is built, unpacked and run as a program. */
@Tag("slow")
class PackageTest {
  /** 80 MB in the kernel's units of 1024 bytes. */
  private static final long MOST_KILOBYTES = 80_000_000 / 1024;

  @TempDir Path folder;

  @Test
  void thePackageHoldsAProgramThatRunsInLittleMemoryAndKnowsItsFiles()
      throws IOException, InterruptedException {
    Path home = Path.of("..").toRealPath();
    run(300, home.resolve("tongguan").toString(), "steward", "build");
    Path tree = folder.resolve("tree");
    run(60, "dpkg-deb", "-x", deb(home).toString(), tree.toString());
    Path image = tree.resolve("opt/tongguan-steward");
    String program = image.resolve("bin/tongguan-steward").toString();

    assertThat(run(30, program, "--version")).isEqualTo("tongguan-steward 0.1.0\n");
    assertThat(new FileList(image).mismatch()).isEmpty();
    assertThat(tree.resolve("etc/tongguan-steward/steward.conf")).exists();
    assertThat(Files.readString(tree.resolve("lib/systemd/system/tongguan-steward.service")))
        .contains("ExecStartPre=/opt/tongguan-steward/bin/tongguan-steward lock")
        .contains("ExecStopPost=/opt/tongguan-steward/bin/tongguan-steward lock")
        .contains("Restart=always", "Before=network-pre.target");
    assertThat(run(30, "dpkg-deb", "-f", deb(home).toString(), "Depends"))
        .contains("nftables", "util-linux");
    holdsAStream(program);

    Files.writeString(
        image.resolve("lib/app/tongguan-steward.cfg"),
        "\n",
        java.nio.file.StandardOpenOption.APPEND);
    assertThat(new FileList(image).mismatch()).contains("changed: lib/app/tongguan-steward.cfg");
  }

  private static Path deb(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("steward/target/package"))) {
      return files.filter(file -> file.toString().endsWith(".deb")).findFirst().orElseThrow();
    }
  }

  /** With a bus that it listens to, as on a notebook. */
  private void holdsAStream(String program) throws IOException, InterruptedException {
    Path authority = Files.createDirectory(folder.resolve("ca"));
    Files.createDirectory(folder.resolve("root"));
    List<Process> processes = new ArrayList<>();
    try (NetworkNamespace network = NetworkNamespace.make();
        PrivateBus bus = new PrivateBus(folder)) {
      Process platform =
          network.start(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              PlatformProcess.class.getName(),
              authority.toString(),
              "127.0.0.1");
      processes.add(platform);
      BufferedReader said = platform.inputReader(StandardCharsets.UTF_8);
      BufferedWriter say = platform.outputWriter(StandardCharsets.UTF_8);
      String code = said.readLine();
      Path settings = folder.resolve("steward.conf");
      Files.writeString(
          settings,
          "state = %1$s/state\ngateway.port = 0\nnft = nft\nroot = %1$s/root\nbus.system = %2$s\n"
              .formatted(folder, bus.address()));
      network.run(program, "--config", settings.toString(), "enrol", code);
      long begun = System.nanoTime();
      Process steward = network.start(program, "--config", settings.toString(), "run");
      processes.add(steward);
      await().atMost(Duration.ofSeconds(30)).until(() -> ask(say, said, "held").equals("true"));
      System.out.println(
          "from the start to the held stream: "
              + Duration.ofNanos(System.nanoTime() - begun).toMillis()
              + " ms");
      ask(say, said, "unlock");
      ask(say, said, "lock");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Integer.parseInt(ask(say, said, "heartbeats")) >= 6);

      long resident = residentKilobytes(steward.pid());
      System.out.println("resident while holding a stream: " + resident + " kB");
      assertThat(resident).isLessThan(MOST_KILOBYTES);
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  private static String ask(BufferedWriter say, BufferedReader said, String deed)
      throws IOException {
    say.write(deed + "\n");
    say.flush();
    return said.readLine();
  }

  private static long residentKilobytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  private static String run(int seconds, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command) + ": " + out).isZero();
    return out;
  }
}
