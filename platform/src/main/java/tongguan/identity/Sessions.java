package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Limits;
import tongguan.base.database.Database;
import tongguan.base.database.SharedRead;

/**
 * Sessions, kept in the database and nowhere else, so that what is ended or locked is so on every
 * node with the next request.
 */
public final class Sessions {
  private final Database database;
  private final Audit audit;

  private final SharedRead<byte[], Optional<Session>> reads;

  Sessions(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
    this.reads =
        new SharedRead<>(
            database,
            Limits.SESSION_LANES,
            Limits.SESSIONS_TOGETHER,
            (connection, tokens) -> new SessionStore(connection).read(tokens));
  }

  /** What a token stands for, shown from there, at this moment. */
  public Session.Shown read(String token, Place place) {
    Optional<Session> found = reads.read(Secret.digest(token));
    if (found.isEmpty()) {
      return new Session.Shown.Invalid("no-such-session", Optional.empty());
    }
    Session session = found.get();
    if (!session.isAt(place)) {
      return new Session.Shown.Invalid("moved", Optional.of(session.id()));
    }
    return new Session.Shown.Valid(session);
  }

  /** Notes that the officer did something; at most once a second. */
  public void touch(Session session) {
    if (session.stale()) {
      database.query(connection -> {
        new SessionStore(connection).touch(session.id());
        return true;
      });
    }
  }

  /**
   * Locks, by wish or because it has been idle; once locked it stays so whatever the clock does.
   */
  public void lock(Session session, String why, String correlation) {
    database.inTransaction(tx -> {
      if (new SessionStore(tx).lock(session.id())) {
        audit.write(
            tx,
            Entry.done("session.lock", Verification.actor(session), "", correlation)
                .with(Map.of("why", why)));
      }
      return true;
    });
  }

  /**
   * The device has locked itself; the sessions on it lock with it, and open with their officers.
   */
  public void lockOn(UUID device, String correlation) {
    database.inTransaction(tx -> {
      for (Actor officer : new SessionStore(tx).lockOn(device.toString())) {
        audit.write(
            tx, Entry.done("session.lock", officer, "", correlation).with(Map.of("why", "device")));
      }
      return true;
    });
  }

  /**
   * Opens it again, or takes it a stage further, under a new token: the old one is worth nothing
   * from then on. Empty where the session has ended meanwhile.
   */
  public Optional<String> renew(
      Session session, Session.Stage stage, String act, String correlation) {
    String token = Secret.random();
    return database.inTransaction(tx -> {
      if (!new SessionStore(tx).renew(session.id(), Secret.digest(token), stage)) {
        return Optional.empty();
      }
      audit.write(tx, Entry.done(act, Verification.actor(session), "", correlation));
      return Optional.of(token);
    });
  }

  public boolean end(Session by, UUID session, String correlation) {
    return database.inTransaction(tx -> {
      boolean ended = new SessionStore(tx).end(session, by.account(), "by-owner");
      if (ended) {
        audit.write(
            tx,
            Entry.done(
                by.id().equals(session) ? "logout" : "session.end",
                Verification.actor(by),
                "session:" + session,
                correlation));
      }
      return ended;
    });
  }

  /** All of the officer's sessions but this one. */
  public int endOthers(Session by, String correlation) {
    return database.inTransaction(tx -> {
      int ended = new SessionStore(tx).endAllBut(by.account(), by.id(), "by-owner");
      audit.write(
          tx,
          Entry.done("session.end-others", Verification.actor(by), "", correlation).found(ended));
      return ended;
    });
  }

  /**
   * A token that was seen where it does not belong: its session ends, because one of the two stole
   * it. In the transaction that writes so.
   */
  public void endStolen(UUID session, Entry refusal) {
    database.inTransaction(tx -> {
      boolean _ = new SessionStore(tx).end(session, "moved") > 0;
      audit.write(tx, refusal);
      return true;
    });
  }

  /** One session, by the platform; 0 where it had ended. */
  public int end(Connection tx, UUID session, String why) throws SQLException {
    return new SessionStore(tx).end(session, why);
  }

  /** Those of them that have not ended. One statement. */
  public Set<UUID> live(Collection<UUID> sessions) {
    return database.query(connection -> new SessionStore(connection).live(sessions));
  }

  /** Those of them in which an officer is at work: neither ended nor locked. One statement. */
  public Set<UUID> open(Collection<UUID> sessions) {
    return database.query(connection -> new SessionStore(connection).open(sessions));
  }

  static int endAll(Connection tx, UUID account, String why) throws SQLException {
    return new SessionStore(tx).endAllBut(account, new UUID(0, 0), why);
  }

  /** All sessions on a device; what it is called there is its id. */
  public int endOn(Connection tx, UUID device, String why) throws SQLException {
    return new SessionStore(tx).endOn(device.toString(), why);
  }

  /**
   * Ends the officers' sessions that these sessions on the private APN carried, in the transaction
   * that learns of their end (threat P7); each is in the audit. Two statements.
   *
   * @param networks ids of APN sessions, as {@link Session} names them
   * @return how many ended
   */
  public int endOfNetwork(Connection tx, List<String> networks, String why) throws SQLException {
    if (networks.isEmpty()) {
      return 0;
    }
    List<UUID> ended = new SessionStore(tx).endOfNetwork(networks, why);
    audit.write(
        tx,
        ended.stream()
            .map(session ->
                Entry.done("session.end", tongguan.audit.Actor.PLATFORM, "session:" + session, "")
                    .with(Map.of("why", why)))
            .toList());
    return ended.size();
  }

  /** The log-in before this one, so that its owner notices what they have not done. */
  public Optional<Session.Before> before(Session session) {
    return database.query(connection -> new SessionStore(connection).before(session.id()));
  }

  public List<SessionStore.Listed> of(Session session) {
    return database.query(connection -> new SessionStore(connection).of(session.account()));
  }
}
