package tongguan.steward.guard;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import tongguan.steward.base.DurableFile;
import tongguan.steward.base.Json;
import tongguan.steward.base.Limits;
import tongguan.steward.base.Uptime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The dead-man's rule: hours without the platform lock, days wipe. Silence is counted twice. The
 * time that the device was on is added up over all boots and nobody can shorten or lengthen it; the
 * wall clock also counts the time that it was off, but can be set.
 *
 * <p>Locking takes the longer of the two, and a wall clock that went back locks by itself: a lock
 * costs little. Wiping takes the time that the device was on, or the wall clock's once the device
 * has been on for an hour without contact: so a notebook whose clock wakes up in another year gets
 * the chance to say hello before it destroys an officer's work.
 */
public final class Silence {
  private static final Logger LOG = System.getLogger("steward.silence");
  private static final long SET_BACK_MILLIS = Duration.ofMinutes(5).toMillis();

  private final DurableFile file;
  private final Clock wall;
  private final Uptime uptime;

  private long lockHours = Limits.LOCK_HOURS;
  private long wipeDays = Limits.WIPE_DAYS;
  private long contactWall;
  private long seenWall;
  private long seenUptime;
  private long silentOn;
  private long silentOnSinceBoot;
  private long silentWall;
  private boolean setBack;

  public sealed interface Verdict {
    record Fine() implements Verdict {}

    record Lock(String why) implements Verdict {}

    record Wipe(String why) implements Verdict {}
  }

  public Silence(Path state, Clock wall, Uptime uptime) {
    this.file = new DurableFile(state.resolve("contact.json"));
    this.wall = wall;
    this.uptime = uptime;
    contactWall = wall.millis();
    seenWall = contactWall;
    seenUptime = uptime.millis();
    read();
  }

  private void read() {
    try {
      Optional<String> text = file.readText();
      if (text.isEmpty()) {
        return;
      }
      JsonNode json = Json.read(text.get());
      lockHours = Json.number(json, "lockHours");
      wipeDays = Json.number(json, "wipeDays");
      contactWall = Json.number(json, "contactWall");
      seenWall = Json.number(json, "seenWall");
      silentOn = Json.number(json, "silentOn");
      silentWall = Json.number(json, "silentWall");
      boolean sameBoot = Json.text(json, "boot").equals(uptime.boot());
      // On another boot, all of its time so far went by without contact.
      seenUptime = sameBoot ? Json.number(json, "seenUptime") : 0;
      silentOnSinceBoot = sameBoot ? Json.number(json, "silentOnSinceBoot") : 0;
    } catch (IOException | Json.Malformed damaged) {
      LOG.log(Level.WARNING, "the record of contacts is damaged; silence counts from now");
    }
  }

  /**
   * From {@code hello} or a policy; holds until the next. Values that make no sense are left out.
   */
  public synchronized void rule(long lockHours, long wipeDays) throws IOException {
    if (lockHours < 1 || wipeDays < 1 || lockHours > 24 * 365 || wipeDays > 3650) {
      return;
    }
    boolean changed = this.lockHours != lockHours || this.wipeDays != wipeDays;
    this.lockHours = lockHours;
    this.wipeDays = wipeDays;
    if (changed) {
      write();
    }
  }

  /** The platform was heard of; cheap, and on disk with the next {@link #look}. */
  public synchronized void contact() {
    contactWall = wall.millis();
    seenWall = contactWall;
    seenUptime = uptime.millis();
    silentOn = 0;
    silentOnSinceBoot = 0;
    silentWall = 0;
    setBack = false;
  }

  /** To be called every minute or so; durable when it returns. */
  public synchronized Verdict look() throws IOException {
    long nowUptime = uptime.millis();
    long nowWall = wall.millis();
    long passed = Math.max(0, nowUptime - seenUptime);
    silentOn += passed;
    silentOnSinceBoot += passed;
    setBack |= nowWall < seenWall - SET_BACK_MILLIS;
    silentWall = Math.max(silentWall, nowWall - contactWall);
    seenUptime = nowUptime;
    seenWall = Math.max(seenWall, nowWall);
    write();
    return verdict();
  }

  private Verdict verdict() {
    long wipeMillis = Duration.ofDays(wipeDays).toMillis();
    if (silentOn >= wipeMillis
        || (silentWall >= wipeMillis && silentOnSinceBoot >= Limits.WIPE_GRACE.toMillis())) {
      return new Verdict.Wipe("no contact for " + wipeDays + " days");
    }
    if (setBack) {
      return new Verdict.Lock("the clock was set back");
    }
    if (Math.max(silentOn, silentWall) >= Duration.ofHours(lockHours).toMillis()) {
      return new Verdict.Lock("no contact for " + lockHours + " hours");
    }
    return new Verdict.Fine();
  }

  /** By the longer of the two counts. */
  public synchronized Duration length() {
    return Duration.ofMillis(Math.max(silentOn, silentWall));
  }

  public DurableFile file() {
    return file;
  }

  private void write() throws IOException {
    ObjectNode json = Json.object();
    json.put("lockHours", lockHours);
    json.put("wipeDays", wipeDays);
    json.put("boot", uptime.boot());
    json.put("contactWall", contactWall);
    json.put("seenWall", seenWall);
    json.put("seenUptime", seenUptime);
    json.put("silentOn", silentOn);
    json.put("silentOnSinceBoot", silentOnSinceBoot);
    json.put("silentWall", silentWall);
    file.write(Json.write(json));
  }
}
