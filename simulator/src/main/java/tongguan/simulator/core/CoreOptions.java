package tongguan.simulator.core;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one core system is started with.
 *
 * @param port where it serves; 0 for any free one
 * @param data its folder, with its journal
 * @param latency before each reply, in milliseconds
 * @param fail share of requests that fail in one of several ways
 * @param reject share of orders that it refuses for no reason of the declaration's
 * @param binaries where its PostgreSQL is unpacked, if it needs one
 * @param declarations what it holds of declarations before the first order, as the world's writer
 *     left it
 * @param parent the process that it ends with
 */
record CoreOptions(
    String kind,
    int port,
    Path data,
    int latency,
    double fail,
    double reject,
    long seed,
    Path binaries,
    Optional<Path> declarations,
    Optional<Long> parent) {

  static final String USAGE =
      """
      simulator core sea|air|customs|agency --port N --data DIR [--latency MS] [--fail RATE] [--reject RATE] [--seed N]

      Runs one core system until it is told to stop. Its folder keeps its journal, its keys and its accounts, and
      connection.json, which is what the platform's core.json needs to know of it.

        --port N        where to listen on loopback; 0 for any free port
        --data DIR      everything that it keeps
        --latency MS    before each reply (0)
        --fail RATE     share of requests that break off, get lost or end with an error, from 0 to 1 (0)
        --reject RATE   share of orders that it refuses, from 0 to 1 (0)
        --seed N        of its chance (1)
        --binaries DIR  customs alone: where its PostgreSQL is unpacked (DIR of --data)
        --declarations FILE  what it holds of declarations before the first order; the world's writer makes it
        --parent PID    the process that it ends with, however that ends
      """;

  private static final List<String> KINDS = List.of("sea", "air", "customs", "agency");
  private static final List<String> KNOWN =
      List.of(
          "--port",
          "--data",
          "--latency",
          "--fail",
          "--reject",
          "--seed",
          "--binaries",
          "--declarations",
          "--parent");

  /** Refuses what it does not understand with an {@link IllegalArgumentException} that says so. */
  static CoreOptions parse(List<String> arguments) {
    if (arguments.isEmpty() || !KINDS.contains(arguments.getFirst())) {
      throw new IllegalArgumentException("core needs one of " + String.join(", ", KINDS) + ".");
    }
    Map<String, String> given = new HashMap<>();
    for (int i = 1; i < arguments.size(); i += 2) {
      String option = arguments.get(i);
      if (!KNOWN.contains(option) || i + 1 == arguments.size()) {
        throw new IllegalArgumentException("does not know \"" + option + "\", or it has no value.");
      }
      given.put(option, arguments.get(i + 1));
    }
    if (!given.containsKey("--data")) {
      throw new IllegalArgumentException("--data is needed.");
    }
    Path data = Path.of(given.getOrDefault("--data", "")).toAbsolutePath().normalize();
    return new CoreOptions(
        arguments.getFirst(),
        (int) number(given, "--port", 0, 65535),
        data,
        (int) number(given, "--latency", 0, 60_000),
        rate(given, "--fail"),
        rate(given, "--reject"),
        given.containsKey("--seed") ? number(given, "--seed", 0, Long.MAX_VALUE) : 1,
        Path.of(given.getOrDefault("--binaries", data.toString())).toAbsolutePath(),
        Optional.ofNullable(given.get("--declarations")).map(Path::of),
        given.containsKey("--parent")
            ? Optional.of(number(given, "--parent", 1, Long.MAX_VALUE))
            : Optional.empty());
  }

  private static long number(Map<String, String> given, String option, long least, long most) {
    try {
      long number = Long.parseLong(given.getOrDefault(option, "0"));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // answered below
    }
    throw new IllegalArgumentException(option + " is not a number up to " + most + ".");
  }

  private static double rate(Map<String, String> given, String option) {
    try {
      double rate = Double.parseDouble(given.getOrDefault(option, "0"));
      if (rate >= 0 && rate <= 1) {
        return rate;
      }
    } catch (NumberFormatException notANumber) {
      // answered below
    }
    throw new IllegalArgumentException(option + " is not a share from 0 to 1.");
  }
}
