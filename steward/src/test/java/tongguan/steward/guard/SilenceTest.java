package tongguan.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.steward.peer.ManualClock;
import tongguan.steward.peer.ManualUptime;

class SilenceTest {
  @TempDir Path state;
  private final ManualClock wall = new ManualClock();
  private final ManualUptime uptime = new ManualUptime();
  private Silence silence;

  @BeforeEach
  void begin() throws IOException {
    silence = new Silence(state, wall, uptime);
    silence.rule(12, 7);
    silence.contact();
    silence.look();
  }

  private void pass(Duration time) {
    wall.pass(time);
    uptime.pass(time);
  }

  /** Off for that long, then on again with another process. */
  private void off(Duration time, String boot) {
    wall.pass(time);
    uptime.reboot(boot);
    silence = new Silence(state, wall, uptime);
  }

  @Test
  void hoursWithoutThePlatformLockAndDaysWipe() throws IOException {
    pass(Duration.ofHours(11));
    assertThat(silence.look()).isEqualTo(new Silence.Verdict.Fine());
    pass(Duration.ofHours(1));
    assertThat(silence.look()).isEqualTo(new Silence.Verdict.Lock("no contact for 12 hours"));
    pass(Duration.ofDays(6));
    assertThat(silence.look()).isInstanceOf(Silence.Verdict.Lock.class);
    pass(Duration.ofHours(12));
    assertThat(silence.look()).isEqualTo(new Silence.Verdict.Wipe("no contact for 7 days"));
  }

  @Test
  void contactBeginsTheCountAnew() throws IOException {
    pass(Duration.ofDays(6));
    silence.look();

    silence.contact();

    assertThat(silence.look()).isEqualTo(new Silence.Verdict.Fine());
    pass(Duration.ofHours(11));
    assertThat(silence.look()).isEqualTo(new Silence.Verdict.Fine());
  }

  @Test
  void timeThatTheDeviceWasOffCountsForTheLock() throws IOException {
    off(Duration.ofHours(13), "boot-2");

    assertThat(silence.look()).isInstanceOf(Silence.Verdict.Lock.class);
  }

  /** A thief who turns the clock back locks, and what was on is counted all the same. */
  @Test
  void aClockThatWasSetBackLocksAtOnceAndSavesNothing() throws IOException {
    wall.pass(Duration.ofDays(-3));
    assertThat(silence.look()).isEqualTo(new Silence.Verdict.Lock("the clock was set back"));

    for (int day = 0; day < 7; day++) {
      uptime.pass(Duration.ofHours(24));
      silence.look();
    }

    assertThat(silence.look()).isInstanceOf(Silence.Verdict.Wipe.class);
  }

  @Test
  void timeOnIsAddedUpOverBootsWithAClockThatStandsStill() throws IOException {
    for (int boot = 2; boot < 12; boot++) {
      uptime.pass(Duration.ofHours(17));
      silence.look();
      off(Duration.ZERO, "boot-" + boot);
    }

    assertThat(silence.look()).isInstanceOf(Silence.Verdict.Wipe.class);
  }

  /** A dead battery of the clock, or a jump: an hour on is the chance to say hello. */
  @Test
  void aClockThatJumpsFarAheadLocksButDoesNotWipeBeforeAnHourOn() throws IOException {
    off(Duration.ofDays(400), "boot-2");
    assertThat(silence.look()).isInstanceOf(Silence.Verdict.Lock.class);
    uptime.pass(Duration.ofMinutes(50));
    assertThat(silence.look()).isInstanceOf(Silence.Verdict.Lock.class);

    silence.contact();
    uptime.pass(Duration.ofHours(2));
    assertThat(silence.look()).isEqualTo(new Silence.Verdict.Fine());
  }

  @Test
  void aDeviceThatLayOffForDaysWipesAfterAnHourOnWithoutContact() throws IOException {
    off(Duration.ofDays(8), "boot-2");
    silence.look();
    pass(Duration.ofMinutes(61));

    assertThat(silence.look()).isInstanceOf(Silence.Verdict.Wipe.class);
  }

  @Test
  void theRuleOutlivesARestartAndNonsenseDoesNotReplaceIt() throws IOException {
    silence.rule(0, -1);
    off(Duration.ofHours(11), "boot-2");
    assertThat(silence.look()).isEqualTo(new Silence.Verdict.Fine());
    off(Duration.ofHours(2), "boot-3");

    assertThat(silence.look()).isEqualTo(new Silence.Verdict.Lock("no contact for 12 hours"));
  }

  @Test
  void aDamagedRecordCountsFromNow() throws IOException {
    Files.writeString(state.resolve("contact.json"), "{\"lockHours\":");

    silence = new Silence(state, wall, uptime);

    assertThat(silence.look()).isEqualTo(new Silence.Verdict.Fine());
  }
}
