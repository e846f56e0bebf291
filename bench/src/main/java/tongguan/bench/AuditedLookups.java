package tongguan.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import tongguan.access.Sight;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.dossier.Dossier;

/**
 * What recording a look-up adds to it: the dossier and its entry, as the route does it but for HTTP
 * and the session, beside the dossier alone, in turns. HTTP and session come on top of both, so
 * that the true share is smaller.
 */
final class AuditedLookups {
  private static final int CONNECTIONS = 6;
  private static final Actor OFFICER =
      new Actor("018f3f3e-0000-7000-8000-000000000001", "lin.mei", "A", "", "192.0.2.7", "session");

  private final int seconds;
  private final int rounds;
  private final PrintStream out;

  AuditedLookups(int seconds, int rounds, PrintStream out) {
    this.seconds = seconds;
    this.rounds = rounds;
    this.out = out;
  }

  void run(Path data, int containers) throws Exception {
    try (PlatformProcess platform = PlatformProcess.start(data, containers);
        Database database = new Database(platform.database(), CONNECTIONS);
        Audit audit = new Audit(database, new Ids(Clock.systemUTC()), Clock.systemUTC())) {
      List<String> keys = keys(platform);
      Dossier dossier = new Dossier(database, Clock.systemUTC());
      Consumer<String> plain = key -> dossier.find(key, Sight.ALL);
      Consumer<String> recorded =
          key -> {
            int results = dossier.find(key, Sight.ALL).results();
            audit.write(Entry.done("query", OFFICER, "key:" + key, "c").found(results));
          };
      out.println("| look-up in the process, p50 and p99 ms | alone | recorded | p50 grows by |");
      out.println("| --- | ---: | ---: | ---: |");
      measure(16, keys, plain);
      measure(16, keys, recorded);
      for (int callers : new int[] {1, 4, 16, 64}) {
        compare(callers, keys, plain, recorded);
      }
    }
  }

  private void compare(
      int callers, List<String> keys, Consumer<String> plain, Consumer<String> recorded)
      throws Exception {
    List<double[]> alone = new ArrayList<>();
    List<double[]> with = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      alone.add(measure(callers, keys, plain));
      with.add(measure(callers, keys, recorded));
    }
    double[] one = median(alone);
    double[] two = median(with);
    out.printf(
        Locale.ROOT,
        "| %d callers | %.2f, %.1f | %.2f, %.1f | %.0f %% |%n",
        callers,
        one[0],
        one[1],
        two[0],
        two[1],
        100 * (two[0] / one[0] - 1));
  }

  private static double[] median(List<double[]> rounds) {
    return rounds.stream()
        .sorted((one, other) -> Double.compare(one[0], other[0]))
        .toList()
        .get(rounds.size() / 2);
  }

  /** The median and the 99th percentile in milliseconds. */
  private double[] measure(int callers, List<String> keys, Consumer<String> work) throws Exception {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<long[]> all = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<long[]>> running = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        running.add(executor.submit(() -> until(end, keys, work)));
      }
      for (Future<long[]> caller : running) {
        all.add(caller.get());
      }
    }
    long[] sorted = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new double[] {
      sorted[sorted.length / 2] / 1e6, sorted[(int) (sorted.length * 0.99)] / 1e6
    };
  }

  private static long[] until(long end, List<String> keys, Consumer<String> work) {
    long[] nanos = new long[1024];
    int count = 0;
    for (long before = System.nanoTime(); before < end; ) {
      work.accept(keys.get(ThreadLocalRandom.current().nextInt(keys.size())));
      long after = System.nanoTime();
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = after - before;
      before = after;
    }
    return Arrays.copyOf(nanos, count);
  }

  private static List<String> keys(PlatformProcess platform) throws IOException, SQLException {
    try (Connection owner = platform.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("vacuum analyze");
      List<String> keys = new ArrayList<>();
      try (var row =
          statement.executeQuery(
              "select number from record.container where check_digit = 'ok' order by md5(number) limit 5000")) {
        while (row.next()) {
          keys.add(row.getString(1));
        }
      }
      return keys;
    }
  }
}
