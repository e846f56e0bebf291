package tongguan.steward.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.steward.base.Json;
import tongguan.steward.base.Texts;
import tongguan.steward.control.Policy;
import tongguan.steward.guard.DeviceLock;
import tongguan.steward.guard.PlatformTime;
import tongguan.steward.peer.ManualUptime;

class CommandsTest {
  private static final String DEVICE = "device-1";
  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  @TempDir Path state;
  private final ManualUptime uptime = new ManualUptime();
  private final PlatformTime time = new PlatformTime(uptime);
  private final List<String> done = new ArrayList<>();
  private KeyPair platform;
  private CommandLog log;
  private Commands commands;
  private boolean wiping;
  private boolean diskRefuses;

  private final Effects effects =
      new Effects() {
        @Override
        public DeviceLock.Unlocking unlock(String session, String officer, Duration life) {
          done.add("unlock " + session + " " + life.toSeconds());
          return new DeviceLock.Unlocking.Opened();
        }

        @Override
        public void lock(String why) {
          done.add("lock " + why);
        }

        @Override
        public String message(String text) throws IOException {
          if (diskRefuses) {
            throw new IOException("No space left on device");
          }
          done.add("message " + text);
          return "shown";
        }

        @Override
        public String diagnostics() {
          done.add("diagnostics");
          return "{}";
        }

        @Override
        public void policy(Policy policy) {
          done.add("policy " + policy.shuts("wlan", true));
        }

        @Override
        public void wipe(long number) {
          wiping = true;
          done.add("wipe " + number);
        }

        @Override
        public boolean isWiping() {
          return wiping;
        }
      };

  @BeforeEach
  void begin() throws IOException, GeneralSecurityException {
    platform = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    time.heard(NOW);
    restart();
  }

  private void restart() throws IOException {
    log = new CommandLog(state);
    log.reviveUnfinished();
    commands = new Commands(() -> DEVICE, platform::getPublic, log, time, effects);
  }

