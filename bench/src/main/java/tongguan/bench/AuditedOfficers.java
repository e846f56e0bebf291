package tongguan.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import tongguan.base.StartFailure;

/**
 * What recording adds to what an officer waits for: the look-up and the log-in over HTTP at two
 * platforms on the same database, one of them without its log, in turns.
 */
final class AuditedOfficers {
  private static final int[] CALLERS = {1, 4, 16, 64};
  private static final int[] COMING_IN = {1, 4};
  private static final int WARM_UP_SECONDS = 15;

  private final int seconds;
  private final int rounds;
  private final PrintStream out;

  AuditedOfficers(int seconds, int rounds, PrintStream out) {
    this.seconds = seconds;
    this.rounds = rounds;
    this.out = out;
  }

  /** What is measured at one platform with so many callers. */
  @FunctionalInterface
  private interface Work {
    Rate run(URI address, int callers) throws Exception;
  }

  void run(Path scratch, int containers) throws Exception {
    Path silent = SilentAudit.compiledIn(scratch);
    try (PlatformProcess recorded = PlatformProcess.start(scratch.resolve("world"), containers);
        PlatformProcess alone = recorded.beside(scratch.resolve("alone"), silent)) {
      List<String> keys = keys(recorded);
      List<String> cookies =
          SignedIn.cookies(
              Arrays.stream(CALLERS).max().orElseThrow(), recorded.address(), recorded.database());
      Work lookUps =
          (address, callers) -> new HttpLoad(address, keys, cookies, scratch).run(callers, seconds);
      List<SignedIn.Somebody> officers = new ArrayList<>();
      for (int i = 0; i < Arrays.stream(COMING_IN).max().orElseThrow(); i++) {
        officers.add(SignedIn.found(recorded.database(), "log-in-" + i));
      }
      Work logIns = (address, callers) -> logIns(address, officers.subList(0, callers));
      out.println("| p50 and p99 ms | alone | recorded | p50 grows by |");
      out.println("| --- | ---: | ---: | ---: |");
      for (PlatformProcess platform : List.of(alone, recorded)) {
        new HttpLoad(platform.address(), keys, cookies, scratch).run(16, WARM_UP_SECONDS);
        logIns(platform.address(), officers);
      }
      for (int callers : CALLERS) {
        compare("look-up", callers, lookUps, alone.address(), recorded.address());
      }
      for (int callers : COMING_IN) {
        compare("log-in", callers, logIns, alone.address(), recorded.address());
      }
    }
  }

  /** Two rounds in a row meet the same mood of the machine, so each pair is compared by itself. */
  private void compare(String what, int callers, Work work, URI alone, URI recorded)
      throws Exception {
    List<Rate> without = new ArrayList<>();
    List<Rate> with = new ArrayList<>();
    List<Double> growth = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      without.add(flawless(work.run(alone, callers)));
      with.add(flawless(work.run(recorded, callers)));
      growth.add(100 * (with.getLast().p50() / without.getLast().p50() - 1));
    }
    Rate one = inTheMiddle(without);
    Rate two = inTheMiddle(with);
    List<Double> sorted = growth.stream().sorted().toList();
    out.printf(
        Locale.ROOT,
        "| %s, %d callers | %.2f, %.1f | %.2f, %.1f | %.0f %% (%.0f to %.0f) |%n",
        what,
        callers,
        one.p50(),
        one.p99(),
        two.p50(),
        two.p99(),
        sorted.get(sorted.size() / 2),
        sorted.getFirst(),
        sorted.getLast());
  }

  /** An answer that is not right is quick and says nothing. */
  private static Rate flawless(Rate rate) {
    if (rate.errors() > 0) {
      throw StartFailure.environment(rate.errors() + " answers were not right.");
    }
    return rate;
  }

  private static Rate inTheMiddle(List<Rate> rates) {
    return rates.stream().sorted(Comparator.comparing(Rate::p50)).toList().get(rates.size() / 2);
  }

  /** Each officer comes in, and again. */
  private Rate logIns(URI address, List<SignedIn.Somebody> officers) throws Exception {
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    List<LongStream> latencies = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient();
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<LongStream>> running = new ArrayList<>();
      for (SignedIn.Somebody officer : officers) {
        running.add(executor.submit(() -> comeIn(client, SignedIn.logIn(address, officer), end)));
      }
      for (Future<LongStream> officer : running) {
        latencies.add(officer.get());
      }
    }
    long[] sorted = latencies.stream().flatMapToLong(each -> each).sorted().toArray();
    double took = (System.nanoTime() - start) / 1e9;
    return new Rate(sorted.length / took, at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), 0);
  }

  private static LongStream comeIn(HttpClient client, HttpRequest logIn, long end)
      throws IOException, InterruptedException {
    LongStream.Builder nanos = LongStream.builder();
    for (long before = System.nanoTime(); before < end; ) {
      int status = client.send(logIn, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw StartFailure.environment("An officer of the bench was not let in: " + status);
      }
      long after = System.nanoTime();
      nanos.add(after - before);
      before = after;
    }
    return nanos.build();
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
  }

  static List<String> keys(PlatformProcess platform) throws SQLException {
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
