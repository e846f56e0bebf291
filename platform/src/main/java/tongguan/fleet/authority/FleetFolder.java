package tongguan.fleet.authority;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tongguan.base.Limits;

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

  /** The first authority's; {@link #authorityKeys} has those that came after it, too. */
  public Path authorityKey() {
    return authorityKey(1);
  }

  Path authorityKey(int generation) {
    return folder.resolve(generation == 1 ? "authority.key" : "authority-" + generation + ".key");
  }

  /** Those that are there, by generation; the last one signs, the others are still believed. */
  SortedMap<Integer, Path> authorityKeys() {
    SortedMap<Integer, Path> found = new TreeMap<>();
    for (int generation = 1; generation <= Limits.AUTHORITIES; generation++) {
      Path file = authorityKey(generation);
      if (Files.exists(file)) {
        found.put(generation, file);
      }
    }
    return found;
  }

  public Path authorityCertificate() {
    return folder.resolve("authority.pem");
  }

  public Path commandKey() {
    return folder.resolve("command.key");
  }
}
