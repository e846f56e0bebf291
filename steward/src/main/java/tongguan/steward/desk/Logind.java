package tongguan.steward.desk;

import java.io.Closeable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.UInt64;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's lock and the device's, in step: whichever locks, locks the other. Opening
 * is not passed on: the desktop's password opens the desktop, and only the platform opens the
 * device. Where there is no bus or no logind, the device's lock works alone.
 *
 * <p>Signals are taken from whoever sends them, because all they can do is to lock.
 */
public final class Logind implements Closeable {
  private static final Logger LOG = System.getLogger("steward.logind");

  /** Told of the desktop. */
  public interface Listener {
    void desktopLocked(String why);

    /** The desktop is open; the device stays as it is until the platform says so. */
    void desktopOpened();
  }

  private final ReentrantLock mutex = new ReentrantLock();
  private final String bus;
  private final Listener listener;
  private @Nullable DBusConnection connection;

  /** When the desktops were last locked by us (monotonic); what they say of it is an echo. */
  private volatile @Nullable Long askedAt;

  private static final long ECHO_NANOS = java.time.Duration.ofSeconds(3).toNanos();

  public Logind(String bus, Listener listener) {
    this.bus = bus;
    this.listener = listener;
  }

  /**
   * Connects where it is not connected; to be called every now and then. True if logind is there.
   */
  public boolean attend() {
    mutex.lock();
    try {
      DBusConnection now = connection;
      if (now != null && now.isConnected()) {
        return true;
      }
      connection = null;
      connection = connect();
      if (lockedNow()) {
        listener.desktopLocked("the desktop is locked");
      }
      LOG.log(Level.INFO, "in step with logind");
      return true;
    } catch (DBusException | RuntimeException absent) {
      disconnect();
      LOG.log(Level.DEBUG, "no logind: {0}", absent.getMessage());
      return false;
    } finally {
      mutex.unlock();
    }
  }

  private DBusConnection connect() throws DBusException {
    DBusConnection fresh = Bus.connect(bus);
    connection = fresh;
    fresh.addSigHandler(LoginSession.Lock.class, _ -> hear("the desktop was locked"));
    fresh.addSigHandler(LoginSession.Unlock.class, _ -> listener.desktopOpened());
    fresh.addSigHandler(
        LoginManager.PrepareForSleep.class,
        signal -> listener.desktopLocked(signal.isBefore() ? "going to sleep" : "woke up"));
    fresh.addSigHandler(Properties.PropertiesChanged.class, this::propertiesChanged);
    return fresh;
  }

  private void propertiesChanged(Properties.PropertiesChanged signal) {
    if (signal.getInterfaceName().equals(LoginSession.NAME)) {
      Optional.ofNullable(signal.getPropertiesChanged().get("LockedHint"))
          .filter(hint -> Boolean.TRUE.equals(hint.getValue()))
          .ifPresent(_ -> hear("the desktop is locked"));
    }
  }

  /** Not what follows from our own locking a moment ago: the device was locked before it. */
  private void hear(String why) {
    Long asked = askedAt;
    if (asked == null || System.nanoTime() - asked > ECHO_NANOS) {
      listener.desktopLocked(why);
    }
  }

  /**
   * Since when nobody has used any desktop, by the wall clock; empty while somebody does, and where
   * there is no logind.
   */
  public Optional<Instant> idleSince() {
    mutex.lock();
    try {
      DBusConnection now = connection;
      if (now == null) {
        return Optional.empty();
      }
      Properties manager =
          now.getRemoteObject(LoginManager.BUS_NAME, LoginManager.PATH, Properties.class);
      if (!Boolean.TRUE.equals(manager.<Boolean>Get(LoginManager.NAME, "IdleHint"))) {
        return Optional.empty();
      }
      UInt64 since = manager.Get(LoginManager.NAME, "IdleSinceHint");
      return Optional.of(Instant.EPOCH.plus(since.longValue(), ChronoUnit.MICROS));
    } catch (DBusException | DBusExecutionException absent) {
      LOG.log(Level.DEBUG, "no idle hint: {0}", absent.getMessage());
      return Optional.empty();
    } finally {
      mutex.unlock();
    }
  }

  private boolean lockedNow() throws DBusException {
    DBusConnection now = java.util.Objects.requireNonNull(connection);
    for (LoginRow row : sessions()) {
      Properties properties =
          now.getRemoteObject(LoginManager.BUS_NAME, row.path.getPath(), Properties.class);
      try {
        if (Boolean.TRUE.equals(properties.<Boolean>Get(LoginSession.NAME, "LockedHint"))) {
          return true;
        }
      } catch (DBusExecutionException sessionEnded) {
        // it cannot be locked any more
      }
    }
    return false;
  }

  /** Those that are logged in; none where there is no logind. */
  public List<LoginRow> sessions() {
    mutex.lock();
    try {
      DBusConnection now = connection;
      return now == null
          ? List.of()
          : now.getRemoteObject(LoginManager.BUS_NAME, LoginManager.PATH, LoginManager.class)
              .ListSessions();
    } catch (DBusException | DBusExecutionException absent) {
      LOG.log(Level.DEBUG, "no sessions: {0}", absent.getMessage());
      return List.of();
    } finally {
      mutex.unlock();
    }
  }

  /** Locks every desktop. */
  public void lockDesktops() {
    askedAt = System.nanoTime();
    each(session -> {
      session.Lock();
      session.SetLockedHint(true);
    });
  }

  /** Says that the device is open; opens no desktop. */
  public void deviceUnlocked() {
    each(session -> session.SetLockedHint(false));
  }

  private void each(java.util.function.Consumer<LoginSession> act) {
    for (LoginRow row : sessions()) {
      mutex.lock();
      try {
        DBusConnection now = connection;
        if (now != null) {
          act.accept(
              now.getRemoteObject(LoginManager.BUS_NAME, row.path.getPath(), LoginSession.class));
        }
      } catch (DBusException | DBusExecutionException e) {
        LOG.log(Level.WARNING, "session {0}: {1}", row.id, String.valueOf(e.getMessage()));
      } finally {
        mutex.unlock();
      }
    }
  }

  private void disconnect() {
    DBusConnection last = connection;
    connection = null;
    if (last != null) {
      last.disconnect();
    }
  }

  @Override
  public void close() {
    mutex.lock();
    try {
      disconnect();
    } finally {
      mutex.unlock();
    }
  }
}
