package tongguan.access.radius;

import java.net.InetAddress;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session on the private APN while a transaction works on it. */
final class ApnSession {
  final UUID id;
  final String gateway;
  final String number;
  final String imsi;
  final String imeisv;
  final String msisdn;
  final InetAddress address;
  final @Nullable UUID sim;
  final @Nullable UUID device;
  final Instant startedAt;
  final String attributes;

  /** Not in the database yet. */
  final boolean fresh;

  /** Nothing was heard of it for longer than the policy allows. */
  final boolean silent;

  private @Nullable Instant eventAt;
  private @Nullable String endedWhy;
  private boolean superseded;
  private boolean heard;
  private boolean changed;
  private boolean endedNow;
  private long octetsIn;
  private long octetsOut;
  private long seconds;

  /** What is fixed for as long as a session lasts. */
  record Origin(
      UUID id,
      String gateway,
      String number,
      Subscriber subscriber,
      InetAddress address,
      @Nullable UUID sim,
      @Nullable UUID device,
      Instant startedAt,
      String attributes) {}

  /** How far it came. */
  record Standing(
      @Nullable Instant eventAt,
      @Nullable String endedWhy,
      boolean silent,
      long octetsIn,
      long octetsOut,
      long seconds) {}

  private ApnSession(Origin origin, Standing standing, boolean fresh) {
    this.id = origin.id();
    this.gateway = origin.gateway();
    this.number = origin.number();
    this.imsi = origin.subscriber().imsi();
    this.imeisv = origin.subscriber().imeisv();
    this.msisdn = origin.subscriber().msisdn();
    this.address = origin.address();
    this.sim = origin.sim();
    this.device = origin.device();
    this.startedAt = origin.startedAt();
    this.attributes = origin.attributes();
    this.fresh = fresh;
    this.eventAt = standing.eventAt();
    this.endedWhy = standing.endedWhy();
    this.silent = standing.silent();
    this.octetsIn = standing.octetsIn();
    this.octetsOut = standing.octetsOut();
    this.seconds = standing.seconds();
  }

  static ApnSession stored(Origin origin, Standing standing) {
    return new ApnSession(origin, standing, false);
  }

  static ApnSession begun(Origin origin) {
    return new ApnSession(origin, new Standing(null, null, false, 0, 0, 0), true);
  }

  boolean live() {
    return endedWhy == null;
  }

  @Nullable String endedWhy() {
    return endedWhy;
  }

  @Nullable Instant eventAt() {
    return eventAt;
  }

  boolean superseded() {
    return superseded;
  }

  boolean heard() {
    return heard;
  }

  boolean changed() {
    return changed;
  }

  boolean endedNow() {
    return endedNow;
  }

  long octetsIn() {
    return octetsIn;
  }

  long octetsOut() {
    return octetsOut;
  }

  long seconds() {
    return seconds;
  }

  /** Counters only grow, in whatever order reports come. */
  void take(Told told) {
    octetsIn = Math.max(octetsIn, told.octetsIn());
    octetsOut = Math.max(octetsOut, told.octetsOut());
    seconds = Math.max(seconds, told.seconds());
    if (told.dated() && (eventAt == null || told.at().isAfter(eventAt))) {
      eventAt = told.at();
    }
    heard = true;
    changed = true;
  }

  void end(String why) {
    if (endedWhy == null) {
      endedWhy = why;
      endedNow = true;
      changed = true;
    }
  }

  /** Its number belongs to a later one from now on. */
  void supersede() {
    superseded = true;
    changed = true;
  }

  /** By the gateway's own clock; without its word nothing is later than anything. */
  boolean isBefore(Told told) {
    return told.dated() && (eventAt == null || eventAt.isBefore(told.at()));
  }

  boolean isAfter(Told told) {
    return told.dated() && eventAt != null && eventAt.isAfter(told.at());
  }
}
