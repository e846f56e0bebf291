package tongguan.simulator;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongguan.simulator.wire.Times;

/** What was asked for on the command line. */
record Options(
    Path out, int containers, long seed, LocalDateTime until, Optional<Path> declarations) {
  static final String USAGE =
      """
      simulator --out DIR [--containers N] [--seed S] [--until 2026-11-20] [--declarations FILE]

      Writes weeks of port life in Taiwan as the messages that carriers, terminals and customs would send.

        --out DIR        where the message files and index.json go: a new or empty folder
        --containers N   containers of the world (5000)
        --seed S         the same seed and the same moment make the same files (1)
        --until MOMENT   when the world stands still: a day, then at its end, or 2026-11-20T14:00 (now, on the hour)
        --declarations FILE  also what customs' own systems hold of each declaration, for core --declarations
      """;

  private static final List<String> KNOWN =
      List.of("--out", "--containers", "--seed", "--until", "--declarations");
  private static final int MOST_CONTAINERS = 20_000_000;

  /** Refuses what it does not understand with an {@link IllegalArgumentException} that says so. */
  static Options parse(List<String> arguments) {
    Map<String, String> given = given(arguments);
    String out = given.get("--out");
    if (out == null) {
      throw new IllegalArgumentException("--out is needed.");
    }
    return new Options(
        Path.of(out),
        (int)
            number("--containers", given.getOrDefault("--containers", "5000"), 1, MOST_CONTAINERS),
        number("--seed", given.getOrDefault("--seed", "1"), 0, Long.MAX_VALUE),
        moment(given.get("--until")),
        Optional.ofNullable(given.get("--declarations")).map(Path::of));
  }

  private static Map<String, String> given(List<String> arguments) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String option = arguments.get(i);
      if (!KNOWN.contains(option)) {
        throw new IllegalArgumentException("does not know \"" + option + "\".");
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(option + " needs a value.");
      }
      if (given.put(option, arguments.get(i + 1)) != null) {
        throw new IllegalArgumentException(option + " is given twice.");
      }
    }
    return given;
  }

  private static LocalDateTime moment(@org.jspecify.annotations.Nullable String text) {
    if (text == null) {
      return LocalDateTime.now(Times.TAIWAN).truncatedTo(ChronoUnit.HOURS);
    }
    try {
      return text.contains("T")
          ? LocalDateTime.parse(text)
          : LocalDate.parse(text).plusDays(1).atStartOfDay();
    } catch (DateTimeException notAMoment) {
      throw new IllegalArgumentException(
          "--until \"" + text + "\" is neither a day (2026-11-20) nor a moment (2026-11-20T14:00).",
          notAMoment);
    }
  }

  private static long number(String option, String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // answered below like a number out of range
    }
    throw new IllegalArgumentException(
        option + " \"" + text + "\" is not a number from " + least + " to " + most + ".");
  }
}
