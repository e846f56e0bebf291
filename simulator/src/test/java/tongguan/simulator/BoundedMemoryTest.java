package tongguan.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large world in a heap that could not hold it. */
@Tag("slow")
class BoundedMemoryTest {
  @TempDir Path scratch;

  @Test
  void twoHundredThousandContainersPassThroughAHeapOf96Megabytes() throws Exception {
    Path out = scratch.resolve("world");
    Process simulator =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                Simulator.class.getName(),
                "--out",
                out.toString(),
                "--until",
                "2026-11-20",
                "--containers",
                "200000")
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("log").toFile())
            .start();

    boolean ended = simulator.waitFor(5, TimeUnit.MINUTES);
    simulator.destroyForcibly();

    assertThat(ended).isTrue();
    assertThat(simulator.exitValue()).as(Files.readString(scratch.resolve("log"))).isZero();
    assertThat(out.resolve("index.json")).exists();
  }
}
