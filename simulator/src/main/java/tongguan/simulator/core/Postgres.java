package tongguan.simulator.core;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** A PostgreSQL server of this system's own, small, on loopback, durable like a real one. */
final class Postgres implements AutoCloseable {
  static final String OWNER = "owner";

  private final Path home;
  private final Path cluster;
  private final int port;
  private final String password;

  private Postgres(Path home, Path cluster, int port, String password) {
    this.home = home;
    this.cluster = cluster;
    this.port = port;
    this.password = password;
  }

  static Postgres start(Path data, Path binaries) throws IOException {
    Path home = unpacked(binaries);
    Path secret = data.resolve("database.secret");
    if (!Files.exists(secret)) {
      Files.writeString(secret, Accounts.random());
    }
    String password = Files.readString(secret);
    Path cluster = data.resolve("database");
    Postgres postgres = new Postgres(home, cluster, freePort(), password);
    if (!Files.exists(cluster.resolve("PG_VERSION"))) {
      postgres.run(
          "bin/initdb",
          "--pgdata=" + cluster,
          "--username=" + OWNER,
          "--pwfile=" + secret,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          "--locale=C");
    }
    if (Files.exists(cluster.resolve("postmaster.pid"))) {
      postgres.stop(); // of a process that was killed
    }
    postgres.run(
        "bin/pg_ctl",
        "-D",
        cluster.toString(),
        "-l",
        data.resolve("database.log").toString(),
        "-w",
        "-o",
        "-c port="
            + postgres.port
            + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
            + " -c shared_buffers=16MB -c max_connections=40 -c jit=off -c timezone=UTC",
        "start");
    return postgres;
  }

  /** Shared by all that are started with the same folder; the first one unpacks. */
  private static Path unpacked(Path binaries) throws IOException {
    Path home = binaries.resolve("postgres");
    Files.createDirectories(binaries);
    try (FileChannel channel =
            FileChannel.open(
                binaries.resolve("postgres.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.exists(home.resolve("unpacked"))) {
        unpack(home);
        Files.createFile(home.resolve("unpacked"));
      }
    }
    return home;
  }

  private static void unpack(Path home) throws IOException {
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String name = "/postgres-linux-" + (machine.equals("amd64") ? "x86_64" : machine) + ".txz";
    try (InputStream archive = Postgres.class.getResourceAsStream(name)) {
      if (archive == null) {
        throw new IOException("no PostgreSQL for this kind of machine");
      }
      TarArchiveInputStream tar =
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)));
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = home.resolve(entry.getName()).normalize();
        if (!path.startsWith(home)) {
          throw new IOException("the archive leaves its folder");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.getParent());
        Files.deleteIfExists(path);
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
          continue;
        }
        Files.copy(tar, path);
        if ((entry.getMode() & 0100) != 0) {
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  String password() {
    return password;
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private void stop() {
    try {
      run("bin/pg_ctl", "-D", cluster.toString(), "-m", "fast", "-w", "-t", "30", "stop");
    } catch (IOException notRunning) {
      // the file was all that was left
    }
  }

  private void run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      // PostgreSQL does not run as root; in a user namespace of its own it is nobody.
      command.addAll(List.of("unshare", "--user"));
    }
    command.add(home.resolve(program).toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("simulator-postgres", ".out");
    try {
      // A file and not a pipe, which the server would keep open.
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .start();
      if (!process.waitFor(90, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(program + ": " + Files.readString(output).strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopping", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
