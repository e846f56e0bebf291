package tongguan.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import tongguan.base.StartFailure;

/**
 * The credential with which whoever may read the data folder may send: a relay's, in a file that
 * only the platform's own account can read.
 */
final class LocalSender {
  private static final String ID = "local-import";

  private final Senders senders;
  private final Path file;

  LocalSender(Senders senders, Path data) {
    this.senders = senders;
    this.file = data.resolve("senders").resolve(ID + ".token");
  }

  /** Makes the file and its sender where either is missing. */
  void ensure() {
    try {
      Optional<Credential> kept =
          Files.exists(file) ? Credential.ofToken(Files.readString(file)) : Optional.empty();
      if (kept.filter(senders::accepts).isEmpty()) {
        write(senders.add(relay(kept.map(Credential::sender).orElseGet(this::freeId))));
      }
    } catch (IOException e) {
      throw StartFailure.environment(
          "The file %s cannot be written (%s).".formatted(file, e.getMessage()));
    }
  }

  /** Another platform on the same database has the plain name for its own data folder. */
  private String freeId() {
    boolean taken = senders.list().stream().anyMatch(sender -> sender.id().equals(ID));
    return taken ? ID + '-' + HexFormat.of().toHexDigits(new Random().nextInt()) : ID;
  }

  private static Sender relay(String id) {
    return new Sender(id, "本機匯入", "Local import", 3, true, null, true);
  }

  private void write(Credential credential) throws IOException {
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
    Path unfinished =
        Files.createTempFile(
            folder,
            "token",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(unfinished, credential.token() + '\n');
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
