package tongguan.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line as its caller finds it. */
class SimulatorTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path scratch;

  @Test
  void helpGoesToTheOutputAndIsNoFailure() {
    assertThat(run("--help")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--containers N", "--until MOMENT");
    assertThat(err.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "--colour green,          does not know \"--colour\"",
    "--containers,            --containers needs a value",
    "--containers many,       not a number from 1",
    "--containers 0,          not a number from 1",
    "--seed -1,               not a number from 0",
    "--until tomorrow,        neither a day",
    "--until 2026-02-30,      neither a day",
    "--seed 1 --seed 2,       given twice"
  })
  void whatIsAskedInAWrongWayIsNamedAndEndsWithTwo(String wrong, String expected) {
    String[] arguments = ("--out " + scratch.resolve("world") + ' ' + wrong).split(" ");

    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(expected);
    assertThat(scratch.resolve("world")).doesNotExist();
  }

  @Test
  void theFolderMustBeNamed() {
    assertThat(run("--containers", "5")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--out is needed");
  }

  @Test
  void aFolderWithFilesInItIsLeftAlone() throws IOException {
    Files.writeString(scratch.resolve("mine.txt"), "keep");

    assertThat(run("--out", scratch.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("is not empty");
    assertThat(scratch.toFile().list()).containsExactly("mine.txt");
  }

  @Test
  void aFolderThatCannotBeMadeEndsWithOne() throws IOException {
    Path file = Files.writeString(scratch.resolve("file"), "");

    assertThat(run("--out", file.resolve("below").toString())).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot be written");
  }

  @Test
  void oneContainerIsAWorld() {
    assertThat(run("--out", scratch.resolve("one").toString(), "--containers", "1")).isZero();
    assertThat(scratch.resolve("one/index.json")).exists();
  }

  private int run(String... arguments) {
    return Simulator.run(List.of(arguments), new PrintStream(out), new PrintStream(err));
  }
}
