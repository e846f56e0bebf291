package tongguan.steward.guard;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tongguan.steward.base.Limits;
import tongguan.steward.base.Uptime;
import tongguan.steward.control.Controls;
import tongguan.steward.control.Policy;
import tongguan.steward.control.State;

/**
 * Locked, unless an officer's session has a right to an open device that has not run out, and the
 * platform was heard of within the lease. Both are counted by the uptime. Whoever has a reason
 * against opening is asked each time and may lock at any time; nothing but {@link #unlock} opens.
 */
public final class DeviceLock {
  private static final Logger LOG = System.getLogger("steward.lock");

  private final ReentrantLock mutex = new ReentrantLock();
  private final Controls controls;
  private final Uptime uptime;
  private final long leaseMillis;
  private final List<Objection> objections = new CopyOnWriteArrayList<>();
  private final List<Observer> observers = new CopyOnWriteArrayList<>();

  private @Nullable Grant grant;
  private long contactAt;
  private long renewedAt;
  private boolean lapsed;
  private String why = "start";
  private Map<String, State> states = Map.of();

  /** A reason not to open, such as tampered files or a wipe. */
  @FunctionalInterface
  public interface Objection {
    Optional<String> now();
  }

  /** Told after the device has changed from one to the other, outside of any lock. */
  public interface Observer {
    void locked(String why);

    void unlocked();
  }

  public sealed interface Unlocking {
    record Opened() implements Unlocking {}

    record Refused(String why) implements Unlocking {}
  }

  public DeviceLock(Controls controls, Uptime uptime, Duration lease) {
    this.controls = controls;
    this.uptime = uptime;
    this.leaseMillis = lease.toMillis();
  }

  public void objectIf(Objection objection) {
    objections.add(objection);
  }

  public void observe(Observer observer) {
    observers.add(observer);
  }

  /** Shuts everything that the policy says, whether or not it was shut before. */
  public void lock(String reason) {
    shut(reason, false);
  }

  private void shut(String reason, boolean lapse) {
    boolean changed;
    mutex.lock();
    try {
      changed = grant != null;
      grant = null;
      lapsed = lapse;
      why = reason;
      states = controls.lock();
    } finally {
      mutex.unlock();
    }
    if (changed) {
      LOG.log(Level.INFO, "locked: {0}", reason);
      observers.forEach(observer -> observer.locked(reason));
    }
  }

  /** Opens, or prolongs an open device; the command's signature and age were looked at before. */
  public Unlocking unlock(String session, String officer, Duration life) {
    Optional<String> objection = objection();
    if (objection.isPresent()) {
      return new Unlocking.Refused(objection.get());
    }
    if (!life.isPositive()) {
      return new Unlocking.Refused("the right has run out");
    }
    long millis = Math.min(life.toMillis(), Limits.GRANT.toMillis());
    boolean changed;
    mutex.lock();
    try {
      changed = grant == null;
      contactAt = uptime.millis();
      renewedAt = contactAt;
      grant = new Grant(session, officer, contactAt + millis);
      lapsed = false;
      states = controls.unlock();
    } finally {
      mutex.unlock();
    }
    if (changed) {
      LOG.log(Level.INFO, "unlocked for {0}", session);
      observers.forEach(Observer::unlocked);
    }
    return new Unlocking.Opened();
  }

  private Optional<String> objection() {
    return objections.stream().flatMap(objection -> objection.now().stream()).findFirst();
  }

  /** The platform was heard of: a right that has not run out holds for another lease. */
  public void contact() {
    mutex.lock();
    try {
      contactAt = uptime.millis();
    } finally {
      mutex.unlock();
    }
  }

  /**
   * To be called every second or two: ends what has run out, shuts what was plugged in since, and
   * prolongs the kernel's part of the lease.
   */
  public void look() {
    Optional<Reason> reason = reasonToLock();
    if (reason.isPresent()) {
      shut(reason.get().words(), reason.get().lapse());
      return;
    }
    mutex.lock();
    try {
      if (grant != null && contactAt - renewedAt >= leaseMillis / 4) {
        renewedAt = contactAt;
        states = controls.unlock();
      }
    } finally {
      mutex.unlock();
    }
  }

  private record Reason(String words, boolean lapse) {}

  /** A locked device is locked again each time, for the same reason as before. */
  private Optional<Reason> reasonToLock() {
    mutex.lock();
    try {
      Grant held = grant;
      if (held == null) {
        return Optional.of(new Reason(why, lapsed));
      }
      long now = uptime.millis();
      if (now >= held.until()) {
        return Optional.of(new Reason("the right has run out", false));
      }
      if (now >= contactAt + leaseMillis) {
        return Optional.of(new Reason("no word from the platform", true));
      }
    } finally {
      mutex.unlock();
    }
    return objection().map(words -> new Reason(words, false));
  }

  public boolean isLocked() {
    mutex.lock();
    try {
      return grant == null;
    } finally {
      mutex.unlock();
    }
  }

  /**
   * Whether it is locked for no other reason than that nothing was heard of the platform for a
   * lease: then the officer's right may still stand, and the platform may open it again.
   */
  public boolean isLapsed() {
    mutex.lock();
    try {
      return grant == null && lapsed;
    } finally {
      mutex.unlock();
    }
  }

  /** Why it is locked, or was the last time. */
  public String why() {
    mutex.lock();
    try {
      return why;
    } finally {
      mutex.unlock();
    }
  }

  /** As the controls said when they were last shut or opened. */
  public Map<String, State> states() {
    mutex.lock();
    try {
      return states;
    } finally {
      mutex.unlock();
    }
  }

  public Policy policy() {
    return controls.policy();
  }

  /** Holds at once. */
  public void policy(Policy policy) {
    mutex.lock();
    try {
      controls.policy(policy);
      states = grant == null ? controls.lock() : controls.unlock();
    } finally {
      mutex.unlock();
    }
  }
}