  private Command signed(String device, long number, String kind, String body, String endsAt) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(platform.getPrivate());
      signer.update(
          ("tongguan-command-v1\n"
                  + device
                  + "\n"
                  + number
                  + "\n"
                  + kind
                  + "\n"
                  + Texts.sha256(body)
                  + "\n"
                  + endsAt)
              .getBytes(StandardCharsets.UTF_8));
      return new Command(
          device, number, kind, body, endsAt, Base64.getUrlEncoder().encodeToString(signer.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Command command(long number, String kind, String body) {
    return signed(DEVICE, number, kind, body, "");
  }

  private Command unlock(long number, Instant endsAt, Instant until) {
    return signed(
        DEVICE,
        number,
        "unlock",
        "{\"session\":\"s\",\"officer\":\"o\",\"until\":\"" + until + "\"}",
        endsAt.toString());
  }

  private String outcome(long number) {
    return log.waiting().stream()
        .filter(answer -> answer.number() == number)
        .map(answer -> answer.outcome() + (answer.detail().isEmpty() ? "" : ": " + answer.detail()))
        .findFirst()
        .orElse("no answer");
  }

  @Test
  void eachKindHasItsEffectAndItsAnswer() throws IOException {
    commands.take(command(1, "lock", "{\"why\":\"idle\"}"));
    commands.take(command(2, "message", "{\"text\":\"碼頭封閉\"}"));
    commands.take(command(3, "diagnostics", "{}"));
    commands.take(command(4, "policy", "{\"interfaces\":{\"wlan\":\"open\"}}"));
    commands.take(unlock(5, NOW.plusSeconds(60), NOW.plusSeconds(3600)));

    assertThat(done)
        .containsExactly(
            "lock idle", "message 碼頭封閉", "diagnostics", "policy false", "unlock s 3600");
    assertThat(log.waiting()).extracting(Answer::outcome).containsOnly("done");
  }

  @Test
  void whatThePlatformDidNotSignIsNeitherDoneNorAnswered() throws IOException {
    Command good = command(1, "lock", "{\"why\":\"a\"}");
    List<Command> forged =
        List.of(
            new Command("device-2", 1, good.kind(), good.body(), "", good.signature()),
            new Command(DEVICE, 2, good.kind(), good.body(), "", good.signature()),
            new Command(DEVICE, 1, "wipe", good.body(), "", good.signature()),
            new Command(DEVICE, 1, good.kind(), "{\"why\":\"b\"}", "", good.signature()),
            new Command(
                DEVICE, 1, good.kind(), good.body(), "2027-01-01T00:00:00Z", good.signature()),
            new Command(DEVICE, 1, good.kind(), good.body(), "", ""),
            new Command(DEVICE, 1, good.kind(), good.body(), "", "?"),
            signed("device-2", 1, "lock", "{}", ""));
    for (Command each : forged) {
      commands.take(each);
    }

    assertThat(done).isEmpty();
    assertThat(log.waiting()).isEmpty();
    commands.take(good);
    assertThat(done).containsExactly("lock a");
  }

  @Test
  void aNumberIsCarriedOutOnceAndAnsweredEachTimeAlsoAfterARestart() throws IOException {
    commands.take(command(3, "message", "{\"text\":\"a\"}"));
    log.waiting().forEach(this::taken);
    restart();

    commands.take(command(3, "message", "{\"text\":\"a\"}"));

    assertThat(done).containsExactly("message a");
    assertThat(outcome(3)).isEqualTo("done: shown");
  }

  @Test
  void oneThatComesAfterALaterOneIsAnsweredAndNotDone() throws IOException {
    commands.take(command(5, "message", "{\"text\":\"a\"}"));
    commands.take(command(4, "message", "{\"text\":\"b\"}"));

    assertThat(done).containsExactly("message a");
    assertThat(outcome(4)).isEqualTo("refused: came after a later one");
  }

  /**
   * The number is on disk before the effect: a power cut in between does it not at all, or once.
   */
  @Test
  void aPowerCutWhileItIsCarriedOutIsAnsweredAsAFailure() throws IOException {
    log.begin(command(1, "message", "{\"text\":\"a\"}"));
    assertThat(log.waiting()).isEmpty();
    restart();

    assertThat(outcome(1)).isEqualTo("failed: the device went off while it was carried out");
    commands.take(command(1, "message", "{\"text\":\"a\"}"));
    assertThat(done).isEmpty();
  }

  @Test
  void anUnlockHoldsOnlyFreshAndWithAnEnd() throws IOException {
    commands.take(unlock(1, NOW, NOW.plusSeconds(3600)));
    commands.take(unlock(2, NOW.plusSeconds(126), NOW.plusSeconds(3600)));
    commands.take(
        command(3, "unlock", "{\"session\":\"s\",\"officer\":\"o\",\"until\":\"" + NOW + "\"}"));
    commands.take(
        signed(DEVICE, 4, "unlock", "{\"session\":\"s\"}", NOW.plusSeconds(60).toString()));
    commands.take(signed(DEVICE, 5, "unlock", "{}", "soon"));

    assertThat(done).isEmpty();
    assertThat(outcome(1)).isEqualTo("refused: it has run out");
    assertThat(outcome(2)).isEqualTo("refused: an unlock has to end within 120 s");
    assertThat(outcome(3)).isEqualTo("refused: an unlock has to end within 120 s");
    assertThat(outcome(4)).startsWith("refused: body");
    assertThat(outcome(5)).isEqualTo("refused: it has run out");
  }

  /** The platform's time, carried on by the uptime; the wall clock has no say. */
  @Test
  void anUnlockThatWasHeldBackRunsOut() throws IOException {
    Command unlock = unlock(1, NOW.plusSeconds(60), NOW.plusSeconds(3600));
    uptime.pass(Duration.ofSeconds(61));

    commands.take(unlock);

    assertThat(done).isEmpty();
    assertThat(outcome(1)).isEqualTo("refused: it has run out");
  }

  @Test
  void nothingWithAnEndIsDoneBeforeThePlatformsTimeIsKnown() throws IOException {
    commands =
        new Commands(() -> DEVICE, platform::getPublic, log, new PlatformTime(uptime), effects);

    commands.take(unlock(1, Instant.MAX.minusSeconds(1000), Instant.MAX));

    assertThat(done).isEmpty();
  }

  @Test
  void bodiesThatCannotBeReadAreRefused() throws IOException {
    commands.take(command(1, "message", "{\"text\":"));
    commands.take(command(2, "message", "{\"text\":7}"));
    commands.take(command(3, "message", "{\"text\":\"" + "長".repeat(2001) + "\"}"));
    commands.take(command(4, "policy", "{\"interfaces\":{\"wlan\":\"off\"}}"));
    commands.take(command(5, "dance", "{}"));

    assertThat(done).isEmpty();
    assertThat(log.waiting()).hasSize(5).extracting(Answer::outcome).containsOnly("refused");
    assertThat(outcome(5)).isEqualTo("refused: unknown kind");
  }

  @Test
  void whatTheDiskRefusesHasFailed() throws IOException {
    diskRefuses = true;

    commands.take(command(1, "message", "{\"text\":\"a\"}"));

    assertThat(outcome(1)).isEqualTo("failed: No space left on device");
  }

  @Test
  void aWipeGoesOnWhenItComesAgainAndAnOldOneDoesNotBeginAnother() throws IOException {
    commands.take(command(7, "wipe", "{\"loss\":\"l\"}"));
    commands.take(command(7, "wipe", "{\"loss\":\"l\"}"));
    assertThat(done).containsExactly("wipe 7", "wipe 7");
    assertThat(log.waiting()).as("its answer is the journal's").isEmpty();

    wiping = false;
    commands.take(command(7, "wipe", "{\"loss\":\"l\"}"));
    commands.take(command(6, "wipe", "{\"loss\":\"l\"}"));
    assertThat(done).hasSize(2);
  }

  @Test
  void onlyTheLastAnswersAreKept() throws IOException {
    for (int i = 1; i <= 100; i++) {
      commands.take(command(i, "diagnostics", "{}"));
    }

    assertThat(log.waiting()).hasSize(64);
  }

  @Test
  void aDamagedLogStopsTheDeviceRatherThanForgets() throws IOException {
    Files.writeString(state.resolve("commands.json"), "{\"highest\":");

    assertThatThrownBy(() -> new CommandLog(state)).isInstanceOf(IOException.class);
  }

  @Test
  void theBodyIsSignedLetterByLetterHoweverItIsWritten() throws Json.Malformed {
    String body = "{ \"why\" :\"a\", \"z\":[1,{}]}";
    Command inPlace =
        Command.parse(
            "{\"device\":\"device-1\",\"body\":"
                + body
                + ",\"number\":1,\"kind\":\"lock\",\"signature\":\"x\",\"endsAt\":null}");
    Command asText =
        Command.parse(
            "{\"device\":\"device-1\",\"body\":\""
                + body.replace("\"", "\\\"")
                + "\",\"number\":1,\"kind\":\"lock\",\"signature\":\"x\"}");

    assertThat(inPlace.body()).isEqualTo(body);
    assertThat(asText).isEqualTo(inPlace);
  }

  private void taken(Answer answer) {
    try {
      log.taken(answer);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
