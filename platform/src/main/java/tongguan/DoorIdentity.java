package tongguan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.StartFailure;
import tongguan.base.http.PemFiles;
import tongguan.base.http.TlsIdentity;
import tongguan.fleet.authority.Authority;

/**
 * What the door with TLS shows, from its files or the platform's own authority, and its renewal.
 */
final class DoorIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(DoorIdentity.class);

  /** A third of what the authority gives. */
  private static final Duration RENEWED_AFTER = Duration.ofDays(30);

  private final DoorSettings settings;
  private final Authority authority;
  private final Clock clock;
  private Instant since;
  private Optional<FileTime> read;

  DoorIdentity(DoorSettings settings, Authority authority, Clock clock) {
    this.settings = settings;
    this.authority = authority;
    this.clock = clock;
    this.since = clock.instant();
    this.read = changedAt();
  }

  /**
   * @throws StartFailure where the files are not as they should be
   */
  TlsIdentity now() {
    return settings
        .files()
        .map(files -> PemFiles.identity(files.certificate(), files.key(), authority.anchors()))
        .orElseGet(() -> authority.serverIdentity(settings.names()));
  }

  /**
   * The names under which the server answers.
   *
   * @throws StartFailure where the certificate in the files is not for them
   */
  List<String> names(TlsIdentity identity) {
    if (settings.files().isEmpty()) {
      return settings.names();
    }
    List<String> held = PemFiles.names(identity.chain().getFirst());
    for (String name : settings.names()) {
      if (!held.contains(name) && !held.contains(name.replaceFirst("^[^.]+", "*"))) {
        throw StartFailure.environment(
            "The certificate in %s is not for %s, but for %s; choose others with --name."
                .formatted(settings.files().get().certificate(), name, held));
      }
    }
    List<String> names =
        settings.names().isEmpty()
            ? held.stream().filter(name -> !name.contains("*")).toList()
            : settings.names();
    if (names.isEmpty()) {
      throw StartFailure.environment(
          "The certificate in %s names no host; say with --name under which one this server is reached."
              .formatted(settings.files().get().certificate()));
    }
    return names;
  }

  /** Another one, where the files have changed or the own one has grown old; asked now and then. */
  synchronized Optional<TlsIdentity> renewed() {
    Optional<FileTime> changed = changedAt();
    boolean old = settings.files().isEmpty() && clock.instant().isAfter(since.plus(RENEWED_AFTER));
    if (!old && changed.equals(read)) {
      return Optional.empty();
    }
    try {
      TlsIdentity next = now();
      since = clock.instant();
      read = changed;
      return Optional.of(next);
    } catch (RuntimeException halfWritten) {
      // The old one serves on, and the files are read again the next time.
      LOG.atWarn().addKeyValue("why", halfWritten.getMessage()).log("certificate not renewed");
      return Optional.empty();
    }
  }

  private Optional<FileTime> changedAt() {
    try {
      return settings.files().isEmpty()
          ? Optional.empty()
          : Optional.of(Files.getLastModifiedTime(settings.files().get().certificate()));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
