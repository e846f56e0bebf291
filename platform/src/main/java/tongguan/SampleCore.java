package tongguan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.Json;
import tongguan.base.StartFailure;
import tools.jackson.databind.node.ObjectNode;

/**
 * The core systems of the sample world, played by the simulator: processes of their own beside the
 * platform, which knows of them what {@code core/core.json} says and nothing else. They end with
 * the platform and keep what they know in the data folder.
 *
 * <p>Keys and ports are made when a system first starts, so that the platform waits for it then;
 * from then on they come up beside it.
 */
final class SampleCore implements AutoCloseable {
  /** In their folder: what they hold of the sample world, as its writer leaves it. */
  static final String DECLARATIONS = "declarations.ndjson";

  private static final Logger LOG = LoggerFactory.getLogger(SampleCore.class);
  private static final List<String> KINDS = List.of("sea", "air", "customs", "agency");
  private static final int READY_SECONDS = 120;
  private static final int END_SECONDS = 4;

  /** Of a heap, besides what the declarations take that a system holds. */
  private static final long LEAST_HEAP_MB = 96;

  private final Path folder;
  private final List<String> kinds;
  private final Map<String, String> environment;
  private final Map<String, Process> running = new LinkedHashMap<>();
  private volatile boolean closing;

  private SampleCore(Path folder, List<String> kinds, Map<String, String> environment) {
    this.folder = folder;
    this.kinds = kinds;
    this.environment = environment;
  }

  /** Those that the settings ask for: none where somebody wrote down other core systems. */
  static SampleCore of(Settings settings, Map<String, String> environment) {
    boolean others =
        !environment.getOrDefault("TONGGUAN_CORE_FILE", "").isBlank()
            || Files.exists(settings.data().resolve("core.json"));
    if (others && settings.core().orElse(false)) {
      throw StartFailure.usage(
          "run: --core sample, and core.json or TONGGUAN_CORE_FILE names other core systems; use one of them.");
    }
    boolean wanted = settings.core().orElse(settings.sample() > 0 && !others);
    if (wanted && simulator().isEmpty()) {
      throw StartFailure.environment(
          "The simulator, which plays the core systems, is not built; build it, or use --core none.");
    }
    return new SampleCore(folder(settings.data()), wanted ? KINDS : List.of(), environment);
  }

  /** Where the simulator is, if it is built. */
  static Optional<Path> simulator() {
    return Optional.ofNullable(System.getProperty("tongguan.simulator"))
        .map(Path::of)
        .filter(home -> Files.exists(home.resolve("simulator.jar")));
  }

  /** Where they keep everything. */
  static Path folder(Path data) {
    return data.resolve("core");
  }

  /** What the platform is to read its settings from. */
  Map<String, String> environment() {
    if (kinds.isEmpty()) {
      return environment;
    }
    Map<String, String> with = new HashMap<>(environment);
    with.put("TONGGUAN_CORE_FILE", folder.resolve("core.json").toString());
    return with;
  }

  /** Afterwards the settings are written: whoever has no address yet was started for it. */
  void prepare() throws InterruptedException {
    try {
      Map<String, CompletableFuture<Boolean>> first = new LinkedHashMap<>();
      for (String kind : kinds) {
        if (connection(kind).filter(SampleCore::isFree).isEmpty()) {
          Process process = launch(kind, 0, ProcessBuilder.Redirect.PIPE);
          first.put(kind, CompletableFuture.supplyAsync(() -> isReady(process)));
        }
      }
      for (Map.Entry<String, CompletableFuture<Boolean>> one : first.entrySet()) {
        if (!one.getValue().get(READY_SECONDS, TimeUnit.SECONDS)) {
          throw failed(one.getKey());
        }
      }
      if (!kinds.isEmpty()) {
        write();
      }
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw failed(e.toString());
    }
  }

  private StartFailure failed(String what) {
    return StartFailure.environment(
        "A simulated core system could not be started (%s; see the file errors in its folder below %s); use --core none to do without."
            .formatted(what, folder));
  }

