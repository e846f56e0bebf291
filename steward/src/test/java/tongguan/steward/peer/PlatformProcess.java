package tongguan.steward.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;

/**
 * {@link PlatformPeer} as a process of its own, for another network: {@code FOLDER ADDRESS}. Prints
 * the text of an enrolment code; each line of its input is a deed, answered with a line.
 */
public final class PlatformProcess {
  private PlatformProcess() {}

  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    PlatformPeer peer = new PlatformPeer(Path.of(arguments[0])).start(arguments[1]);
    System.out.println(peer.qrText(arguments[1]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String deed = in.readLine(); deed != null; deed = in.readLine()) {
      switch (deed) {
        case "held" -> System.out.println(peer.isHeld());
        case "unlock" -> System.out.println(peer.unlock(Duration.ofHours(8)));
        case "lock" -> System.out.println(peer.send("lock", "{}", null));
        case "heartbeats" -> System.out.println(peer.heartbeats.size());
        case "answers" -> System.out.println(peer.answers.keySet());
        default -> System.out.println("?");
      }
    }
    System.exit(0);
  }
}
