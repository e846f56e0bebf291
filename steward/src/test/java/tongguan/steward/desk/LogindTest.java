package tongguan.steward.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.freedesktop.dbus.exceptions.DBusException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.steward.peer.PrivateBus;

/** On a real dbus-daemon; what answers as logind there is the test's own. */
class LogindTest {
  @TempDir Path folder;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Logind.Listener listener =
      new Logind.Listener() {
        @Override
        public void desktopLocked(String why) {
          heard.add(why);
        }

        @Override
        public void desktopOpened() {
          heard.add("opened");
        }
      };
  private PrivateBus bus;
  private LogindPeer peer;
  private Logind logind;

  @BeforeEach
  void begin() throws IOException, DBusException {
    bus = new PrivateBus(folder);
    peer = new LogindPeer(bus.address());
    logind = new Logind(bus.address(), listener);
  }

  @AfterEach
  void end() {
    logind.close();
    peer.close();
    bus.close();
  }

  private void untilHeard(String what) {
    await().atMost(Duration.ofSeconds(15)).until(() -> heard.contains(what));
  }

  @Test
  void whateverLocksTheDesktopIsHeard() throws DBusException {
    assertThat(logind.attend()).isTrue();
    assertThat(heard).isEmpty();

    peer.officerLocks();
    untilHeard("the desktop was locked");
    peer.screenSaverLocks();
    untilHeard("the desktop is locked");
    peer.lidCloses();
    untilHeard("going to sleep");
    peer.officerUnlocks();
    untilHeard("opened");
  }

  @Test
  void theDevicesLockLocksTheDesktopAndItsUnlockOpensNone() {
    logind.attend();

    logind.lockDesktops();
    assertThat(peer.calls).containsExactly("Lock", "SetLockedHint true");
    logind.deviceUnlocked();

    assertThat(peer.calls).containsExactly("Lock", "SetLockedHint true", "SetLockedHint false");
  }

  /** Else a device that locked by itself would take the officer for the one who did. */
  @Test
  void itsOwnLockIsNotHeardAsAnotherOnes() throws DBusException {
    logind.attend();
    logind.lockDesktops();
    peer.officerLocks();
    peer.screenSaverLocks();
    peer.lidCloses();

    untilHeard("going to sleep");
    assertThat(heard).containsExactly("going to sleep");
  }

  @Test
  void aDesktopThatNobodyUsesSaysSinceWhen() throws DBusException {
    assertThat(logind.idleSince()).isEmpty();
    logind.attend();
    assertThat(logind.idleSince()).isEmpty();

    Instant since = Instant.parse("2026-11-25T09:00:00.5Z");
    peer.idleSince(since);
    assertThat(logind.idleSince()).contains(since);
    peer.used();
    assertThat(logind.idleSince()).isEmpty();
  }

  @Test
  void aDesktopThatWasLockedBeforeIsSeenAtOnce() throws DBusException {
    peer.screenSaverLocks();

    logind.attend();

    assertThat(heard).contains("the desktop is locked");
  }

  @Test
  void aBusThatEndsIsFoundAgain() throws IOException, DBusException {
    logind.attend();
    peer.close();
    bus.close();
    await().atMost(Duration.ofSeconds(15)).until(() -> !logind.attend());
    assertThat(logind.sessions()).isEmpty();

    java.nio.file.Files.deleteIfExists(folder.resolve("bus"));
    bus = new PrivateBus(folder);
    peer = new LogindPeer(bus.address());

    await().atMost(Duration.ofSeconds(15)).until(logind::attend);
    peer.officerLocks();
    untilHeard("the desktop was locked");
  }

  @Test
  void withoutABusThereIsNothingToKeepInStepWith() {
    Logind alone = new Logind("unix:path=" + folder.resolve("nowhere"), listener);

    assertThat(alone.attend()).isFalse();
    assertThat(alone.sessions()).isEmpty();
    alone.lockDesktops();
    alone.close();
  }
}