  private static boolean isReady(Process process) {
    try {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("ready ")) {
          return true;
        }
      }
    } catch (IOException gone) {
      // it ended
    }
    return false;
  }

  /** How the platform reaches it, if it was started in this folder before. */
  private Optional<ObjectNode> connection(String kind) throws IOException {
    Path home = folder.resolve(kind);
    Path file = home.resolve("connection.json");
    try {
      return Files.exists(file)
          ? Optional.of((ObjectNode) Json.read(Files.readAllBytes(file)))
              .filter(known -> known.toString().contains(home.toString()))
          : Optional.empty();
    } catch (Json.Malformed cutShort) {
      return Optional.empty();
    }
  }

  private static int port(ObjectNode connection) {
    return connection.has("url")
        ? URI.create(connection.path("url").asString("")).getPort()
        : connection.path("port").asInt();
  }

  private static boolean isFree(ObjectNode connection) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(connection)));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private void write() throws IOException {
    Map<String, ObjectNode> systems = new LinkedHashMap<>();
    for (String kind : kinds) {
      // They come up beside the platform, so that it asks again soon.
      systems.put(
          kind,
          connection(kind)
              .orElseThrow(() -> failed(kind))
              .put("restSeconds", 2)
              .put("pollSeconds", 1));
    }
    Files.writeString(folder.resolve("core.json"), Json.text(Map.of("systems", systems)));
  }

  /** Starts those that are not up; they are there some seconds later. */
  void start() {
    try {
      for (String kind : kinds) {
        if (!running.containsKey(kind)) {
          int port = port(connection(kind).orElseThrow(() -> failed(kind)));
          launch(kind, port, ProcessBuilder.Redirect.DISCARD);
        }
      }
    } catch (IOException e) {
      throw failed(e.toString());
    }
  }

  private Process launch(String kind, int port, ProcessBuilder.Redirect output) throws IOException {
    Path home = Files.createDirectories(folder.resolve(kind));
    Path simulator = simulator().orElseThrow();
    Path declarations = folder.resolve(DECLARATIONS);
    long held = Files.exists(declarations) ? Files.size(declarations) >> 20 : 0;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + (LEAST_HEAP_MB + 4 * held) + "m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(
        List.of("-cp", simulator.resolve("simulator.jar") + ":" + simulator.resolve("lib") + "/*"));
    command.addAll(List.of("tongguan.simulator.Simulator", "core", kind));
    command.addAll(List.of("--port", String.valueOf(port), "--data", home.toString()));
    command.addAll(List.of("--binaries", folder.toString()));
    command.addAll(List.of("--declarations", declarations.toString()));
    command.addAll(List.of("--parent", String.valueOf(ProcessHandle.current().pid())));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output)
            .redirectError(home.resolve("errors").toFile())
            .start();
    running.put(kind, process);
    process.onExit().thenRun(() -> tellOfTheEnd(kind));
    return process;
  }

  private void tellOfTheEnd(String kind) {
    if (!closing) {
      LOG.atWarn().addKeyValue("system", kind).log("a simulated core system ended");
    }
  }

  /** Whom they know, for officers who sign in there. */
  void print(PrintStream out) {
    if (kinds.isEmpty()) {
      return;
    }
    out.println(
        "accounts at the simulated core systems (name and password), also in " + folder + ":");
    for (String kind : kinds) {
      out.printf("  %-14s %s%n", kind, accounts(kind));
    }
  }

  private String accounts(String kind) {
    try {
      return Files.readAllLines(folder.resolve(kind).resolve("accounts")).stream()
          .map(line -> line.replaceFirst(":(.*)", " \"$1\""))
          .collect(Collectors.joining(", "));
    } catch (IOException unreadable) {
      return "-";
    }
  }

  /** Ends them, and waits for a moment so that each can close its books. */
  @Override
  public void close() {
    closing = true;
    running.values().forEach(Process::destroy);
    try {
      for (Process process : running.values()) {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      running.values().forEach(Process::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
