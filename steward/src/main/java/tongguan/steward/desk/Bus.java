package tongguan.steward.desk;

import java.nio.file.Files;
import java.nio.file.Path;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;

/** Ways onto a message bus. */
final class Bus {
  private static final String PATH = "unix:path=";

  private Bus() {}

  /** A connection of its own; where there is no bus, the library is not even begun. */
  static DBusConnection connect(String address) throws DBusException {
    if (address.startsWith(PATH) && !Files.exists(Path.of(address.substring(PATH.length())))) {
      throw new DBusException("no bus at " + address);
    }
    return DBusConnectionBuilder.forAddress(address).withShared(false).build();
  }
}
