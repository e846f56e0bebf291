package tongguan.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tongguan.base.StartFailure;

/**
 * The dossier over HTTP beside pgbench with the same SQL on the same data, in turns, so that the
 * machine's mood meets both. A tenth of the data is measured the same way, for what ten times the
 * data costs.
 */
final class DossierBench {
  private static final int KEYS = 50_000;

  /** Until the compiler of the platform and the caches of the database are through. */
  private static final int WARM_UP_SECONDS = 20;

  private final int connections;
  private final int seconds;
  private final int rounds;
  private final PrintStream out;

  private DossierBench(int connections, int seconds, int rounds, PrintStream out) {
    this.connections = connections;
    this.seconds = seconds;
    this.rounds = rounds;
    this.out = out;
  }

  static void run(List<String> words, PrintStream out)
      throws IOException, InterruptedException, SQLException {
    Options options =
        new Options(
            "dossier",
            words,
            Set.of("--containers", "--connections", "--seconds", "--rounds", "--data", "--tenth"));
    int containers = options.number("--containers", 1_000_000, 1_000, 10_000_000);
    DossierBench bench =
        new DossierBench(
            options.number("--connections", 64, 1, 100),
            options.number("--seconds", 15, 1, 600),
            options.number("--rounds", 3, 1, 20),
            out);
    Path data = Path.of(options.text("--data", "var-bench"));
    Rates all = bench.measure(data, containers);
    if (options.text("--tenth", "yes").equals("yes")) {
      Rates tenth = bench.measure(Path.of(data + "-tenth"), Math.max(500, containers / 10));
      out.printf(
          "ten times the data: %.2f times the median over HTTP (limit 1.3)%n",
          all.platform().p50() / tenth.platform().p50());
    }
  }

  private record Rates(Rate platform, Rate database) {}

  private Rates measure(Path data, int containers)
      throws IOException, InterruptedException, SQLException {
    Path scratch = Files.createTempDirectory("tongguan-bench");
    try (PlatformProcess platform = PlatformProcess.start(data, containers)) {
      List<String> keys = chooseKeys(platform);
      out.printf(
          "world: %s rows in the record, %d keys asked for at random%n",
          rows(platform), keys.size());
      HttpLoad http =
          new HttpLoad(
              platform.address(),
              keys,
              SignedIn.cookies(connections, platform.address(), platform.database()),
              scratch);
      DatabaseLoad database =
          new DatabaseLoad(platform.database(), keys.getFirst(), keys.size(), scratch);
      http.run(connections, WARM_UP_SECONDS);
      List<Rate> ofPlatform = new ArrayList<>();
      List<Rate> ofDatabase = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        ofDatabase.add(database.run(connections, seconds));
        ofPlatform.add(http.run(connections, seconds));
        out.printf(
            "round %d: raw %s | platform %s%n", round, ofDatabase.getLast(), ofPlatform.getLast());
      }
      Rates median = new Rates(Rate.median(ofPlatform), Rate.median(ofDatabase));
      out.println(
          "| at "
              + connections
              + " connections | dossiers/s | p50 ms | p95 ms | p99 ms | errors |");
      out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
      out.println(median.database().row("pgbench, same SQL"));
      out.println(median.platform().row("platform over HTTP"));
      out.printf(
          "ratio %.2f (limit 0.6), p99 %.1f ms (limit 50)%n",
          median.platform().perSecond() / median.database().perSecond(), median.platform().p99());
      return median;
    }
  }

  /**
   * Container numbers of the world at random, also as a table, from which pgbench takes them by
   * number.
   */
  private static List<String> chooseKeys(PlatformProcess platform) throws SQLException {
    List<String> keys = new ArrayList<>();
    try (Connection owner = platform.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("drop schema if exists bench cascade");
      statement.execute("create schema bench");
      statement.execute(
          "create table bench.key as select row_number() over () as id, number as key from ("
              + "select number from record.container where check_digit = 'ok' order by md5(number) limit "
              + KEYS
              + ") c");
      statement.execute("alter table bench.key add primary key (id)");
      statement.execute("vacuum analyze");
      try (var row = statement.executeQuery("select key from bench.key order by id")) {
        while (row.next()) {
          keys.add(row.getString(1));
        }
      }
    }
    if (keys.isEmpty()) {
      throw StartFailure.environment("The world under test has no containers.");
    }
    return keys;
  }

  private static String rows(PlatformProcess platform) throws SQLException {
    try (Connection owner = platform.owner();
        Statement statement = owner.createStatement();
        var row =
            statement.executeQuery(
                """
                select to_char(sum(greatest(reltuples, 0)), 'FM999,999,999')
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'record' and c.relkind = 'r'
                """)) {
      return row.next() ? row.getString(1) : "no";
    }
  }
}
