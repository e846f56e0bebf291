package tongguan.exchange.edifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The bounds of the EDIFACT row: 64 MB and 2 s for the worst that is let in. */
class WorstInputsTest {
  private static final long MOST_MILLISECONDS = 2000;

  /** The transmission itself, at most 16 MB, and 64 MB to read it. */
  private static final String HEAP = "-Xmx80m";

  @Test
  void theWorstTransmissionsAreReadIn64MegabytesMoreAndTwoSecondsEach()
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                WorstInputs.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    System.out.print(output);

    assertThat(process.exitValue()).as(output).isZero();
    List<String> lines = output.lines().filter(line -> line.contains("\t")).toList();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(22);
    assertThat(lines)
        .allSatisfy(line ->
            assertThat(Long.parseLong(line.split("\t")[1]))
                .as(line)
                .isLessThanOrEqualTo(MOST_MILLISECONDS));
  }
}
