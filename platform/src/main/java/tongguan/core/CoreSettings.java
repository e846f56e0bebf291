package tongguan.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem.Texts;
import tongguan.base.StartFailure;
import tools.jackson.databind.JsonNode;

/**
 * Which core systems there are: the file that {@code TONGGUAN_CORE_FILE} names, else {@code
 * core.json} in the data folder, else none. Outbound connections go nowhere else.
 */
final class CoreSettings {
  static final String SETTING = "TONGGUAN_CORE_FILE";

  /** What the systems that every customs has are called. */
  private static final Map<String, Texts> TITLES =
      Map.of(
          "sea", new Texts("海運通關系統", "Sea clearance"),
          "air", new Texts("空運通關系統", "Air clearance"),
          "customs", new Texts("關務行政系統", "Customs administration"),
          "agency", new Texts("簽審機關系統", "Other agencies' permits"));

  private CoreSettings() {}

  static List<SystemSettings> of(Path data, Map<String, String> environment) {
    String named = environment.getOrDefault(SETTING, "").strip();
    Path file = named.isEmpty() ? data.resolve("core.json") : path(named);
    if (named.isEmpty() && !Files.exists(file)) {
      return List.of();
    }
    return read(file.toAbsolutePath());
  }

  private static Path path(String named) {
    try {
      return Path.of(named);
    } catch (InvalidPathException notOne) {
      throw StartFailure.usage(SETTING + " \"" + named + "\" is not a path.");
    }
  }

  private static List<SystemSettings> read(Path file) {
    try {
      JsonNode systems = Json.read(Files.readAllBytes(file)).path("systems");
      if (!systems.isObject() || systems.size() > Limits.CORE_SYSTEMS) {
        throw StartFailure.usage(
            "%s has no object \"systems\" of at most %d.".formatted(file, Limits.CORE_SYSTEMS));
      }
      List<SystemSettings> all = new ArrayList<>();
      systems
          .properties()
          .forEach(one ->
              all.add(
                  system(
                      one.getKey(),
                      new Members(
                          file + ", system \"" + one.getKey() + '"',
                          one.getValue(),
                          Objects.requireNonNullElse(file.getParent(), file)))));
      return all;
    } catch (IOException e) {
      throw StartFailure.environment("The core systems' settings " + file + " cannot be read.");
    } catch (Json.Malformed e) {
      throw StartFailure.usage(
          "%s is not JSON (%s at character %d).".formatted(file, e.getMessage(), e.offset()));
    }
  }

  private static SystemSettings system(String name, Members members) {
    if (!name.matches("[a-z][a-z0-9-]{0,29}")) {
      throw StartFailure.usage(
          "The core system \"%s\" needs a name of small letters, digits and hyphens."
              .formatted(name));
    }
    Texts title = TITLES.getOrDefault(name, new Texts(name, name));
    return new SystemSettings(
        name,
        members.optional("kind").orElse(name),
        new Texts(
            members.optional("nameZh").orElse(title.zh()),
            members.optional("nameEn").orElse(title.en())),
        members.optional("sender").orElse("core-" + name),
        seconds(members, "seconds", Limits.CORE_TIME, Limits.CORE_TIME_MOST),
        seconds(members, "restSeconds", Limits.CORE_REST, Limits.CORE_REST_MOST),
        members.number("atOnce", Limits.CORE_AT_ONCE, 1, Limits.CORE_AT_ONCE_MOST),
        Duration.ofSeconds(members.number("pollSeconds", 2, 1, 60)),
        members);
  }

  private static Duration seconds(Members members, String name, Duration otherwise, Duration most) {
    return Duration.ofSeconds(
        members.number(
            name, Math.toIntExact(otherwise.toSeconds()), 1, Math.toIntExact(most.toSeconds())));
  }
}
