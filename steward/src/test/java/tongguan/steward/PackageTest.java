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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
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

  private static Path home;

  @TempDir Path folder;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    home = Path.of("..").toRealPath();
    run(300, home.resolve("tongguan").toString(), "steward", "build");
  }

  @Test
  void thePackageHoldsAProgramThatRunsInLittleMemoryAndKnowsItsFiles()
      throws IOException, InterruptedException {
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

  /**
   * Real dpkg on a copy of this machine that is gone with the test (an overlay in a mount namespace
   * of its own; needs root), with real systemctl, which in a chroot links units and starts none,
   * and real nftables in a network namespace of its own. What only a booted machine can show, no
   * test here shows: systemd's order at start-up, its sandbox around the steward, and Restart.
   */
  @Test
  @EnabledIf("isRoot")
  void itIsInstalledRemovedAndPurgedByDpkgAndStaysLocked()
      throws IOException, InterruptedException {
    String said =
        run(
            240,
            "unshare",
            "--mount",
            "--net",
            "bash",
            "-euc",
            ON_A_COPY,
            "bash",
            folder.toString(),
            deb(home).toString());

    assertThat(facts(said))
        .containsEntry("installed", "install ok installed")
        .containsEntry("complaints-of-systemd", "0")
        .containsEntry("started-with-the-machine", "yes")
        .containsEntry("version", "tongguan-steward 0.1.0")
        .containsEntry("its-own-files", "as installed")
        .containsEntry("locked-by-the-installed-program", "yes")
        .containsEntry("site-settings-after-an-upgrade", "lease = 90")
        .containsEntry("removed", "deinstall ok config-files")
        .containsEntry("program-after-removal", "no")
        .containsEntry("started-after-removal", "no")
        .containsEntry("keys-after-removal", "yes")
        .containsEntry("locked-after-removal", "yes")
        .containsEntry("files-after-purge", "")
        .containsEntry("locked-after-purge", "yes");
  }

  static boolean isRoot() throws IOException {
    return Files.getOwner(Path.of("/proc/self")).getName().equals("root");
  }

  private static Map<String, String> facts(String said) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String line : said.lines().filter(each -> each.startsWith("= ")).toList()) {
      String[] parts = line.substring(2).split(": ?", 2);
      facts.put(parts[0], parts[1]);
    }
    return facts;
  }

  /** $1: a folder; $2: the package. Each fact is a line of its own. */
  private static final String ON_A_COPY =
      """
      mkdir -p "$1/layers"
      mount -t tmpfs layers "$1/layers"
      mkdir "$1/layers/upper" "$1/layers/work" "$1/copy"
      mount -t overlay copy -o "lowerdir=/,upperdir=$1/layers/upper,workdir=$1/layers/work" "$1/copy"
      mount -t proc proc "$1/copy/proc"
      mount --rbind /dev "$1/copy/dev"
      mkdir -p "$1/copy/run/systemd/system"
      cp "$2" "$1/copy/steward.deb"
      touch "$1/copy/before"
      cat >"$1/copy/inside" <<'TXT'
      set -eu
      export DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin
      say() { echo "= $1: $2"; }
      there() { if [ -e "$1" ] || [ -L "$1" ]; then echo yes; else echo no; fi; }
      locked() { if nft list chain inet tongguan_steward output | grep -q 'policy drop'; then echo yes; else echo no; fi; }
      wanted=/etc/systemd/system/multi-user.target.wants/tongguan-steward.service
      status() { dpkg-query -W -f '${Status}' tongguan-steward; }
      dpkg -i /steward.deb
      say installed "$(status)"
      say complaints-of-systemd "$(systemd-analyze verify /lib/systemd/system/tongguan-steward.service 2>&1 | tee /dev/stderr | grep -c steward || true)"
      say started-with-the-machine "$(there $wanted)"
      say version "$(/opt/tongguan-steward/bin/tongguan-steward --version)"
      say its-own-files "$(/opt/tongguan-steward/bin/tongguan-steward check)"
      /opt/tongguan-steward/bin/tongguan-steward lock || true
      say locked-by-the-installed-program "$(locked)"
      mkdir -p /var/lib/tongguan-steward
      echo key >/var/lib/tongguan-steward/device.json
      echo 'lease = 90' >/etc/tongguan-steward/steward.conf
      dpkg -i /steward.deb
      say site-settings-after-an-upgrade "$(cat /etc/tongguan-steward/steward.conf)"
      dpkg -r tongguan-steward
      say removed "$(status)"
      say program-after-removal "$(there /opt/tongguan-steward)"
      say started-after-removal "$(there $wanted)"
      say keys-after-removal "$(there /var/lib/tongguan-steward/device.json)"
      say locked-after-removal "$(locked)"
      dpkg -P tongguan-steward
      say files-after-purge "$(find /etc /opt /var /usr /lib -xdev -newer /before -name '*steward*' | tr '\n' ' ')"
      say locked-after-purge "$(locked)"
      TXT
      chroot "$1/copy" bash /inside
      """;

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
