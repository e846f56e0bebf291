package tongguan.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tongguan.access.Sight;
import tongguan.base.StartFailure;
import tongguan.base.database.DatabaseUrl;
import tongguan.dossier.Dossier;

/**
 * What the database alone can do, by pgbench, prepared: the dossier's own statement with a key at
 * random, or another script.
 */
final class DatabaseLoad {
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

  private static final String SCRIPT = "script.sql";

  private final DatabaseUrl database;
  private final Path scratch;

  /**
   * @param example a key of the kind that is asked for; it decides which statement is measured
   * @param keys how many rows the table {@code bench.key} has
   */
  DatabaseLoad(DatabaseUrl database, String example, int keys, Path scratch) throws IOException {
    this(database, scratch, dossier(example, keys));
  }

  /** Any other script of pgbench. */
  DatabaseLoad(DatabaseUrl database, Path scratch, String script) throws IOException {
    this.database = database;
    this.scratch = scratch;
    Files.writeString(scratch.resolve(SCRIPT), script);
  }

  private static String dossier(String example, int keys) {
    String statement =
        Dossier.statement(example, LocalDate.EPOCH)
            .orElseThrow()
            .replace("?::text[]", "array[array(select key from bench.key where id = :id)::text]")
            .replace("?::int[]", "array[%d]".formatted(Sight.ALL.districts()))
            .replace("?::smallint[]", "array[%d::smallint]".formatted(Sight.ALL.clearance()));
    return "\\set id random(1, " + keys + ")\n" + statement + ";\n";
  }

  Rate run(int connections, int seconds) throws IOException, InterruptedException {
    URI uri = URI.create(database.jdbc().substring("jdbc:".length()));
    String output =
        Tool.run(
            List.of(
                "pgbench",
                "-h",
                uri.getHost(),
                "-p",
                String.valueOf(uri.getPort()),
                "-U",
                database.user(),
                "-n",
                "-c",
                String.valueOf(connections),
                "-j",
                "2",
                "-T",
                String.valueOf(seconds),
                "-M",
                "prepared",
                "-l",
                "-f",
                SCRIPT,
                uri.getPath().substring(1)),
            Map.of(
                "PGPASSWORD",
                database.password(),
                "PGOPTIONS",
                "-c plan_cache_mode=force_generic_plan -c jit=off -c enable_seqscan=off"),
            scratch,
            "postgresql-15");
    Matcher rate = RATE.matcher(output);
    if (!rate.find()) {
      throw StartFailure.environment("pgbench said nothing that can be read: " + output.strip());
    }
    long[] micros = latencies();
    return new Rate(
        Double.parseDouble(rate.group(1)), at(micros, 0.50), at(micros, 0.95), at(micros, 0.99), 0);
  }

  /** Microseconds of each transaction, from pgbench's log, sorted. */
  private long[] latencies() throws IOException {
    List<Path> logs;
    try (Stream<Path> files = Files.list(scratch)) {
      logs =
          files
              .filter(file -> String.valueOf(file.getFileName()).startsWith("pgbench_log"))
              .toList();
    }
    LongStream all = LongStream.empty();
    for (Path log : logs) {
      long[] some =
          Files.readAllLines(log).stream()
              .mapToLong(line -> Long.parseLong(line.split(" ", -1)[2]))
              .toArray();
      all = LongStream.concat(all, LongStream.of(some));
      Files.delete(log);
    }
    return all.sorted().toArray();
  }

  private static double at(long[] micros, double share) {
    return micros.length == 0
        ? 0
        : micros[(int) Math.min(micros.length - 1, micros.length * share)] / 1000.0;
  }
}
