package tongguan.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tongguan.audit.witness.PublicKey;
import tongguan.base.StartFailure;

/**
 * Where the log keeps what must not be in the database.
 *
 * @param folder {@code audit} in the data folder
 * @param key the private key; several nodes share one
 */
public record AuditFolder(Path folder, Path key) {

  /** {@code TONGGUAN_AUDIT_KEY} names another key than that of the data folder. */
  public static AuditFolder of(Path data, Map<String, String> environment) {
    Path folder = data.resolve("audit");
    String elsewhere = environment.getOrDefault("TONGGUAN_AUDIT_KEY", "");
    return new AuditFolder(
        folder, elsewhere.isBlank() ? folder.resolve("signing.key") : Path.of(elsewhere));
  }

  public Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  /** The public keys that ever signed here, one a line. */
  public Path publicKeys() {
    return folder.resolve("public.keys");
  }

  void publish(PublicKey key) {
    try {
      Files.createDirectories(folder);
      List<String> lines = new ArrayList<>();
      if (Files.exists(publicKeys())) {
        lines.addAll(Files.readAllLines(publicKeys()));
      }
      if (!lines.contains(key.toString())) {
        lines.add(key.toString());
        Files.write(publicKeys(), lines);
      }
    } catch (IOException e) {
      throw StartFailure.environment(
          "The audit folder %s cannot be written (%s).".formatted(folder, e.getMessage()));
    }
  }
}
