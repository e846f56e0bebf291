package tongguan.access.source;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Limits;
import tongguan.base.database.Database;
import tongguan.base.database.SharedRead;
import tongguan.identity.DeviceRule;
import tongguan.identity.Session;
import tongguan.identity.Sessions;

/**
 * Source check: what a request shows of itself against what the primary says, in one statement that
 * it shares with other requests of the same moment; and what comes of a refusal.
 */
public final class Sources implements DeviceRule {
  private final Database database;
  private final Audit audit;
  private final Sessions sessions;
  private final MeterRegistry registry;
  private final Counter alarms;
  private final SharedRead<Question, Facts> reads;

  /** Whoever is refused a thousand times at once waits here, and not on all connections. */
  private final Semaphore refusing = new Semaphore(Limits.SOURCE_REFUSALS_AT_ONCE, true);

  public Sources(Database database, Audit audit, Sessions sessions, MeterRegistry registry) {
    this.database = database;
    this.audit = audit;
    this.sessions = sessions;
    this.registry = registry;
    this.alarms = Counter.builder("source_alarms").register(registry);
    this.reads =
        new SharedRead<>(
            database,
            Limits.SESSION_LANES,
            Limits.SESSIONS_TOGETHER,
            (connection, asked) -> new SourceStore(connection).read(asked));
  }

  /** What holds at this moment. */
  public Facts read(Question asked) {
    return reads.read(asked);
  }

  @Override
  public boolean admits(Connection tx, String device, String unit) throws SQLException {
    return new SourceStore(tx).admits(UUID.fromString(device), unit);
  }

  /**
   * Writes a refusal down; with it ends the session that was shown, counts it for its address and
   * its device, and raises the alarm where they were refused repeatedly or where things do not
   * belong together. One transaction.
   */
  public void refuse(Reason reason, Facts facts, Entry entry) {
    Counter.builder("source_refusals").tag("reason", reason.code()).register(registry).increment();
    refusing.acquireUninterruptibly();
    try {
      boolean alarmed = database.inTransaction(tx -> write(tx, reason, facts, entry));
      if (alarmed) {
        alarms.increment();
      }
    } finally {
      refusing.release();
    }
  }

  private boolean write(Connection tx, Reason reason, Facts facts, Entry entry)
      throws SQLException {
    SourceStore store = new SourceStore(tx);
    int window = (int) Limits.SOURCE_REFUSALS_WINDOW.toSeconds();
    String address = entry.actor().address();
    int atAddress = store.count("address " + address, window);
    int onDevice =
        facts.deviceId().isPresent() ? store.count("device " + facts.deviceId().get(), window) : 0;
    boolean grave =
        reason.alarmsAtOnce() && store.count(reason.code() + ' ' + address, window) == 1;
    if (atAddress == 1) {
      store.forgetSome(window);
    }
    Session session = facts.session();
    if (session != null) {
      sessions.end(tx, session.id(), reason.ofSession() ? "moved" : "source");
    }
    audit.write(tx, entry);
    boolean alarm =
        grave || atAddress == Limits.SOURCE_REFUSALS || onDevice == Limits.SOURCE_REFUSALS;
    if (alarm) {
      audit.write(tx, alarm(reason, facts.deviceId(), entry, Math.max(atAddress, onDevice)));
    }
    return alarm;
  }

  private static Entry alarm(Reason reason, Optional<UUID> device, Entry entry, int count) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("why", reason.code());
    details.put("refusals", count);
    details.put("address", entry.actor().address());
    return Entry.done(
            "source.alarm",
            entry.actor(),
            device.map(id -> "device:" + id).orElse(""),
            entry.correlation())
        .with(details);
  }
}
