package tongguan.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tongguan.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A core system of the simulator: a process of its own that speaks the real protocol. */
public final class CorePeer implements AutoCloseable {
  private static final Path HOME = Path.of("../simulator/target/app").toAbsolutePath().normalize();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String kind;
  private final Path data;
  private final int port;
  private int control;
  private Process process;

  private CorePeer(String kind, Path data) throws IOException {
    this.kind = kind;
    this.data = data;
    this.process = launch(0);
    this.port = ready();
  }

  public static CorePeer start(String kind, Path folder) throws IOException {
    return new CorePeer(kind, Files.createDirectories(folder.resolve(kind)));
  }

  private Process launch(int at) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("-cp", HOME.resolve("simulator.jar") + ":" + HOME.resolve("lib") + "/*"));
    command.addAll(List.of("tongguan.simulator.Simulator", "core", kind));
    command.addAll(List.of("--port", String.valueOf(at), "--data", data.toString()));
    command.addAll(
        List.of("--binaries", HOME.resolveSibling("core-binaries").toAbsolutePath().toString()));
    return new ProcessBuilder(command).redirectError(data.resolve("errors").toFile()).start();
  }

  private int ready() throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("ready ")) {
        String[] words = line.split(" ", -1);
        control = Integer.parseInt(words[3]);
        return Integer.parseInt(words[1]);
      }
    }
    throw new AssertionError(
        "ended before it was ready: " + Files.readString(data.resolve("errors")));
  }

  public String kind() {
    return kind;
  }

  public int port() {
    return port;
  }

  Path file(String name) {
    return data.resolve(name);
  }

  /** What the platform's settings say of it: short times, so that tests need not wait. */
  public ObjectNode settings() {
    try {
      ObjectNode settings =
          (ObjectNode) Json.read(Files.readAllBytes(data.resolve("connection.json")));
      settings.put("port", port);
      if (settings.has("url")) {
        settings.remove("port");
      }
      return settings.put("seconds", 2).put("restSeconds", 1).put("pollSeconds", 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Json.Malformed e) {
      throw new AssertionError(e);
    }
  }

  /** The connector to it alone, without a platform. */
  CoreSystem connect() {
    return connect(settings());
  }

  CoreSystem connect(ObjectNode settings) {
    return Core.connect(read(settings), Clock.systemUTC());
  }

  private SystemSettings read(ObjectNode settings) {
    try {
      Path file = data.resolve("core.json");
      Files.writeString(file, Json.text(Map.of("systems", Map.of(kind, settings))));
      return CoreSettings.of(data, Map.of()).getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The platform's settings for these systems, in its data folder. */
  public static void write(Path folder, List<CorePeer> peers) throws IOException {
    Map<String, Object> systems = new LinkedHashMap<>();
    peers.forEach(peer -> systems.put(peer.kind(), peer.settings()));
    Files.writeString(folder.resolve("core.json"), Json.text(Map.of("systems", systems)));
  }

  /**
   * @param on which requests it is for; empty for all
   * @param count of requests; 0 until it is cleared
   */
  public void fault(String name, String on, int count) {
    JsonNode _ =
        control("POST", "/fault?kind=" + name + "&on=" + on + "&count=" + count + "&millis=4000");
  }

  public void clear() {
    JsonNode _ = control("POST", "/clear");
  }

  /** The orders that it carried out or refused, by key. */
  public List<JsonNode> journal() {
    List<JsonNode> orders = new ArrayList<>();
    control("GET", "/journal").path("orders").forEach(orders::add);
    return orders;
  }

  public List<JsonNode> journal(String key) {
    return journal().stream().filter(one -> one.path("key").stringValue("").equals(key)).toList();
  }

  private JsonNode control(String method, String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + control + path))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build();
      return Json.read(CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    } catch (IOException | Json.Malformed e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** SIGKILL, and up again on the same port. */
  public void killAndStart() {
    try {
      process.destroyForcibly().waitFor();
      process = launch(port);
      int _ = ready();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
