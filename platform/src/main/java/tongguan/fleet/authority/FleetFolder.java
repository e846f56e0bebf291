package tongguan.fleet.authority;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the keys lie that devices believe: the authority's and the one that signs commands. Several
 * nodes share them.
 */
public record FleetFolder(Path folder) {

  /** {@code TONGGUAN_FLEET_KEYS} names another folder than {@code fleet} in the data folder. */
  public static FleetFolder of(Path data, Map<String, String> environment) {
    String elsewhere = environment.getOrDefault("TONGGUAN_FLEET_KEYS", "");
    return new FleetFolder(elsewhere.isBlank() ? data.resolve("fleet") : Path.of(elsewhere));
  }

  public Path authorityKey() {
    return folder.resolve("authority.key");
  }

  public Path authorityCertificate() {
    return folder.resolve("authority.pem");
  }

  public Path commandKey() {
    return folder.resolve("command.key");
  }
}
