package tongguan.steward.desk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import tongguan.steward.base.Program;
import tongguan.steward.base.SysTree;

/**
 * A note on the desktops of those who are logged in. A session's bus lets in its own user only, so
 * that the steward, who is root, shows it by a short life of itself as that user.
 */
public final class DesktopNote {
  private final List<String> self;
  private final SysTree tree;

  /** {@code self}: the command that starts this program, without a verb. */
  public DesktopNote(List<String> self, SysTree tree) {
    this.self = List.copyOf(self);
    this.tree = tree;
  }

  /** On how many desktops it was shown. */
  public int show(String text, List<LoginRow> sessions) {
    int shown = 0;
    for (long uid : sessions.stream().mapToLong(row -> row.uid.longValue()).distinct().toArray()) {
      Path bus = tree.at("run/user/" + uid + "/bus");
      if (Files.exists(bus) && showTo(uid, bus, text)) {
        shown++;
      }
    }
    return shown;
  }

  private boolean showTo(long uid, Path bus, String text) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of("setpriv", "--reuid=" + uid, "--regid=" + groupOf(bus), "--clear-groups"));
    command.addAll(self);
    command.addAll(List.of("show-message", "unix:path=" + bus));
    try {
      return Program.run(command, text).succeeded();
    } catch (IOException notShown) {
      return false;
    }
  }

  private static Object groupOf(Path bus) {
    try {
      return Files.getAttribute(bus.resolveSibling(""), "unix:gid");
    } catch (IOException e) {
      return 65534;
    }
  }

  /** The short life: runs as the desktop's user. False if nothing there shows notes. */
  public static boolean showHere(String bus, String text) {
    try (DBusConnection connection = Bus.connect(bus)) {
      connection
          .getRemoteObject(Notifications.BUS_NAME, Notifications.PATH, Notifications.class)
          .Notify(
              "通關 Tongguan",
              new UInt32(0),
              "dialog-information",
              "行動e管家 Steward",
              withoutMarkup(text),
              List.of(),
              Map.of("urgency", new Variant<>((byte) 2)),
              0);
      return true;
    } catch (IOException | DBusException | DBusExecutionException absent) {
      return false;
    }
  }

  /** Bodies may carry markup; ours never does. */
  static String withoutMarkup(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
