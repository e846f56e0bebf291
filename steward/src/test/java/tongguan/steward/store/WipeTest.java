package tongguan.steward.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WipeTest {
  @TempDir Path folder;

  /** Thrown where a power cut would end everything. */
  private static final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static List<String> wipeUntil(Path state, int steps) throws IOException {
    List<String> passed = new ArrayList<>();
    Wipe wipe =
        WipingProcess.wipe(
            state,
            step -> {
              passed.add(step);
              if (passed.size() > steps) {
                throw new PowerCut();
              }
            });
    try {
      WipingProcess.run(state, wipe);
    } catch (PowerCut cut) {
      // as if the power had gone
    }
    return passed;
  }

  @Test
  void theKeyGoesFirstAndTheDevicesOwnLast() throws IOException {
    WipingProcess.plant(folder);

    List<String> steps = wipeUntil(folder, Integer.MAX_VALUE);

    assertThat(steps).startsWith("begun", "key destroyed");
    assertThat(steps.indexOf("destroyed device.json"))
        .isGreaterThan(steps.indexOf("reported"))
        .isGreaterThan(steps.indexOf("deleted Cookies"));
    assertThat(steps).endsWith("over").hasSizeGreaterThanOrEqualTo(20);
    assertGone(folder);
  }

  @Test
  void aPowerCutAtAnyStepIsTakenUp() throws IOException {
    Path whole = Files.createDirectory(folder.resolve("whole"));
    WipingProcess.plant(whole);
    int steps = wipeUntil(whole, Integer.MAX_VALUE).size();

    for (int cut = 0; cut < steps; cut++) {
      Path state = Files.createDirectory(folder.resolve("cut-" + cut));
      WipingProcess.plant(state);
      List<String> passed = wipeUntil(state, cut);
      if (passed.contains("key destroyed")) {
        assertNothingReadable(state);
      }

      wipeUntil(state, Integer.MAX_VALUE);

      assertGone(state);
    }
  }

  /** The power goes again and again, each time one step later. */
  @Test
  void aPowerThatGoesAtEveryStepOnlyDelaysIt() throws IOException {
    WipingProcess.plant(folder);
    for (int i = 0; i < 40; i++) {
      wipeUntil(folder, 1);
    }

    assertGone(folder);
  }

  /** The same in processes of their own that really end there. */
  @Test
  @Tag("slow")
  void aProcessThatIsHaltedAtAnyStepIsTakenUpByTheNext() throws IOException, InterruptedException {
    Path whole = Files.createDirectory(folder.resolve("whole"));
    WipingProcess.plant(whole);
    int steps = wipeUntil(whole, Integer.MAX_VALUE).size();

    for (int cut = 0; cut < steps; cut++) {
      Path state = Files.createDirectory(folder.resolve("halt-" + cut));
      WipingProcess.plant(state);
      assertThat(run(state, cut)).as("step " + cut).isEqualTo(WipingProcess.POWER_CUT);
      if (cut > 0) {
        assertNothingReadable(state);
      }

      wipeUntil(state, Integer.MAX_VALUE);

      assertGone(state);
    }
  }

  private static int run(Path state, int cut) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                WipingProcess.class.getName(),
                state.toString(),
                "" + cut)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void withoutAReportTheDevicesKeyStays() throws IOException {
    WipingProcess.plant(folder);
    Wipe wipe = WipingProcess.wipe(folder, _ -> {});
    wipe.begin(7);
    wipe.resume();
    wipe.resume();

    assertThat(wipe.toReport()).hasValue(7);
    assertThat(wipe.isBegun()).isTrue();
    assertThat(wipe.isOver()).isFalse();
    assertThat(folder.resolve("device.json")).exists();
    assertThat(folder.resolve("vault")).doesNotExist();
  }

  @Test
  void theRuleOfDaysReportsNothingUntilItIsAlsoCommanded() throws IOException {
    WipingProcess.plant(folder);
    Wipe wipe = WipingProcess.wipe(folder, _ -> {});
    wipe.begin(0);
    wipe.resume();
    assertThat(wipe.toReport()).isEmpty();

    wipe.alsoCommanded(9);

    assertThat(wipe.toReport()).hasValue(9);
  }

  @Test
  void aJournalThatCannotBeReadIsAWipeThatHasBegun() throws IOException {
    WipingProcess.plant(folder);
    Files.writeString(folder.resolve("wipe.json"), "{\"phase\":\"RE");
    Wipe wipe = WipingProcess.wipe(folder, _ -> {});
    assertThat(wipe.isBegun()).isTrue();

    wipe.resume();

    assertThat(folder.resolve("vault.key")).doesNotExist();
  }

  @Test
  void linksAreRemovedAndNotFollowed() throws IOException {
    WipingProcess.plant(folder);
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("of-somebody"), "else");
    Files.createSymbolicLink(folder.resolve("browser/link"), outside);

    wipeUntil(folder, Integer.MAX_VALUE);

    assertThat(outside.resolve("of-somebody")).exists();
    assertThat(folder.resolve("browser")).doesNotExist();
  }

  private static void assertNothingReadable(Path state) throws IOException {
    for (int i = 0; i < 8; i++) {
      assertThat(new Vault(state).get("thing-" + i)).isNotInstanceOf(Vault.Found.Content.class);
    }
  }

  private static void assertGone(Path state) throws IOException {
    for (String name :
        List.of("vault.key", "vault", "browser", "device.json", "commands.json", "policy.json")) {
      assertThat(state.resolve(name)).as(name).doesNotExist();
    }
    assertThat(WipingProcess.wipe(state, _ -> {}).isOver()).isTrue();
    assertThat(Files.readString(state.resolve("delivered"), StandardCharsets.UTF_8))
        .isEqualTo("7 by the device's key");
  }
}
