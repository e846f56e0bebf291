package tongguan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a folder where nothing is built: a slip of the pen is told before a build. */
class LauncherTest {
  @TempDir Path folder;

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
  void aWrongVerbOrOptionIsToldAtOnceWithCodeTwo(String line, String sentence) throws Exception {
    Said said = launch(line);

    assertThat(said.code()).as(said.text()).isEqualTo(2);
    assertThat(said.text()).contains(sentence).doesNotContain("Building");
    assertThat(folder.resolve("platform")).doesNotExist();
  }

  /** What --help names and the launcher refused could be used by nobody. */
  @ParameterizedTest
  @ValueSource(strings = {"run", "import", "sender", "account", "audit", "build", "permissions"})
  void everyOptionThatHelpNamesIsTaken(String verb) throws Exception {
    Said help = launch(verb + " --help");
    assertThat(help.code()).isZero();
    Set<String> named =
        Pattern.compile("--[a-z-]+")
            .matcher(help.text())
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));

    Said refused = launch(verb + " --no-such-option");
    Set<String> taken =
        Pattern.compile("--[a-z-]+")
            .matcher(refused.text().replace("--no-such-option", ""))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(taken).isEqualTo(named);
  }

  private record Said(int code, String text) {}

  private Said launch(String line) throws Exception {
    Path home = Path.of("..").toAbsolutePath().normalize();
    Files.createDirectories(folder.resolve(".ci"));
    for (String script : List.of("tongguan", ".ci/tests")) {
      Files.copy(home.resolve(script), folder.resolve(script), StandardCopyOption.REPLACE_EXISTING);
      assertThat(folder.resolve(script).toFile().setExecutable(true)).isTrue();
    }
    List<String> command = new ArrayList<>(List.of("./tongguan"));
    command.addAll(List.of(line.split(" ")));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return new Said(process.exitValue(), text);
  }
}
