package tongguan.bench.field;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tongguan.steward.peer.NetworkNamespace;

/** One node of the platform, as {@code ./tongguan run --tls} starts it, in a network of its own. */
final class Node implements AutoCloseable {
  private final Process process;
  private final Tunnel tunnel;

  private Node(Process process, Tunnel tunnel) {
    this.process = process;
    this.tunnel = tunnel;
  }

  /**
   * @param address and port of its door with TLS
   * @param name by which devices ask for it
   */
  static Node start(
      NetworkNamespace world,
      Path data,
      String address,
      String name,
      Map<String, String> environment)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            world.in(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "tongguan.Tongguan",
                "run",
                "--port",
                "0",
                "--sample",
                "none",
                "--data",
                data.toString(),
                "--tls",
                address,
                "--name",
                name));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(data.resolveSibling(data.getFileName() + ".log").toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready ")) {
        URI there = URI.create(line.substring("ready ".length()));
        return new Node(process, Tunnel.anyPort(world, there.getPort()));
      }
    }
    throw new IOException("the node on " + data + " did not start");
  }

  /** Its plain door, as seen from the test. */
  URI address() {
    return URI.create("http://127.0.0.1:" + tunnel.port());
  }

  /** As by a power cut. */
  void kill() throws IOException {
    try {
      process.destroyForcibly().waitFor();
      tunnel.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tunnel.close();
  }
}
