package tongguan;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongguan.base.StartFailure;
import tongguan.base.database.DatabaseUrl;

/**
 * How one platform is run, from the command line and the environment.
 *
 * @param port 0 for any free one
 * @param data the folder of everything that the platform keeps
 * @param sample containers to generate on first start
 * @param core whether the simulator plays the core systems beside it; empty where the command line
 *     does not say
 * @param database the database to use instead of the embedded one
 * @param owner who migrates that database, where this is another account
 * @param door the door with TLS, where there is one
 */
public record Settings(
    int port,
    Path data,
    int sample,
    Optional<Boolean> core,
    Optional<DatabaseUrl> database,
    Optional<DatabaseUrl> owner,
    Optional<DoorSettings> door) {

  private static final int SMALL_SAMPLE = 5_000;
  private static final int LARGEST_SAMPLE = 10_000_000;

  private static final List<String> OPTIONS =
      List.of("--port", "--data", "--sample", "--core", "--tls", "--name");

  /** Reads the options of {@code run} and what the environment says. */
  public static Settings of(List<String> arguments, Map<String, String> environment) {
    int port = 8080;
    Path data = Path.of("var");
    int sample = SMALL_SAMPLE;
    Optional<Boolean> core = Optional.empty();
    Optional<String> tls = Optional.empty();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String option = arguments.get(i);
      if (!OPTIONS.contains(option)) {
        throw StartFailure.usage(
            "run does not know \""
                + option
                + "\"; it takes --port, --data, --sample, --core, --tls and --name (see run --help).");
      }
      if (i + 1 >= arguments.size()) {
        throw StartFailure.usage("run: " + option + " needs a value.");
      }
      String value = arguments.get(i + 1);
      switch (option) {
        case "--port" -> port = number(option, value, 0, 65535);
        case "--data" -> data = folder(value);
        case "--tls" -> tls = Optional.of(value);
        case "--name" -> names.add(value);
        case "--core" -> core = Optional.of(coreOf(value));
        default -> sample = sampleOf(value);
      }
    }
    return new Settings(
        port,
        data.toAbsolutePath().normalize(),
        sample,
        core,
        url(environment, "TONGGUAN_DATABASE_URL"),
        url(environment, "TONGGUAN_DATABASE_OWNER_URL"),
        DoorSettings.of(tls, names, environment));
  }

  private static Optional<DatabaseUrl> url(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(text -> !text.isBlank())
        .map(DatabaseUrl::parse);
  }

  private static int sampleOf(String value) {
    return switch (value) {
      case "none" -> 0;
      case "small" -> SMALL_SAMPLE;
      default -> number("--sample", value, 0, LARGEST_SAMPLE);
    };
  }

  private static boolean coreOf(String value) {
    return switch (value) {
      case "none" -> false;
      case "sample" -> true;
      default ->
          throw StartFailure.usage("run: --core \"" + value + "\" is neither none nor sample.");
    };
  }

  private static Path folder(String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw StartFailure.usage("run: --data \"" + value + "\" is not a path.");
    }
  }

  private static int number(String option, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // answered below like a number out of range
    }
    throw StartFailure.usage(
        "run: %s \"%s\" is not a number from %d to %d.".formatted(option, value, least, most));
  }
}
