package tongguan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tongguan.base.database.DatabaseUrl;

/** A platform as operators run it: a process of its own, with a command line and signals. */
public final class PlatformProcess implements AutoCloseable {
  private final Process process;
  private final Path errors;
  private final BufferedReader output;
  private int devicePort = -1;

  private PlatformProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dtongguan.simulator=" + Path.of("../simulator/target/app").toAbsolutePath());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "tongguan.Tongguan"));
    command.addAll(List.of(arguments));
    return command;
  }

  static PlatformProcess run(Path data, String... options) throws IOException {
    return run(Map.of(), data, options);
  }

  public static PlatformProcess run(Map<String, String> environment, Path data, String... options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("run", "--data", data.toString()));
    if (!List.of(options).contains("--port")) {
      arguments.addAll(List.of("--port", "0"));
    }
    if (!List.of(options).contains("--sample")) {
      arguments.addAll(List.of("--sample", "none"));
    }
    arguments.addAll(List.of(options));
    return start(environment, command(arguments.toArray(String[]::new)));
  }

  static PlatformProcess start(Map<String, String> environment, List<String> command)
      throws IOException {
    Path errors = Files.createTempFile("platform", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    return new PlatformProcess(builder.start(), errors);
  }

  /** As {@code TONGGUAN_DATABASE_URL} has it. */
  public static Map<String, String> on(DatabaseUrl url) {
    String login = url.user() + ":" + url.password() + "@";
    return Map.of(
        "TONGGUAN_DATABASE_URL", url.jdbc().replace("jdbc:", "").replace("//", "//" + login));
  }

  /** Waits for the line that says where it serves. */
  public URI ready() throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("devices on port ")) {
        devicePort = Integer.parseInt(line.substring("devices on port ".length()));
      }
      if (line.startsWith("ready ")) {
        return URI.create(line.substring("ready ".length()));
      }
    }
    throw new AssertionError("ended before it was ready: " + errors());
  }

  /** Of the door with TLS, once it is ready. */
  public int devicePort() {
    return devicePort;
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after a minute");
    }
    return process.exitValue();
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  static int status(URI address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(address).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  /** Ends it the fast way where a test failed half way. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(errors);
  }
}
