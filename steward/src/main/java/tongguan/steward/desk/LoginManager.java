package tongguan.steward.desk;

import java.util.List;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;

/** What is used of org.freedesktop.login1's manager; names are the bus's. */
@DBusInterfaceName("org.freedesktop.login1.Manager")
public interface LoginManager extends DBusInterface {
  String BUS_NAME = "org.freedesktop.login1";
  String NAME = "org.freedesktop.login1.Manager";
  String PATH = "/org/freedesktop/login1";

  List<LoginRow> ListSessions();

  /** Before the machine sleeps, and after it woke up. */
  final class PrepareForSleep extends DBusSignal {
    private final boolean before;

    public PrepareForSleep(String path, boolean before) throws DBusException {
      super(path, before);
      this.before = before;
    }

    public boolean isBefore() {
      return before;
    }
  }
}
