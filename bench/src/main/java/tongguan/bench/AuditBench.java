package tongguan.bench;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.AuditFolder;
import tongguan.audit.AuditVerb;
import tongguan.audit.Entry;
import tongguan.base.Folders;
import tongguan.base.Ids;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.EmbeddedPostgres;
import tongguan.base.database.Migrations;

/**
 * Entries a second through the audit log, each durable before its caller goes on, while the
 * sequencer chains and grows the tree; beside pgbench inserting the same rows into a table with the
 * same indexes and nothing behind it, in turns.
 */
final class AuditBench {
  /** How long the entry has waited that waits longest for its place. */
  private static final String LAG =
      """
      select coalesce(1000 * extract(epoch from clock_timestamp() - min(e.at)), 0)
      from audit.entry e
      where (e.xid, e.id) > (select c.xid, c.entry from audit.chain c order by c.seq desc limit 1)
      """;

  /** What pgbench inserts: the row that the log writes, one transaction each. */
  private static final String RAW =
      """
      \\set n random(1, 1000000000)
      insert into bench.entry (id, node_at, act, outcome, code, account, name, unit, device, address, session, record,
        results, details, correlation)
      values (uuidv7(), clock_timestamp(), 'query', 'done', '', '018f3f3e-0000-7000-8000-00000000' || (:n::int % 500),
        'officer' || (:n::int % 500), 'AA' || (:n::int % 50), 'D-' || (:n::int % 2000), '192.0.2.' || (:n::int % 250), 's' || (:n::int % 500),
        'container/CSQU' || :n::int, 1, '{"key":"CSQU3054383","kind":"container"}', 'c' || :n::int);
      """;

  private final int callers;
  private final int seconds;
  private final int rounds;
  private final PrintStream out;
  private final Path scratch;

  private AuditBench(int callers, int seconds, int rounds, PrintStream out, Path scratch) {
    this.callers = callers;
    this.seconds = seconds;
    this.rounds = rounds;
    this.out = out;
    this.scratch = scratch;
  }

  static void run(List<String> words, PrintStream out) throws Exception {
    Options options =
        new Options("audit", words, Set.of("--callers", "--seconds", "--rounds", "--containers"));
    Path scratch = Files.createTempDirectory("tongguan-bench");
    try {
      new AuditBench(
              options.number("--callers", 64, 1, 4000),
              options.number("--seconds", 10, 1, 600),
              options.number("--rounds", 3, 1, 20),
              out,
              scratch)
          .run();
      int containers = options.number("--containers", 5_000, 0, 1_000_000);
      if (containers > 0) {
        new AuditedOfficers(
                options.number("--seconds", 10, 1, 600), options.number("--rounds", 3, 1, 20), out)
            .run(scratch, containers);
      }
    } finally {
      Folders.delete(scratch);
    }
  }

