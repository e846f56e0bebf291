package tongguan.base.database;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import tongguan.base.Folders;
import tongguan.base.StartFailure;

/**
 * A real PostgreSQL beside the platform, for installations of one machine: unpacked, initialised,
 * started and stopped by us. It holds real data, so {@code fsync}, {@code full_page_writes}, {@code
 * synchronous_commit} and data checksums are on. It listens on loopback only, with passwords that
 * nobody has seen.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  static final String OWNER = "tongguan_owner";
  static final String APPLICATION = "tongguan_app";
  private static final String DATABASE = "tongguan";
  private static final int PATIENCE_SECONDS = 120;

  private final Path binaries;
  private final Path cluster;
  private final Path log;
  private final int port;
  private final String secret;
  private final List<String> overriding;
  private String applicationSecret = "";

  private EmbeddedPostgres(
      Path binaries, Path data, int port, String secret, List<String> overriding) {
    this.overriding = overriding;
    this.binaries = binaries;
    this.cluster = data.resolve("database");
    this.log = data.resolve("log/postgres.log");
    this.port = port;
    this.secret = secret;
  }

  /**
   * Starts the cluster under {@code data}, making it when there is none. A PostgreSQL that a killed
   * platform left behind on the same cluster is stopped first; the caller holds the data folder's
   * lock, so nobody else uses it.
   */
  public static EmbeddedPostgres start(Path data) {
    return start(data, List.of());
  }

  /**
   * @param overriding settings of the server that count more than ours; for tests, whose data need
   *     not outlive the machine
   */
  static EmbeddedPostgres start(Path data, List<String> overriding) {
    try {
      Files.createDirectories(data.resolve("log"));
      Path binaries = PostgresBinaries.unpackedIn(data.resolve("postgres"));
      boolean fresh = !Files.exists(data.resolve("database/PG_VERSION"));
      String secret = secretIn(data.resolve("database.secret"), fresh);
      EmbeddedPostgres postgres =
          new EmbeddedPostgres(binaries, data, freePort(), secret, overriding);
      if (fresh) {
        postgres.initialise(data);
      }
      postgres.stopOrphan();
      postgres.startWithDatabase();
      postgres.applicationSecret = postgres.applicationSecretIn(data);
      return postgres;
    } catch (SQLException e) {
      throw failure("its account for the platform cannot be made", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw failure(
          "the data folder " + data + " cannot be written", String.valueOf(e.getMessage()));
    }
  }

  /**
   * The server that another process runs on this data folder, if one does; for administration
   * beside a running platform by whoever may read the folder.
   */
  public static Optional<DatabaseUrl> running(Path data) {
    try {
      List<String> pid = Files.readAllLines(data.resolve("database/postmaster.pid"));
      String secret = Files.readString(data.resolve("database.secret")).strip();
      int port = Integer.parseInt(pid.get(3).strip());
      return Optional.of(new EmbeddedPostgres(data, data, port, secret, List.of()).owner());
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException notRunning) {
      return Optional.empty();
    }
  }

  /** The connection of the owner, who migrates. */
  public DatabaseUrl owner() {
    return url(OWNER, DATABASE);
  }

  /** The connection of the platform itself, which has rows and no tables. */
  public DatabaseUrl application() {
    return new DatabaseUrl(owner().jdbc(), ApplicationLogin.NAME, applicationSecret);
  }

  private DatabaseUrl url(String user, String database) {
    return new DatabaseUrl("jdbc:postgresql://127.0.0.1:" + port + "/" + database, user, secret);
  }

  /** The maintenance database, where the platform's own is created on first start. */
  DatabaseUrl maintenance() {
    return url(OWNER, "postgres");
  }

  static String databaseName() {
    return DATABASE;
  }

  private void initialise(Path data) throws IOException {
    Path unfinished = data.resolve("database.new");
    Folders.delete(unfinished);
    Path passwordFile = data.resolve("database.pw");
    writePrivately(passwordFile, secret);
    try {
      run(
          "the database could not be created",
          List.of(
              binaries.resolve("bin/initdb").toString(),
              "--pgdata=" + unfinished,
              "--username=" + OWNER,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale-provider=builtin",
              "--locale=C.UTF-8",
              "--data-checksums"));
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.move(unfinished, cluster);
  }

  private void stopOrphan() {
    if (Files.exists(cluster.resolve("postmaster.pid"))) {
      // Fails when the file is all that is left; the server clears it by itself at start.
      execute(List.of(pgCtl(), "-D", cluster.toString(), "-m", "fast", "-w", "-t", "60", "stop"));
    }
  }

  private void startWithDatabase() {
    boolean done = false;
    try {
      startServer();
      Migrations.createDatabase(this);
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  private void startServer() {
    List<String> command =
        List.of(
            pgCtl(),
            "-D",
            cluster.toString(),
            "-l",
            log.toString(),
            "-w",
            "-t",
            "60",
            "-o",
            String.join(" ", serverOptions()),
            "start");
    Outcome outcome = execute(command);
    if (outcome.exitCode() != 0) {
      throw failure(
          "the database did not start; its log is " + log, outcome.output() + tailOfLog());
    }
  }

  private List<String> serverOptions() {
    List<String> settings =
        List.of(
            "port=" + port,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "full_page_writes=on",
            "synchronous_commit=on",
            "max_connections=120",
            "shared_buffers=" + MemoryShare.sharedBuffersMegabytes() + "MB",
            "effective_cache_size=" + MemoryShare.cacheMegabytes() + "MB",
            "max_wal_size=4GB",
            "checkpoint_timeout=15min",
            "random_page_cost=1.1",
            "jit=off",
            "log_timezone=UTC",
            "timezone=UTC");
    List<String> options = new ArrayList<>();
    // Of two for the same, the server takes the later one.
    Stream.concat(settings.stream(), overriding.stream())
        .forEach(setting -> options.add("-c " + setting));
    return options;
  }

  /** Stops the server the fast way: connections are ended, everything is on disk. */
  @Override
  public void close() {
    execute(List.of(pgCtl(), "-D", cluster.toString(), "-m", "fast", "-w", "-t", "60", "stop"));
  }

  private String pgCtl() {
    return binaries.resolve("bin/pg_ctl").toString();
  }

  private record Outcome(int exitCode, String output) {}

  private void run(String whatFailed, List<String> command) {
    Outcome outcome = execute(command);
    if (outcome.exitCode() != 0) {
      throw failure(whatFailed, outcome.output());
    }
  }

  /**
   * PostgreSQL refuses to run as root. In a user namespace of its own the process is nobody, and
   * still reaches the files that root owns.
   */
  private static List<String> unprivileged(List<String> command) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return command;
    }
    List<String> whole = new ArrayList<>(List.of("unshare", "--user"));
    whole.addAll(command);
    return whole;
  }

  /** Runs a program of PostgreSQL to its end, also for a thread that is told to stop. */
  private static Outcome execute(List<String> command) {
    boolean interrupted = Thread.interrupted();
    try {
      Path output = Files.createTempFile("tongguan-postgres", ".out");
      try {
        // To a file and not a pipe: the server would inherit the pipe and keep it open for good.
        Process process =
            new ProcessBuilder(unprivileged(command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        CompletableFuture<Process> end = process.onExit().orTimeout(PATIENCE_SECONDS, SECONDS);
        try {
          return new Outcome(end.join().exitValue(), Files.readString(output));
        } catch (CompletionException tooLong) {
          process.destroyForcibly();
          return new Outcome(-1, "no end after " + PATIENCE_SECONDS + " s");
        }
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return new Outcome(-1, String.valueOf(e.getMessage()));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String tailOfLog() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException unreadable) {
      return "";
    }
  }

  static StartFailure failure(String what, String detail) {
    if (detail.contains("No space left on device")) {
      return StartFailure.environment(
          "The disk is full: " + what + ". Free some space or choose another folder with --data.");
    }
    if (detail.contains("unshare")) {
      return StartFailure.environment(
          "PostgreSQL does not run as root and this machine allows no user namespace ("
              + detail.strip()
              + "); run Tongguan as an ordinary user, or set TONGGUAN_DATABASE_URL.");
    }
    String last = detail.strip();
    return StartFailure.environment(
        "The embedded database is not usable: " + what + (last.isEmpty() ? "." : ": " + last));
  }

  private static String secretIn(Path file, boolean fresh) throws IOException {
    if (!fresh) {
      return Files.readString(file).strip();
    }
    String secret = newSecret();
    writePrivately(file, secret);
    return secret;
  }

  private static String newSecret() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Kept once the account has it, so that a start which was cut short makes it anew. */
  private String applicationSecretIn(Path data) throws IOException, SQLException {
    Path file = data.resolve("database.platform.secret");
    if (Files.exists(file)) {
      return Files.readString(file).strip();
    }
    String made = newSecret();
    ApplicationLogin.make(owner(), made);
    writePrivately(file, made);
    return made;
  }

  private static void writePrivately(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
