package tongguan.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tongguan.audit.Audit;
import tongguan.base.Folders;
import tongguan.base.Ids;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.EmbeddedPostgres;
import tongguan.fleet.Fleet;
import tongguan.fleet.authority.FleetFolder;
import tongguan.fleet.channel.Channel;

/**
 * Enrolled devices that hold their streams on one node over mutual TLS 1.3: what a stream costs in
 * heap, what all of them cost while nothing happens, and how long one order to each of them takes
 * from its commit to the last device.
 */
final class StreamBench {
  private static final int HANDSHAKES_AT_ONCE = 16;

  private final int streams;
  private final int seconds;
  private final PrintStream out;
  private final Path scratch;

  private StreamBench(int streams, int seconds, PrintStream out, Path scratch) {
    this.streams = streams;
    this.seconds = seconds;
    this.out = out;
    this.scratch = scratch;
  }

  static void run(List<String> words, PrintStream out) throws Exception {
    Options options = new Options("streams", words, Set.of("--streams", "--seconds"));
    Path scratch = Files.createTempDirectory("tongguan-bench");
    try {
      new StreamBench(
              options.number("--streams", 1000, 1, 12_000),
              options.number("--seconds", 20, 1, 300),
              out,
              scratch)
          .run();
    } finally {
      Folders.delete(scratch);
    }
  }

  private void run() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(scratch.resolve("data"))) {
      Path keys = scratch.resolve("keys");
      try (Server server = Server.start(postgres.owner(), keys);
          Database database = new Database(postgres.owner(), 4);
          Audit audit = new Audit(database, new Ids(Clock.systemUTC()), Clock.systemUTC())) {
        Ids ids = new Ids(Clock.systemUTC());
        // Not started: it enrols and orders as another node does, and holds no streams.
        Channel channel =
            new Channel(database, new Fleet(database, ids), audit, ids, Clock.systemUTC());
        channel.open(new FleetFolder(keys));
        measure(server, database, channel, postgres.owner());
      }
    }
  }

  private void measure(Server server, Database database, Channel channel, DatabaseUrl url)
      throws Exception {
    long started = System.nanoTime();
    List<StreamClient> devices = StreamClient.enrolled(database, channel, streams);
    double enrolled = (System.nanoTime() - started) / 1e9;
    out.printf("enrolled %,d devices, %,.0f a second%n", streams, streams / enrolled);
    long before = server.heap();
    try {
      double opened = open(devices, server.port());
      out.printf("opened %,d streams, %,.0f a second%n", streams, streams / opened);
      long after = server.heap();
      double platform = server.cpuSeconds();
      double postgres = postgresCpuSeconds(url);
      TimeUnit.SECONDS.sleep(seconds);
      double idle = (server.cpuSeconds() - platform) / seconds;
      double idlePostgres = (postgresCpuSeconds(url) - postgres) / seconds;
      long[] late = orderAll(database, channel, devices);
      if (server.streams() != streams) {
        throw StartFailure.environment("Some streams were lost: " + server.streams());
      }
      out.println(
          "| streams held | heap a stream | platform, idle | PostgreSQL, idle | order to all: p50 | p99 | last |");
      out.println("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
      out.printf(
          "| %,d | %.1f KiB | %.1f %% of a core | %.1f %% | %d ms | %d ms | %d ms |%n",
          streams,
          (after - before) / 1024.0 / streams,
          100 * idle,
          100 * idlePostgres,
          late[streams / 2],
          late[(int) (streams * 0.99)],
          late[streams - 1]);
    } finally {
      devices.forEach(StreamClient::close);
    }
  }

  private double open(List<StreamClient> devices, int port) throws Exception {
    long started = System.nanoTime();
    Semaphore places = new Semaphore(HANDSHAKES_AT_ONCE);
    AtomicInteger failed = new AtomicInteger();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> opening = new ArrayList<>();
      for (StreamClient device : devices) {
        opening.add(
            executor.submit(() -> {
              places.acquire();
              try {
                failed.addAndGet(device.open(port));
              } finally {
                places.release();
              }
              return null;
            }));
      }
      for (Future<?> one : opening) {
        one.get();
      }
    }
    if (failed.get() > 0) {
      out.printf("%,d times a stream was only opened at another try%n", failed.get());
    }
    return (System.nanoTime() - started) / 1e9;
  }

  /** Milliseconds from the commit of all orders until each device had its own, sorted. */
  private static long[] orderAll(Database database, Channel channel, List<StreamClient> devices)
      throws Exception {
    long committing =
        database.inTransaction(tx -> {
          for (StreamClient device : devices) {
            long unused =
                channel
                    .commands()
                    .queue(tx, device.id(), "message", "{\"text\":\"bench\"}", null, "bench");
          }
          return System.nanoTime();
        });
    long[] late = new long[devices.size()];
    for (int i = 0; i < late.length; i++) {
      late[i] = (devices.get(i).orderedAt(Duration.ofSeconds(60)) - committing) / 1_000_000;
    }
    Arrays.sort(late);
    return late;
  }

  /** Of all backends of this database that are there now. */
  private static double postgresCpuSeconds(DatabaseUrl url) throws SQLException, IOException {
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select pid from pg_stat_activity where application_name = 'tongguan'")) {
      double seconds = 0;
      while (row.next()) {
        Path stat = Path.of("/proc", row.getString(1), "stat");
        if (Files.exists(stat)) {
          String[] words = Files.readString(stat).replaceFirst(".*\\) ", "").split(" ", -1);
          // utime and stime in hundredths of a second (proc_pid_stat(5))
          seconds += (Long.parseLong(words[11]) + Long.parseLong(words[12])) / 100.0;
        }
      }
      return seconds;
    }
  }

  /** The platform's process. */
  private static final class Server implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;
    private final int port;

    private Server(Process process, BufferedReader lines, int port) {
      this.process = process;
      this.lines = lines;
      this.port = port;
    }

    static Server start(DatabaseUrl url, Path keys) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx1g",
                  "-XX:+UseG1GC",
                  "-XX:+UseCompactObjectHeaders",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  StreamServer.class.getName(),
                  url.jdbc(),
                  url.user(),
                  url.password(),
                  keys.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String port = lineThatBegins("ready ", lines);
      return new Server(process, lines, Integer.parseInt(port));
    }

    private static String lineThatBegins(String word, BufferedReader lines) throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(word)) {
          return line.substring(word.length());
        }
      }
      throw StartFailure.environment("The platform under test has ended.");
    }

    int port() {
      return port;
    }

    private String[] memory() throws IOException {
      Writer asking = process.outputWriter(StandardCharsets.UTF_8);
      asking.write("memory\n");
      asking.flush();
      return lineThatBegins("memory ", lines).split(" ", -1);
    }

    /** Used, after a collection. */
    long heap() throws IOException {
      return Long.parseLong(memory()[0]);
    }

    int streams() throws IOException {
      return Integer.parseInt(memory()[1]);
    }

    double cpuSeconds() {
      return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
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
}