  private void run() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(scratch.resolve("data"))) {
      DatabaseUrl url = postgres.owner();
      Migrations.run(url, List.of("base", "audit"));
      execute(
          url, "create schema bench; create table bench.entry (like audit.entry including all)");
      AuditFolder folder = AuditFolder.of(scratch.resolve("data"), Map.of());
      Clock clock = Clock.systemUTC();
      try (Database database = new Database(url, 2);
          Audit audit = new Audit(database, new Ids(clock), clock)) {
        audit.open(folder);
        audit.start();
        measure(audit, url);
      }
      verify(url, folder);
    }
  }

  private void measure(Audit audit, DatabaseUrl url) throws Exception {
    DatabaseLoad raw = new DatabaseLoad(url, scratch, RAW);
    Rate warm = write(audit, callers, Math.min(seconds, 5), lag -> {}, url);
    out.println("warm-up: " + warm);
    List<Rate> ofLog = new ArrayList<>();
    List<Rate> ofDatabase = new ArrayList<>();
    List<Long> lags = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      ofDatabase.add(raw.run(Math.min(callers, 100), seconds));
      ofLog.add(write(audit, callers, seconds, lags::add, url));
      out.printf("round %d: raw %s | log %s%n", round, ofDatabase.getLast(), ofLog.getLast());
    }
    Rate one = write(audit, 1, seconds, lag -> {}, url);
    out.println("| durable entries | entries/s | p50 ms | p95 ms | p99 ms | errors |");
    out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
    out.println(
        Rate.median(ofDatabase)
            .row("pgbench, insert of the same row, " + Math.min(callers, 100) + " clients"));
    out.println(Rate.median(ofLog).row("audit log, sequencer on, " + callers + " callers"));
    out.println(one.row("audit log, one caller"));
    List<Long> sorted = lags.stream().sorted().toList();
    out.printf(
        "longest wait for a place in the order, under load: median %d ms, largest %d ms%n",
        sorted.get(sorted.size() / 2), sorted.getLast());
  }

  /** Each caller writes, waits until it is on the disk, and writes again. */
  private Rate write(Audit audit, int threads, int forSeconds, LongConsumer lags, DatabaseUrl url)
      throws Exception {
    long start = System.nanoTime();
    long end = start + forSeconds * 1_000_000_000L;
    List<long[]> latencies = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<long[]>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int caller = i;
        running.add(executor.submit(() -> writeUntil(audit, end, caller)));
      }
      sample(url, end, lags);
      for (Future<long[]> caller : running) {
        latencies.add(caller.get());
      }
    }
    double took = (System.nanoTime() - start) / 1e9;
    long[] all = latencies.stream().flatMapToLong(java.util.Arrays::stream).sorted().toArray();
    return new Rate(all.length / took, at(all, 0.5), at(all, 0.95), at(all, 0.99), 0);
  }

  private static long[] writeUntil(Audit audit, long end, int caller) {
    long[] nanos = new long[1024];
    int count = 0;
    for (long before = System.nanoTime(); before < end; ) {
      audit.write(entry(caller, count));
      long after = System.nanoTime();
      if (count == nanos.length) {
        nanos = java.util.Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = after - before;
      before = after;
    }
    return java.util.Arrays.copyOf(nanos, count);
  }

  private static Entry entry(int caller, int count) {
    int n = caller * 7919 + count;
    Actor actor =
        new Actor(
            "018f3f3e-0000-7000-8000-00000000" + n % 500,
            "officer" + n % 500,
            "AA" + n % 50,
            "D-" + n % 2000,
            "192.0.2." + n % 250,
            "s" + n % 500);
    return Entry.done("query", actor, "container:CSQU" + (n * 31L) % 10_000_000, "c" + n)
        .found(1)
        .with(Map.of("key", "CSQU3054383", "kind", "container"));
  }

  private static void sample(DatabaseUrl url, long end, LongConsumer lags) throws Exception {
    try (Connection connection = connect(url)) {
      while (System.nanoTime() < end) {
        try (Statement statement = connection.createStatement();
            var row = statement.executeQuery(LAG)) {
          if (row.next()) {
            lags.accept(row.getLong(1));
          }
        }
        Thread.sleep(100);
      }
    }
  }

  private void verify(DatabaseUrl url, AuditFolder folder) throws SQLException {
    long entries = number(url, "select count(*) from audit.entry");
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    long started = System.nanoTime();
    int code = new AuditVerb(folder, () -> new Database(url, 1), nowhere).run(List.of("verify"));
    double took = (System.nanoTime() - started) / 1e9;
    if (code != 0) {
      throw StartFailure.environment("The log of the bench is not whole.");
    }
    out.printf(
        Locale.ROOT,
        "verify: %,d entries in %.1f s, %,.0f entries/s, whole%n",
        entries,
        took,
        entries / took);
    out.printf(
        Locale.ROOT,
        "bytes an entry, indexes included: %d, its place in chain and tree %d%n",
        number(url, SIZE.formatted("'audit.entry%'")) / entries,
        number(url, SIZE.formatted("any (array['audit.chain', 'audit.subtree'])")) / entries);
  }

  private static final String SIZE =
      """
      select sum(pg_total_relation_size(c.oid))
      from pg_class c
      where c.relnamespace = 'audit'::regnamespace and c.relkind = 'r' and c.oid::regclass::text like %s
      """;

  private static long number(DatabaseUrl url, String sql) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static void execute(DatabaseUrl url, String sql) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(DatabaseUrl url) throws SQLException {
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
  }
}
