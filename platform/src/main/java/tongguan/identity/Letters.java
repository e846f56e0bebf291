package tongguan.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Problem;

/**
 * Letters to officers with what no one else may see, such as the secret that opens a new account:
 * whole messages (RFC 5322) in a folder from which the site's mail system takes them.
 */
public final class Letters {
  private final Clock clock;
  private volatile @Nullable Path folder;

  Letters(Clock clock) {
    this.clock = clock;
  }

  public void open(Path mail) {
    try {
      Files.createDirectories(
          mail, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      folder = mail;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Hands a letter over.
   *
   * @throws Problem where there is no folder or it cannot be written to
   */
  void send(UUID id, String to, String subject, String text) {
    Path target = folder;
    if (target == null) {
      throw away();
    }
    try {
      Path draft =
          Files.createTempFile(
              target,
              "letter",
              ".draft",
              PosixFilePermissions.asFileAttribute(
                  Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
      Files.writeString(draft, message(id, to, subject, text));
      Files.move(draft, target.resolve(id + ".eml"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw away().because(e);
    }
  }

  private static Problem away() {
    return Problem.unavailable("no-mail", 60, "目前無法寄送信件。", "No letters can be sent at the moment.");
  }

  private String message(UUID id, String to, String subject, String text) {
    Base64.Encoder base64 = Base64.getMimeEncoder();
    byte[] title = subject.getBytes(StandardCharsets.UTF_8);
    return String.join(
        "\r\n",
        "Message-ID: <" + id + "@tongguan>",
        "Date: "
            + DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atZone(ZoneOffset.UTC)),
        "To: " + to,
        "Subject: =?UTF-8?B?" + Base64.getEncoder().encodeToString(title) + "?=",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        base64.encodeToString(text.getBytes(StandardCharsets.UTF_8)),
        "");
  }
}
