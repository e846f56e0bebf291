package tongguan.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line: writes a world of messages into a folder. */
public final class Simulator {
  private static final ZoneId TAIWAN = ZoneId.of("Asia/Taipei");
  private static final List<String> OPTIONS = List.of("--containers", "--seed", "--until", "--out");
  private static final String USAGE =
      """
      simulator --out DIR [--containers N] [--seed S] [--until 2026-11-20]

        --out DIR        where the message files and index.json go
        --containers N   containers of the world (5000)
        --seed S         the same seed makes the same world (1)
        --until DATE     the day at whose end the world stands (yesterday)
      """;

  private Simulator() {}

  public static void main(String[] arguments) {
    System.exit(run(Arrays.asList(arguments), System.out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    try {
      write(options(arguments), err);
      return 0;
    } catch (IllegalArgumentException | DateTimeException usage) {
      err.println("simulator: " + usage.getMessage());
      err.print(USAGE);
      return 2;
    } catch (IOException e) {
      err.println("simulator: the folder cannot be written: " + e.getMessage());
      return 1;
    }
  }

  private static Map<String, String> options(List<String> arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String option = arguments.get(i);
      if (!OPTIONS.contains(option)) {
        throw new IllegalArgumentException("does not know \"" + option + "\".");
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(option + " needs a value.");
      }
      options.put(option, arguments.get(i + 1));
    }
    return options;
  }

  private static void write(Map<String, String> options, PrintStream progress) throws IOException {
    String out = options.get("--out");
    if (out == null) {
      throw new IllegalArgumentException("--out is needed.");
    }
    int containers = (int) number(options.getOrDefault("--containers", "5000"), 1, 100_000_000);
    long seed = number(options.getOrDefault("--seed", "1"), 0, Long.MAX_VALUE);
    LocalDate day =
        options.containsKey("--until")
            ? LocalDate.parse(options.get("--until"))
            : LocalDate.now(TAIWAN).minusDays(1);
    ZonedDateTime until = day.plusDays(1).atStartOfDay(TAIWAN);
    Path folder = Path.of(out);
    Files.createDirectories(folder);
    Journal journal = new Journal(folder, until);
    new World(journal, seed, until, progress).live(containers);
    journal.close(seed, containers);
  }

  private static long number(String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // answered below like a number out of range
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" is not a number from " + least + " to " + most + ".");
  }
}
