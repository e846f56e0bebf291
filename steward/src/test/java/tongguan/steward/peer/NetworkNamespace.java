package tongguan.steward.peer;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A machine's network, made by the test and gone with it: a real network namespace of the real
 * kernel. Everybody may make one within a user namespace of their own; root needs none.
 */
public final class NetworkNamespace implements AutoCloseable {
  private final Process holder;
  private final List<String> entry;

  private NetworkNamespace(List<String> outer, boolean first) {
    try {
      boolean root = Files.getOwner(Path.of("/proc/self")).getName().equals("root");
      List<String> command = new ArrayList<>(outer);
      command.addAll(
          root || !first
              ? List.of("unshare", "--net", "sleep", "infinity")
              : List.of("unshare", "--user", "--map-root-user", "--net", "sleep", "infinity"));
      holder = new ProcessBuilder(command).start();
      entry =
          root
              ? List.of("nsenter", "-t", "" + holder.pid(), "-n")
              : List.of("nsenter", "--preserve-credentials", "-t", "" + holder.pid(), "-U", "-n");
      // Before that, entering it would enter the machine's own.
      await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> !net(holder.pid()).equals(net(ProcessHandle.current().pid())));
      run("ip", "link", "set", "lo", "up");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  public static NetworkNamespace make() {
    return new NetworkNamespace(List.of(), true);
  }

  /** A second one that can be wired to this one. */
  public NetworkNamespace neighbour() {
    return new NetworkNamespace(entry.subList(0, entry.size() - 1), false);
  }

  private static String net(long pid) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net")).toString();
  }

  /** A cable between this one's {@code wire} and the other's. */
  public void wire(NetworkNamespace other, List<String> here, List<String> there)
      throws IOException {
    run(
        "ip",
        "link",
        "add",
        "wire",
        "type",
        "veth",
        "peer",
        "name",
        "wire",
        "netns",
        "" + other.holder.pid());
    for (String address : here) {
      run("ip", "address", "add", address, "dev", "wire", "nodad");
    }
    for (String address : there) {
      other.run("ip", "address", "add", address, "dev", "wire", "nodad");
    }
    run("ip", "link", "set", "wire", "up");
    other.run("ip", "link", "set", "wire", "up");
  }

  /** A command in it. */
  public List<String> in(String... command) {
    List<String> all = new ArrayList<>(entry);
    all.addAll(List.of(command));
    return all;
  }

  public Process start(String... command) throws IOException {
    return new ProcessBuilder(in(command)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  public void run(String... command) throws IOException {
    if (exit(command) != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  public int exit(String... command) throws IOException {
    Process process =
        new ProcessBuilder(in(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Whether a TCP connection comes about from here. */
  public boolean reaches(String host, int port) throws IOException {
    return exit("timeout", "0.7", "bash", "-c", "exec 3<>/dev/tcp/" + host + "/" + port) == 0;
  }

  @Override
  public void close() {
    holder.destroyForcibly();
  }
}
