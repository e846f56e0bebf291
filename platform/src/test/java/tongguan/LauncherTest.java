package tongguan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher in a folder where nothing is built: a slip of the pen is told before a build. */
class LauncherTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fly|there is no verb \"fly\"",
        "run --wrong|run does not know \"--wrong\"",
        "run --port 1 --sampel=none|run does not know \"--sampel=none\"",
        "import --uri x file|import does not know \"--uri\"",
        "sender add X --rang 1|sender does not know \"--rang\"",
        "account add x --rule officer|account does not know \"--rule\"",
        "gateway add x --adress 192.0.2.1|gateway does not know \"--adress\"",
        "audit verify --keys x|audit does not know \"--keys\"",
        "build --fast|build does not know \"--fast\"",
        "permissions --all|permissions does not know \"--all\"",
        "test --slow|does not know \"--slow\""
      })
  void aWrongVerbOrOptionIsToldAtOnceWithCodeTwo(String line, String sentence, @TempDir Path folder)
      throws Exception {
    Path home = Path.of("..").toAbsolutePath().normalize();
    Files.copy(home.resolve("tongguan"), folder.resolve("tongguan"));
    Files.createDirectory(folder.resolve(".ci"));
    Files.copy(home.resolve(".ci/tests"), folder.resolve(".ci/tests"));
    for (String script : List.of("tongguan", ".ci/tests")) {
      assertThat(folder.resolve(script).toFile().setExecutable(true)).isTrue();
    }
    List<String> command = new ArrayList<>(List.of("./tongguan"));
    command.addAll(List.of(line.split(" ")));

    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isEqualTo(2);
    assertThat(said).contains(sentence).doesNotContain("Building");
    assertThat(folder.resolve("platform")).doesNotExist();
  }
}
