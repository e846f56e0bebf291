package tongguan.steward.desk;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/**
 * Stands in for logind on a bus of the test's own: one session whose lock can be asked for. It is
 * no logind; names and signatures are those of org.freedesktop.login1 (its manual,
 * org.freedesktop.login1(5)).
 */
public final class LogindPeer implements AutoCloseable {
  static final String SESSION = "/org/freedesktop/login1/session/_31";

  public final List<String> calls = new CopyOnWriteArrayList<>();
  private final DBusConnection connection;
  private final Map<String, Object> properties =
      new ConcurrentHashMap<>(Map.of("LockedHint", false, "IdleHint", false));

  public LogindPeer(String bus) throws DBusException {
    connection = Bus.connect(bus);
    connection.requestBusName(LoginManager.BUS_NAME);
    connection.exportObject(LoginManager.PATH, new Manager());
    connection.exportObject(SESSION, new Session());
  }

  /** Nobody has touched it since then. */
  public void idleSince(Instant since) {
    properties.put("IdleHint", true);
    properties.put("IdleSinceHint", new UInt64(ChronoUnit.MICROS.between(Instant.EPOCH, since)));
  }

  public void used() {
    properties.put("IdleHint", false);
  }

  public void officerLocks() throws DBusException {
    connection.sendMessage(new LoginSession.Lock(SESSION));
  }

  public void officerUnlocks() throws DBusException {
    connection.sendMessage(new LoginSession.Unlock(SESSION));
  }

  public void screenSaverLocks() throws DBusException {
    properties.put("LockedHint", true);
    connection.sendMessage(
        new Properties.PropertiesChanged(
            SESSION, LoginSession.NAME, Map.of("LockedHint", new Variant<>(true)), List.of()));
  }

  public void lidCloses() throws DBusException {
    connection.sendMessage(new LoginManager.PrepareForSleep(LoginManager.PATH, true));
  }

  @Override
  public void close() {
    connection.disconnect();
  }

  /** The manager; public for the bus library. */
  public final class Manager implements LoginManager, Properties {
    @Override
    public List<LoginRow> ListSessions() {
      return List.of(new LoginRow("1", new UInt32(0), "officer", "seat0", new DBusPath(SESSION)));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <A> A Get(String of, String name) {
      return (A) requireNonNull(properties.get(name));
    }

    @Override
    public <A> void Set(String of, String name, A value) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public Map<String, Variant<?>> GetAll(String of) {
      return Map.of("IdleHint", new Variant<>(requireNonNull(properties.get("IdleHint"))));
    }

    @Override
    public String getObjectPath() {
      return LoginManager.PATH;
    }
  }

  /** The session; public for the bus library. */
  public final class Session implements LoginSession, Properties {
    @Override
    public void Lock() {
      calls.add("Lock");
    }

    @Override
    public void SetLockedHint(boolean locked) {
      calls.add("SetLockedHint " + locked);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <A> A Get(String of, String name) {
      return (A) requireNonNull(properties.get(name));
    }

    @Override
    public <A> void Set(String of, String name, A value) {
      properties.put(name, value);
    }

    @Override
    public Map<String, Variant<?>> GetAll(String of) {
      return Map.of("LockedHint", new Variant<>(requireNonNull(properties.get("LockedHint"))));
    }

    @Override
    public String getObjectPath() {
      return SESSION;
    }
  }
}
