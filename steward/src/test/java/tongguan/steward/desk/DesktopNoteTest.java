package tongguan.steward.desk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.steward.base.SysTree;
import tongguan.steward.peer.PrivateBus;

/** On a real dbus-daemon; what shows notes there is the test's own. */
class DesktopNoteTest {
  @TempDir Path folder;

  /** Public for the bus library. */
  public static final class NotesPeer implements Notifications {
    final List<String> notes = new CopyOnWriteArrayList<>();

    @Override
    public UInt32 Notify(
        String application,
        UInt32 replaces,
        String icon,
        String summary,
        String body,
        List<String> actions,
        Map<String, Variant<?>> hints,
        int timeout) {
      notes.add(application + "|" + body + "|" + requireNonNull(hints.get("urgency")).getValue());
      return new UInt32(1);
    }

    @Override
    public String getObjectPath() {
      return Notifications.PATH;
    }
  }

  /** As the steward does it: by a process of its own with the desktop's user's rights. */
  @Test
  void aMessageIsShownOnTheDesktopOfWhoIsLoggedIn() throws IOException, DBusException {
    long uid = ((Number) Files.getAttribute(folder, "unix:uid")).longValue();
    Path runtime = Files.createDirectories(folder.resolve("run/user/" + uid));
    NotesPeer peer = new NotesPeer();
    try (PrivateBus bus = new PrivateBus(runtime);
        DBusConnection desktop = Bus.connect(bus.address())) {
      desktop.requestBusName(Notifications.BUS_NAME);
      desktop.exportObject(Notifications.PATH, peer);
      DesktopNote note =
          new DesktopNote(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "tongguan.steward.Steward"),
              new SysTree(folder));

      int shown =
          note.show(
              "碼頭 <b>封閉</b> & 停工",
              List.of(
                  new LoginRow("1", new UInt32(uid), "officer", "seat0", new DBusPath("/a")),
                  new LoginRow("2", new UInt32(uid + 9), "other", "", new DBusPath("/b"))));

      assertThat(shown).isEqualTo(1);
      assertThat(peer.notes).containsExactly("通關 Tongguan|碼頭 &lt;b&gt;封閉&lt;/b&gt; &amp; 停工|2");
    }
  }

  @Test
  void aDesktopThatShowsNoNotesIsNotCounted() throws IOException {
    try (PrivateBus bus = new PrivateBus(folder)) {
      assertThat(DesktopNote.showHere(bus.address(), "text")).isFalse();
    }
    assertThat(DesktopNote.showHere("unix:path=" + folder.resolve("nowhere"), "text")).isFalse();
  }
}
