package tongguan.steward.desk;

import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;

/** What is used of a session of org.freedesktop.login1; names are the bus's. */
@DBusInterfaceName("org.freedesktop.login1.Session")
public interface LoginSession extends DBusInterface {
  String NAME = "org.freedesktop.login1.Session";

  /** Asks the desktop's screen locker. */
  void Lock();

  void SetLockedHint(boolean locked);

  /** Sent when somebody asks for the lock. */
  final class Lock extends DBusSignal {
    public Lock(String path) throws DBusException {
      super(path);
    }
  }

  final class Unlock extends DBusSignal {
    public Unlock(String path) throws DBusException {
      super(path);
    }
  }
}
