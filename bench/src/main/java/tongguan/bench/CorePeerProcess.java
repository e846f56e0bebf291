package tongguan.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tongguan.base.Json;
import tongguan.base.StartFailure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A simulated core system in a process of its own, which can be killed and started again. */
final class CorePeerProcess implements AutoCloseable {
  private final String kind;
  private final Path data;
  private final List<String> options;
  private final int port;
  private final CutLine line;
  private Process process;

  private CorePeerProcess(String kind, Path data, List<String> options) throws IOException {
    this.kind = kind;
    this.data = data;
    this.options = options;
    this.process = launch(0);
    this.port = ready();
    this.line = CutLine.to(port);
  }

  /**
   * @param options of the simulator, as {@code --fail} and {@code --seed}
   */
  static CorePeerProcess start(String kind, Path folder, List<String> options) throws IOException {
    return new CorePeerProcess(kind, Files.createDirectories(folder.resolve(kind)), options);
  }

  private Process launch(int at) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath(), "tongguan.simulator.Simulator", "core", kind));
    command.addAll(List.of("--port", String.valueOf(at), "--data", data.toString()));
    command.addAll(List.of("--binaries", data.resolveSibling("core-binaries").toString()));
    command.addAll(options);
    return new ProcessBuilder(command).redirectError(data.resolve("errors").toFile()).start();
  }

  /** The built simulator; in a test, that of the test's own class path. */
  private static String classPath() {
    Path built = Path.of(System.getProperty("tongguan.simulator", ""));
    return Files.exists(built.resolve("simulator.jar"))
        ? built.resolve("simulator.jar") + ":" + built.resolve("lib") + "/*"
        : System.getProperty("java.class.path");
  }

  private int ready() throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String said = output.readLine(); said != null; said = output.readLine()) {
      if (said.startsWith("ready ")) {
        return Integer.parseInt(said.split(" ", -1)[1]);
      }
    }
    throw StartFailure.environment(
        "The core system \"%s\" did not start: %s"
            .formatted(kind, Files.readString(data.resolve("errors")).strip()));
  }

  String kind() {
    return kind;
  }

  CutLine line() {
    return line;
  }

  /** What the platform's core.json says of it: over the line that can be cut, with short times. */
  ObjectNode settings() throws IOException {
    ObjectNode settings =
        (ObjectNode) Json.MAPPER.readTree(Files.readString(data.resolve("connection.json")));
    if (settings.has("url")) {
      settings.put(
          "url", settings.path("url").stringValue("").replace(":" + port, ":" + line.port()));
    } else {
      settings.put("port", line.port());
    }
    return settings.put("seconds", 3).put("restSeconds", 1).put("pollSeconds", 1);
  }

  /** SIGKILL, and up again on the same port. */
  void killAndStart() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    process = launch(port);
    int _ = ready();
  }

  /** Every line of its journal, as it stands on the disk: one for each order that it decided on. */
  List<JsonNode> journal() throws IOException {
    Path file = data.resolve("journal.ndjson");
    List<JsonNode> lines = new ArrayList<>();
    if (Files.exists(file)) {
      for (String one : Files.readAllLines(file)) {
        lines.add(Json.MAPPER.readTree(one));
      }
    }
    return lines;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      line.close();
    } catch (IOException ended) {
      // its line is gone with the drill
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
