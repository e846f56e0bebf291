package tongguan.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tongguan.steward.control.Control;
import tongguan.steward.control.Controls;
import tongguan.steward.control.Policy;
import tongguan.steward.control.State;
import tongguan.steward.peer.ManualUptime;

class DeviceLockTest {
  private static final Duration LEASE = Duration.ofSeconds(120);

  private final ManualUptime uptime = new ManualUptime();
  private final Door door = new Door();
  private final List<String> told = new ArrayList<>();
  private Optional<String> objection = Optional.empty();
  private DeviceLock lock;

  /** A control that is open when it is made. */
  private static final class Door implements Control {
    private State state = new State.Unlocked();
    private int unlocks;

    @Override
    public String name() {
      return "door";
    }

    @Override
    public State lock() {
      return state = new State.Locked();
    }

    @Override
    public State unlock() {
      unlocks++;
      return state = new State.Unlocked();
    }

    @Override
    public State state() {
      return state;
    }
  }

  @BeforeEach
  void begin() {
    lock = new DeviceLock(new Controls(List.of(door), Policy.ALL_SHUT), uptime, LEASE);
    lock.objectIf(() -> objection);
    lock.observe(
        new DeviceLock.Observer() {
          @Override
          public void locked(String why) {
            told.add("locked: " + why);
          }

          @Override
          public void unlocked() {
            told.add("unlocked");
          }
        });
    lock.lock("start");
  }

  private void unlockFor(Duration life) {
    assertThat(lock.unlock("s", "o", life)).isEqualTo(new DeviceLock.Unlocking.Opened());
  }

  private boolean isOpen() {
    return door.state() instanceof State.Unlocked && !lock.isLocked();
  }

  @Test
  void itIsLockedFromTheBeginning() {
    assertThat(door.state()).isEqualTo(new State.Locked());
    assertThat(lock.isLocked()).isTrue();
    assertThat(lock.states()).isEqualTo(Map.of("door", new State.Locked()));
  }

  @Test
  void theRightRunsOutAtItsEnd() {
    unlockFor(Duration.ofMinutes(10));
    for (int i = 0; i < 9; i++) {
      uptime.pass(Duration.ofMinutes(1));
      lock.contact();
      lock.look();
    }
    assertThat(isOpen()).isTrue();

    uptime.pass(Duration.ofMinutes(1));
    lock.contact();
    lock.look();

    assertThat(isOpen()).isFalse();
    assertThat(told).containsExactly("unlocked", "locked: the right has run out");
  }

  @Test
  void withoutAWordFromThePlatformItLocksAfterTheLease() {
    unlockFor(Duration.ofHours(8));
    uptime.pass(LEASE.minusSeconds(1));
    lock.look();
    assertThat(isOpen()).isTrue();

    uptime.pass(Duration.ofSeconds(1));
    lock.look();

    assertThat(isOpen()).isFalse();
    assertThat(lock.why()).isEqualTo("no word from the platform");
  }

  @Test
  void whatLockedForTheLeaseAloneSaysSoUntilSomebodyElseLocksIt() {
    assertThat(lock.isLapsed()).as("locked from the start").isFalse();
    unlockFor(Duration.ofHours(8));
    assertThat(lock.isLapsed()).isFalse();
    uptime.pass(LEASE);
    lock.look();
    lock.look();
    assertThat(lock.isLapsed()).isTrue();

    unlockFor(Duration.ofHours(8));
    assertThat(lock.isLapsed()).isFalse();
    uptime.pass(LEASE);
    lock.look();
    lock.lock("the desktop was locked");
    lock.look();

    assertThat(lock.isLapsed()).isFalse();
  }

  /** What comes back is the platform, not the officer. */
  @Test
  void contactAfterThatDoesNotOpenItAgain() {
    unlockFor(Duration.ofHours(8));
    uptime.pass(LEASE);
    lock.look();

    lock.contact();
    lock.look();

    assertThat(isOpen()).isFalse();
  }

  @Test
  void aFurtherUnlockTakesThePlaceOfTheOneBefore() {
    unlockFor(Duration.ofMinutes(1));
    uptime.pass(Duration.ofSeconds(50));
    unlockFor(Duration.ofMinutes(1));
    uptime.pass(Duration.ofSeconds(50));
    lock.look();

    assertThat(isOpen()).isTrue();
    assertThat(told).containsExactly("unlocked");
  }

  @Test
  void theKernelsLeaseIsProlongedOnlyAsTheContactIs() {
    unlockFor(Duration.ofHours(1));
    lock.look();
    uptime.pass(Duration.ofSeconds(60));
    lock.look();
    assertThat(door.unlocks).as("no contact since").isEqualTo(1);

    lock.contact();
    lock.look();

    assertThat(door.unlocks).isEqualTo(2);
  }

  @Test
  void anObjectionRefusesAndLocksWhatIsOpen() {
    unlockFor(Duration.ofHours(1));
    objection = Optional.of("tampered");
    lock.look();

    assertThat(isOpen()).isFalse();
    assertThat(lock.unlock("s", "o", Duration.ofHours(1)))
        .isEqualTo(new DeviceLock.Unlocking.Refused("tampered"));
  }

  @Test
  void whatOpensByItselfWhileLockedIsShutWithTheNextLook() {
    door.state = new State.Unlocked();

    lock.look();

    assertThat(door.state()).isEqualTo(new State.Locked());
    assertThat(told).isEmpty();
  }

  @Test
  void noRightIsLongerThanADayAndNoneIsEmpty() {
    assertThat(lock.unlock("s", "o", Duration.ZERO))
        .isInstanceOf(DeviceLock.Unlocking.Refused.class);
    unlockFor(Duration.ofDays(400));
    uptime.pass(Duration.ofHours(24));
    lock.contact();
    lock.look();

    assertThat(isOpen()).isFalse();
  }

  @Test
  void aPolicyHoldsAtOnce() {
    lock.policy(Policy.of(Map.of("door", Policy.Rule.OPEN)));

    assertThat(door.state()).isEqualTo(new State.Unlocked());
    lock.policy(Policy.ALL_SHUT);
    assertThat(door.state()).isEqualTo(new State.Locked());
  }
}
