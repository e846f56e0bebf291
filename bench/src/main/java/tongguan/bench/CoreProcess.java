package tongguan.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tongguan.base.Json;
import tongguan.base.StartFailure;
import tools.jackson.databind.node.ObjectNode;

/** The air clearance system of the simulator, for benches whose acts go to one. */
final class CoreProcess implements AutoCloseable {
  static final String USER = "wang";
  static final String PASSWORD = "air wang 1";
  private static final String KIND = "air";

  private final Process process;

  private CoreProcess(Process process) {
    this.process = process;
  }

  /** Starts it, and names it in the settings of the platform that has this data folder. */
  static CoreProcess start(Path folder, Path platformData) throws IOException {
    Path data = Files.createDirectories(folder.resolve(KIND));
    String home = System.getProperty("tongguan.simulator", "");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                home + "/simulator.jar:" + home + "/lib/*",
                "tongguan.simulator.Simulator",
                "core",
                KIND,
                "--port",
                "0",
                "--data",
                data.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready ")) {
        name(data, platformData);
        return new CoreProcess(process);
      }
    }
    throw StartFailure.environment("The simulator's core system did not start.");
  }

  private static void name(Path data, Path platformData) throws IOException {
    try {
      ObjectNode settings =
          (ObjectNode) Json.read(Files.readAllBytes(data.resolve("connection.json")));
      Files.createDirectories(platformData);
      Files.writeString(
          platformData.resolve("core.json"), Json.text(Map.of("systems", Map.of(KIND, settings))));
    } catch (Json.Malformed malformed) {
      throw new IOException("connection.json of the simulator", malformed);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
