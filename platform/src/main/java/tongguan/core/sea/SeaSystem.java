package tongguan.core.sea;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.core.Asked;
import tongguan.core.CoreSystem;
import tongguan.core.Events;
import tongguan.core.Health;
import tongguan.core.Line;
import tongguan.core.NotUnderstood;
import tongguan.core.Order;
import tongguan.core.Queried;
import tongguan.core.Query;
import tongguan.core.Received;
import tongguan.core.SignedIn;
import tongguan.core.Submitted;
import tongguan.core.SystemSettings;

/**
 * Sea clearance: files over SFTP. Orders are EDIFACT, renamed into {@code in/}; what happens there
 * is EDIFACT or JSON in {@code out/}, by the order of names; a question is a file in {@code
 * asked/}, answered under the same name in {@code answered/}. An officer signs in to the server
 * with name and password and finds a token in {@code session.json}.
 */
public final class SeaSystem implements CoreSystem {
  private static final int PAUSE_MILLIS = 50;

  private final SystemSettings settings;
  private final Line line;
  private final Sftp sftp;

  /**
   * Reads {@code host}, {@code port}, {@code hostKey}, {@code user} and {@code keyFile} or {@code
   * passwordFile}.
   *
   * @throws tongguan.base.StartFailure where they cannot work
   */
  public SeaSystem(SystemSettings settings, Clock clock) {
    this.settings = settings;
    this.line = new Line(settings, clock);
    this.sftp = new Sftp(SeaSettings.of(settings.own()));
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Health health() {
    return line.health();
  }

  @Override
  public SignedIn signIn(String user, String password) {
    return line.signIn(attempt -> {
      try {
        byte[] session =
            sftp.asOfficer(attempt, user, password, files -> Sftp.read(files, "session.json"));
        return Received.of(session).signedIn();
      } catch (SshException e) {
        if (e.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
          return refused(String.valueOf(e.getMessage()));
        }
        throw e;
      }
    });
  }

  /** SSH has one text for it; ours begins with the code, and others have none. */
  private static SignedIn.Refused refused(String message) {
    String text = Received.line(message);
    String shown =
        text.length() > Limits.CORE_TEXT_CHARACTERS
            ? text.substring(0, Limits.CORE_TEXT_CHARACTERS)
            : text;
    int blank = shown.indexOf(' ');
    return blank > 0 && shown.substring(0, blank).matches("[A-Z0-9-]{2,20}")
        ? new SignedIn.Refused(shown.substring(0, blank), shown.substring(blank + 1))
        : new SignedIn.Refused("SSH-14", shown);
  }

  @Override
  public void signOut(String token) {
    Line.Outcome<byte[]> _ =
        line.call(attempt -> converse(attempt, Map.of("ask", "sign-out", "token", token)));
  }

  @Override
  public Queried query(String token, Query query) {
    return line.query(attempt -> {
      Received answer =
          Received.of(
              converse(
                  attempt,
                  Map.of(
                      "ask", "query", "token", token, "kind", query.kind(), "key", query.key())));
      String code = answer.optional("code", Limits.CORE_CODE_CHARACTERS);
      if (!code.isEmpty()) {
        return new Queried.Refused(code, answer.text("text", Limits.CORE_TEXT_CHARACTERS));
      }
      answer.requireAbout(query);
      return answer.has("record")
          ? new Queried.Found(answer.object("record"), answer.moment("asOf"))
          : new Queried.Nothing();
    });
  }

  @Override
  public Submitted submit(Order order) {
    String name = "in/" + order.key() + ".edi";
    byte[] file = OrderFile.of(order, settings.name());
    return line.submit(attempt ->
        sftp.asPlatform(
            attempt,
            files -> {
              Sftp.write(files, name, file, attempt::arriving);
              return new Submitted.Taken("");
            }));
  }

  @Override
  public Asked ask(UUID key, String declaration) {
    return line.ask(attempt ->
        Received.of(converse(attempt, Map.of("ask", "order", "key", key.toString())))
            .order()
            .asked(key, declaration));
  }

  /**
   * Puts a question and waits for its answer. Each has a name of its own, so that an answer to an
   * earlier one is not taken for it.
   */
  private byte[] converse(Line.Attempt attempt, Map<String, String> question) throws Exception {
    String name = UUID.randomUUID() + ".json";
    return sftp.asPlatform(
        attempt,
        files -> {
          Sftp.write(files, "asked/" + name, Json.bytes(question), attempt::arriving);
          byte[] answer = answered(attempt, files, "answered/" + name);
          forget(files, "answered/" + name);
          return answer;
        });
  }

  private static byte[] answered(Line.Attempt attempt, SftpClient files, String name)
      throws IOException, NotUnderstood, InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    while (attempt.left().toMillis() > PAUSE_MILLIS) {
      try {
        return Sftp.read(files, name);
      } catch (SftpException notYet) {
        if (notYet.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE) {
          throw notYet;
        }
      }
      boolean _ = never.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
    throw new NotUnderstood("no answer in time");
  }

  /** What stays behind is cleared away by the server. */
  private static void forget(SftpClient files, String name) {
    try {
      files.remove(name);
    } catch (IOException stays) {
      // the answer is what counts
    }
  }

  @Override
  public Events events(String cursor) {
    return line.events(attempt ->
        sftp.asPlatform(
            attempt,
            files -> {
              List<Events.Body> bodies = new ArrayList<>();
              String last = cursor;
              long bytes = 0;
              for (String name : Sftp.names(files, "out", cursor, Limits.CORE_EVENTS)) {
                byte[] content = Sftp.read(files, name(name));
                bytes += content.length;
                if (!bodies.isEmpty() && bytes > Limits.CORE_ANSWER_BYTES) {
                  break;
                }
                bodies.add(body(name, content));
                last = name;
              }
              return new Events.Told(bodies, last);
            }));
  }

  private static String name(String file) {
    return "out/" + file;
  }

  private static Events.Body body(String name, byte[] content) {
    return name.endsWith(".json")
        ? Events.Body.json(new String(content, StandardCharsets.UTF_8))
        : Events.Body.edifact(content);
  }

  @Override
  public void close() {
    sftp.close();
  }
}
