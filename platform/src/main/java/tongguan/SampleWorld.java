package tongguan;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tongguan.base.Folders;
import tongguan.base.Json;
import tongguan.base.StartFailure;
import tongguan.exchange.sending.Import;
import tools.jackson.databind.JsonNode;

/**
 * The port world that a first start loads: written by the simulator, a program of its own, and sent
 * in by the door that production uses. Interrupted, the same files are sent again from the start,
 * and what is known already changes nothing. What customs' own systems hold of it is left for
 * {@link SampleCore}.
 */
final class SampleWorld {
  private final Path data;
  private final PrintStream out;

  SampleWorld(Path data, PrintStream out) {
    this.data = data;
    this.out = out;
  }

  private Path index() {
    return data.resolve("sample.json");
  }

  private Path folder() {
    return data.resolve("sample");
  }

  private boolean isWanted(int containers) {
    return containers > 0 && !Files.exists(index());
  }

  /** Writes the world once per data folder, to be loaded; {@code containers} 0 is none. */
  void write(int containers) throws InterruptedException {
    Path folder = folder();
    if (!isWanted(containers) || Files.exists(folder.resolve("index.json"))) {
      return;
    }
    try {
      Folders.delete(folder);
      simulate(containers, folder);
    } catch (IOException e) {
      throw notLoaded(e);
    }
  }

  /** Loads the world that was written, once per data folder. */
  void load(int containers, URI platform) {
    if (!isWanted(containers)) {
      return;
    }
    Path folder = folder();
    try {
      send(folder, platform);
      Files.move(folder.resolve("index.json"), index());
      Folders.delete(folder);
    } catch (IOException e) {
      throw notLoaded(e);
    }
  }

  private static StartFailure notLoaded(IOException why) {
    return StartFailure.environment(
        "The sample world could not be loaded (%s); start again to go on, or use --sample none."
            .formatted(why.getMessage()));
  }

  private void simulate(int containers, Path folder) throws IOException, InterruptedException {
    Path home =
        SampleCore.simulator().orElseThrow(() -> new IOException("the simulator is not built"));
    Path core = Files.createDirectories(SampleCore.folder(data));
    Process simulator =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                home.resolve("simulator.jar").toString(),
                "tongguan.simulator.Simulator",
                "--containers",
                String.valueOf(containers),
                "--out",
                folder.toString(),
                "--declarations",
                core.resolve(SampleCore.DECLARATIONS).toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      if (!simulator.waitFor(2, TimeUnit.HOURS) || simulator.exitValue() != 0) {
        throw new IOException("the simulator failed");
      }
    } finally {
      simulator.destroyForcibly();
    }
  }

  private void send(Path folder, URI platform) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> !file.endsWith("index.json")).sorted().toList();
    }
    String token = Files.readString(data.resolve("senders/local-import.token")).strip();
    AtomicInteger done = new AtomicInteger();
    Import.Counts counts =
        new Import(platform, token, "en")
            .send(files, sent -> progress(done.incrementAndGet(), files.size()));
    out.printf(
        "sample world: %d messages applied, %d known already, %d in quarantine on purpose%n",
        counts.applied(), counts.known(), counts.quarantined());
  }

  private static void progress(int done, int all) {
    if (done % Math.max(1, all / 20) == 0 || done == all) {
      System.err.printf("sample world: %d of %d files sent%n", done, all);
    }
  }

  /** Numbers worth typing first. */
  void suggest() {
    if (!Files.exists(index())) {
      return;
    }
    try {
      JsonNode tries = Json.read(Files.readAllBytes(index())).path("try");
      out.println("try one of these numbers:");
      tries
          .values()
          .forEach(one ->
              out.printf(
                  "  %-24s %s · %s%n",
                  one.path("key").asString(""),
                  one.path("zh").asString(""),
                  one.path("en").asString("")));
    } catch (IOException | Json.Malformed unreadable) {
      // Only suggestions are lost.
    }
  }
}
