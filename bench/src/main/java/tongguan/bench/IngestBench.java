package tongguan.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import tongguan.base.Folders;
import tongguan.base.StartFailure;
import tongguan.exchange.sending.Import;

/**
 * Messages and facts per second into a single node, over HTTP, raw storage included, and beside
 * them the time that PostgreSQL's COPY takes for the rows that came of it. The first round warms
 * the process and is not counted.
 */
final class IngestBench {
  private record Round(
      long messages, long facts, double seconds, double plainCopy, double indexedCopy) {}

  private final int containers;
  private final int rounds;
  private final PrintStream out;

  private IngestBench(int containers, int rounds, PrintStream out) {
    this.containers = containers;
    this.rounds = rounds;
    this.out = out;
  }

  static void run(List<String> words, PrintStream out) throws Exception {
    Options options = new Options("ingest", words, Set.of("--containers", "--rounds"));
    new IngestBench(
            options.number("--containers", 20_000, 100, 1_000_000),
            options.number("--rounds", 3, 1, 99),
            out)
        .run();
  }

  private void run() throws Exception {
    Path scratch = Files.createTempDirectory("tongguan-bench");
    try {
      List<Path> files = World.of(containers, 7, scratch).packed(scratch.resolve("packed"));
      long bytes = 0;
      for (Path file : files) {
        bytes += Files.size(file);
      }
      out.printf(
          Locale.ROOT,
          "ingest: %d containers, %.1f MB of messages in %d files, 1 + %d rounds%n",
          containers,
          bytes / 1e6,
          files.size(),
          rounds);
      try (PlatformProcess platform = PlatformProcess.start(scratch.resolve("data"));
          Connection owner = platform.owner()) {
        report(measure(platform, new Tables(owner), files), bytes);
      }
    } finally {
      Folders.delete(scratch);
    }
  }

  private List<Round> measure(PlatformProcess platform, Tables tables, List<Path> files)
      throws IOException, SQLException {
    List<Round> measured = new ArrayList<>();
    for (int i = 0; i <= rounds; i++) {
      tables.empty();
      Round round = round(platform, tables, files);
      out.printf(
          Locale.ROOT,
          "%s  %d messages, %d facts in %.2f s: %.0f messages/s, %.0f facts/s; COPY of the rows %.2f s, with indexes %.2f s%n",
          i == 0 ? "warm-up" : "round " + i,
          round.messages,
          round.facts,
          round.seconds,
          round.messages / round.seconds,
          round.facts / round.seconds,
          round.plainCopy,
          round.indexedCopy);
      if (i > 0) {
        measured.add(round);
      }
    }
    return measured;
  }

  private static Round round(PlatformProcess platform, Tables tables, List<Path> files)
      throws IOException, SQLException {
    Import sender = new Import(platform.address(), platform.token(), "en");
    long started = System.nanoTime();
    Import.Counts counts = sender.send(files, sent -> {});
    double seconds = (System.nanoTime() - started) / 1e9;
    if (counts.refused() > 0 || counts.applied() == 0) {
      throw StartFailure.environment("The platform refused messages of the bench: " + counts);
    }
    Tables.Rows rows = tables.read();
    return new Round(
        counts.messages(),
        tables.count("record.fact"),
        seconds,
        tables.copyInto(rows, false),
        tables.copyInto(rows, true));
  }

  private void report(List<Round> rounds, long bytes) {
    double messages = median(rounds, round -> round.messages / round.seconds);
    double facts = median(rounds, round -> round.facts / round.seconds);
    double plain = median(rounds, round -> round.facts / round.plainCopy);
    double indexed = median(rounds, round -> round.facts / round.indexedCopy);
    out.printf(
        Locale.ROOT,
        """
        median of %d rounds
          platform over HTTP   %8.0f messages/s  %8.0f facts/s  %6.1f MB/s
          COPY without indexes %8s             %8.0f facts/s
          COPY with indexes    %8s             %8.0f facts/s
          platform / COPY with indexes  %.2f
        """,
        rounds.size(),
        messages,
        facts,
        median(rounds, round -> bytes / 1e6 / round.seconds),
        "",
        plain,
        "",
        indexed,
        facts / indexed);
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
    double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
