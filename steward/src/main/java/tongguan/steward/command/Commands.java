package tongguan.steward.command;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import tongguan.steward.base.Json;
import tongguan.steward.base.Limits;
import tongguan.steward.base.Texts;
import tongguan.steward.control.Policy;
import tongguan.steward.guard.DeviceLock;
import tongguan.steward.guard.PlatformTime;
import tools.jackson.databind.JsonNode;

/**
 * Decides of each command whether it is carried out, in the order in which they come; one thread.
 */
public final class Commands {
  private static final Logger LOG = System.getLogger("steward.command");
  private static final Duration CLOCKS = Duration.ofSeconds(5);

  private final Supplier<String> device;
  private final Supplier<PublicKey> key;
  private final CommandLog log;
  private final PlatformTime time;
  private final Effects effects;

  public Commands(
      Supplier<String> device,
      Supplier<PublicKey> key,
      CommandLog log,
      PlatformTime time,
      Effects effects) {
    this.device = device;
    this.key = key;
    this.log = log;
    this.time = time;
    this.effects = effects;
  }

  /**
   * What is not signed for this device is dropped and not answered: an answer would tell the
   * platform that a command of its own was dealt with. Throws when the disk refuses; then nothing
   * was done.
   */
  public void take(Command command) throws IOException {
    if (!command.device().equals(device.get()) || !command.isSignedBy(key.get())) {
      LOG.log(
          Level.WARNING,
          "a command {0} that the platform did not sign",
          Long.toString(command.number()));
      return;
    }
    boolean fresh = command.number() > log.highest();
    if (command.kind().equals("wipe") && (fresh || effects.isWiping())) {
      // Before the number is used up: the journal alone brings the wipe through a power cut.
      effects.wipe(command.number());
      log.begin(command);
      return;
    }
    if (!fresh) {
      answerAgain(command);
      return;
    }
    if (log.begin(command)) {
      log.finish(carriedOut(command));
    }
  }

  private void answerAgain(Command command) throws IOException {
    if (!log.repeat(command.number())) {
      log.finish(Answer.refused(command, "came after a later one"));
    }
  }

  private Answer carriedOut(Command command) {
    Optional<Answer> late = refusedForItsAge(command);
    if (late.isPresent()) {
      return late.get();
    }
    try {
      JsonNode body = Json.read(command.body());
      return switch (command.kind()) {
        case "unlock" -> unlock(command, body);
        case "lock" -> {
          effects.lock(Texts.oneLine(body.path("why").asString("command"), 200));
          yield Answer.done(command, "");
        }
        case "message" -> Answer.done(command, effects.message(messageIn(body)));
        case "diagnostics" -> Answer.done(command, effects.diagnostics());
        case "policy" -> {
          effects.policy(Policy.parse(command.body()));
          yield Answer.done(command, "");
        }
        default -> Answer.refused(command, "unknown kind");
      };
    } catch (Json.Malformed malformed) {
      return Answer.refused(command, "body: " + malformed.getMessage());
    } catch (IOException e) {
      return Answer.failed(command, Texts.oneLine(String.valueOf(e.getMessage()), 200));
    }
  }

  private Optional<Answer> refusedForItsAge(Command command) {
    if (command.endsAt().isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> now = time.now();
    Optional<Instant> end = command.end();
    return now.isPresent() && end.isPresent() && now.get().isBefore(end.get())
        ? Optional.empty()
        : Optional.of(Answer.refused(command, "it has run out"));
  }

  /**
   * Only a fresh one: the platform makes none that lives longer, and an old one may be a replay.
   */
  private Answer unlock(Command command, JsonNode body) throws Json.Malformed {
    Instant now = time.now().orElse(Instant.MAX);
    Optional<Instant> end = command.end();
    if (end.isEmpty() || end.get().isAfter(now.plus(Limits.UNLOCK_FRESH).plus(CLOCKS))) {
      return Answer.refused(command, "an unlock has to end within 120 s");
    }
    Duration life = Duration.between(now, instant(Json.text(body, "until")));
    return switch (effects.unlock(Json.text(body, "session"), Json.text(body, "officer"), life)) {
      case DeviceLock.Unlocking.Opened() -> Answer.done(command, "");
      case DeviceLock.Unlocking.Refused(String why) -> Answer.refused(command, why);
    };
  }

  private static Instant instant(String text) throws Json.Malformed {
    try {
      return Instant.parse(text);
    } catch (DateTimeException notATime) {
      throw new Json.Malformed("not a time: " + Texts.oneLine(text, 40));
    }
  }

  private static String messageIn(JsonNode body) throws Json.Malformed {
    String text = Json.text(body, "text");
    if (text.length() > Limits.MESSAGE_CHARACTERS) {
      throw new Json.Malformed("the message is too long");
    }
    return text;
  }
}
