package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Ids;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.identity.AccountStore.Door;
import tongguan.identity.passkey.Site;

/**
 * The way in. In this order: how much was guessed from there, the account, whether its unit may use
 * the device, a try, and only then the password. Whatever is wrong, the answer is the same, and not
 * sooner than a floor in time, so that neither tells whether the account exists, is locked, or the
 * password was near.
 */
public final class LogIn {
  /** After how long one who guessed too much may try again. */
  public static final int SLOW_DOWN_SECONDS = Guessing.WINDOW_SECONDS;

  private final Database database;
  private final Audit audit;
  private final Ids ids;
  private final Factors factors;
  private final Passwords passwords;

  /** Until there are devices nobody comes in on one. */
  private volatile DeviceRule devices = (tx, device, unit) -> false;

  LogIn(Database database, Audit audit, Ids ids, Factors factors, Passwords passwords) {
    this.database = database;
    this.audit = audit;
    this.ids = ids;
    this.factors = factors;
    this.passwords = passwords;
  }

  void join(DeviceRule rule) {
    devices = rule;
  }

  /** What a log-in comes to. */
  public sealed interface Answer {
    /**
     * In, perhaps only half way.
     *
     * @param token for the cookie; kept nowhere else
     * @param browser by which this browser is known from now on
     */
    record In(String token, Session.Stage stage, String browser, List<String> factors)
        implements Answer {}

    record Refused() implements Answer {}

    record SlowDown(int retryAfterSeconds) implements Answer {}

    /**
     * Refused, while the agency's directory cannot be reached. Said to whomever is refused then, so
     * that it tells nothing of the account.
     */
    record DirectoryAway() implements Answer {}
  }

  /** The ways in that this installation offers. */
  public List<String> methods() {
    return List.of("password", "passkey");
  }

  public Answer byPassword(String typedName, String password, Place place, String correlation) {
    return by(new ByPassword(passwords, typedName, password), place, correlation);
  }

  public Answer byPasskey(Proof.Passkey proof, Place place, String correlation) {
    return by(new ByPasskey(factors.passkeys(), proof), place, correlation);
  }

  /**
   * With what a browser asks for a passkey of whomever; empty where too many were asked for from
   * there.
   */
  public Optional<Map<String, Object>> passkeyOptions(Place place, Site site) {
    boolean free = database.inTransaction(tx -> Guessing.take(tx, "passkey " + place.address()));
    return free
        ? Optional.of(factors.passkeys().requestOptions(null, null, site))
        : Optional.empty();
  }

  Answer by(Way way, Place place, String correlation) {
    long started = System.nanoTime();
    Answer answer = recorded(way, place, correlation);
    if (answer instanceof Answer.Refused && way.isAway()) {
      answer = new Answer.DirectoryAway();
    }
    if (!(answer instanceof Answer.In)) {
      waitUntilFloor(started);
    }
    return answer;
  }

  /** Who is sent away because too many are signing in is in the log like who is refused. */
  private Answer recorded(Way way, Place place, String correlation) {
    try {
      return attempt(way, place, correlation);
    } catch (Problem problem) {
      if (problem.code().equals(KeyDerivation.OVERLOADED)) {
        audit.write(
            Entry.refused("login", problem.code(), actor(null, way.shown(), place), correlation));
      }
      throw problem;
    }
  }

  private static void waitUntilFloor(long started) {
    long left = Limits.REFUSAL_FLOOR.toNanos() - (System.nanoTime() - started);
    if (left > 0) {
      try {
        Thread.sleep(Duration.ofNanos(left));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Answer attempt(Way way, Place place, String correlation) {
    return switch (database.inTransaction(tx -> begin(tx, way, place, correlation))) {
      case Attempt.TooMany tooMany -> new Answer.SlowDown(Guessing.WINDOW_SECONDS);
      case Attempt.NotLookedAt refused -> lookAtNothing(refused, way);
      case Attempt.Taken taken -> evaluate(taken, way, place, correlation);
    };
  }

  /**
   * The proof is not looked at, and that costs what looking costs, and is written down afterwards
   * like a wrong one: who waits in the line for it, or is sent away because that is full, does not
   * learn which accounts are there and open.
   */
  private Answer lookAtNothing(Attempt.NotLookedAt refused, Way way) {
    way.lookAtNothing();
    return database.inTransaction(tx -> {
      if (refused.account() != null) {
        new AccountStore(tx).countRefusal(refused.account());
      }
      audit.write(tx, refused.entry());
      return new Answer.Refused();
    });
  }

  private sealed interface Attempt {
    record TooMany() implements Attempt {}

    /**
     * Refused whatever the proof is.
     *
     * @param account whose owner is told of it at the next log-in
     */
    record NotLookedAt(@Nullable UUID account, Entry entry) implements Attempt {}

    record Taken(Door door, Tries.Taken tried) implements Attempt {}
  }

  /**
   * Everything before the proof: committed before it is looked at, with the audit entry of the try
   * that was taken.
   */
  private Attempt begin(Connection tx, Way way, Place place, String correlation)
      throws SQLException {
    if (!Guessing.take(tx, "address " + place.address())) {
      audit.write(
          tx, Entry.refused("login", "slow-down", actor(null, way.shown(), place), correlation));
      return new Attempt.TooMany();
    }
    Optional<Door> door = way.door(tx);
    if (door.isEmpty() || !way.leadsTo(door.get())) {
      return new Attempt.NotLookedAt(
          null,
          Entry.refused(
              "login",
              door.isEmpty() ? "unknown-account" : "no-" + way.code(),
              actor(door.orElse(null), way.shown(), place),
              correlation));
    }
    Door known = door.get();
    AccountStore accounts = new AccountStore(tx);
    Actor actor = actor(known, known.name(), place);
    if (!mayUse(tx, place, known)) {
      return new Attempt.NotLookedAt(
          known.id(), Entry.refused("login", "device-of-others", actor, correlation));
    }
    Optional<Tries.Taken> taken = Tries.take(tx, known.id(), bucket(accounts, known.id(), place));
    if (taken.isEmpty()) {
      return new Attempt.NotLookedAt(
          known.id(), Entry.refused("login", "locked", actor, correlation));
    }
    audit.write(
        tx,
        Entry.done("login.try", actor, "", correlation)
            .with(Map.of("by", way.code(), "place", taken.get().place())));
    return new Attempt.Taken(known, taken.get());
  }

  /** The unit of the officer and that of the device, before any try is taken. */
  private boolean mayUse(Connection tx, Place place, Door door) throws SQLException {
    return place.device().isEmpty() || devices.admits(tx, place.device(), door.unit());
  }

  static String bucket(AccountStore accounts, UUID account, Place place) throws SQLException {
    if (!place.device().isEmpty()) {
      return "device " + place.device();
    }
    boolean known =
        !place.browser().isEmpty()
            && accounts.knowsBrowser(account, Secret.digest(place.browser()));
    return known
        ? "browser " + java.util.HexFormat.of().formatHex(Secret.digest(place.browser()), 0, 8)
        : Tries.ELSEWHERE;
  }

  private static Actor actor(@Nullable Door door, String name, Place place) {
    return new Actor(
        door == null ? "" : door.id().toString(),
        name,
        door == null ? "" : door.unit(),
        place.device(),
        place.address(),
        "");
  }

  private Answer evaluate(Attempt.Taken taken, Way way, Place place, String correlation) {
    Verdict verdict = way.look(taken.door());
    List<String> factorsLeft = verdict == Verdict.RIGHT ? factors.of(taken.door().id()) : List.of();
    return database.inTransaction(tx ->
        switch (verdict) {
          case RIGHT -> letIn(tx, taken, way, factorsLeft, place, correlation);
          case WRONG -> refuse(tx, taken, way, place, correlation);
          case NOT_ASKED, NOT_ANSWERED -> unanswered(tx, taken, verdict, place, correlation);
        });
  }

  /** Nobody can tell whether the password is right. The try comes back where none was evaluated. */
  private Answer unanswered(
      Connection tx, Attempt.Taken taken, Verdict verdict, Place place, String correlation)
      throws SQLException {
    boolean evaluated = verdict == Verdict.NOT_ANSWERED;
    if (!evaluated) {
      Guessing.giveBack(tx, "address " + place.address());
      Tries.giveBack(tx, taken.tried());
    }
    Actor actor = actor(taken.door(), taken.door().name(), place);
    audit.write(
        tx,
        Entry.refused("login", "directory-away", actor, correlation)
            .with(Map.of("evaluated", evaluated, "place", taken.tried().place())));
    if (evaluated) {
      new AccountStore(tx).countRefusal(taken.door().id());
      lockedByLast(tx, taken, actor, correlation);
    }
    return new Answer.DirectoryAway();
  }

  private Answer refuse(
      Connection tx, Attempt.Taken taken, Way way, Place place, String correlation)
      throws SQLException {
    Door door = taken.door();
    Actor actor = actor(door, door.name(), place);
    new AccountStore(tx).countRefusal(door.id());
    audit.write(
        tx,
        Entry.refused("login", "wrong-" + way.code(), actor, correlation)
            .with(Map.of("evaluated", true, "place", taken.tried().place())));
    lockedByLast(tx, taken, actor, correlation);
    return new Answer.Refused();
  }

  private void lockedByLast(Connection tx, Attempt.Taken taken, Actor actor, String correlation)
      throws SQLException {
    if (taken.tried().last()) {
      audit.write(
          tx,
          Entry.done("account.locked", actor, "account:" + taken.door().name(), correlation)
              .with(Map.of("place", taken.tried().place())));
    }
  }

  private Answer letIn(
      Connection tx,
      Attempt.Taken taken,
      Way way,
      List<String> factorsLeft,
      Place place,
      String correlation)
      throws SQLException {
    Door door = taken.door();
    if (!mayUse(tx, place, door)) {
      // It was lost, lent or moved while the password was looked at. The try stays taken.
      audit.write(
          tx,
          Entry.refused("login", "device-of-others", actor(door, door.name(), place), correlation));
      return new Answer.Refused();
    }
    // Rows are taken in the order in which begin takes them, or two log-ins could wait for each
    // other for ever.
    Guessing.giveBack(tx, "address " + place.address());
    Tries.clear(tx, taken.tried());
    Session.Stage stage = way.isWhole() ? Session.Stage.FULL : stage(tx, door.id(), factorsLeft);
    return begin(tx, door, stage, factorsLeft, place, way.code(), correlation);
  }

  private static Session.Stage stage(Connection tx, UUID account, List<String> ways)
      throws SQLException {
    if (!ways.isEmpty()) {
      return Session.Stage.SECOND_FACTOR;
    }
    return new AccountStore(tx).demandsSecondFactor(account)
        ? Session.Stage.ENROL
        : Session.Stage.FULL;
  }

  Answer begin(
      Connection tx,
      Door door,
      Session.Stage stage,
      List<String> ways,
      Place place,
      String by,
      String correlation)
      throws SQLException {
    AccountStore accounts = new AccountStore(tx);
    String token = Secret.random();
    UUID session = ids.next();
    String browser = place.browser().isEmpty() ? Secret.random() : place.browser();
    if (stage == Session.Stage.FULL) {
      accounts.keepBrowser(door.id(), Secret.digest(browser));
    }
    Place known = place.in(browser);
    SessionStore sessions = new SessionStore(tx);
    sessions.begin(
        session, Secret.digest(token), door.id(), stage, place, bucket(accounts, door.id(), known));
    if (stage == Session.Stage.FULL) {
      sessions.remember(session, accounts.cameIn(door.id(), place.address()));
    }
    sessions.endSurplus(door.id(), Limits.SESSIONS_OF_ACCOUNT);
    Actor actor = actor(door, door.name(), place);
    audit.write(
        tx,
        Entry.done("login", in(actor, session), "", correlation)
            .with(Map.of("by", by, "stage", stage.code())));
    return new Answer.In(token, stage, browser, ways);
  }

  /**
   * The second factor was right, or has just been set up: the log-in is whole, under a new token.
   * Empty where the session has ended meanwhile.
   */
  public Optional<String> finish(Session session, Place place, String by, String correlation) {
    String token = Secret.random();
    return database.inTransaction(tx -> {
      if (!new SessionStore(tx).renew(session.id(), Secret.digest(token), Session.Stage.FULL)) {
        return Optional.empty();
      }
      AccountStore accounts = new AccountStore(tx);
      if (!place.browser().isEmpty()) {
        accounts.keepBrowser(session.account(), Secret.digest(place.browser()));
      }
      new SessionStore(tx)
          .remember(session.id(), accounts.cameIn(session.account(), place.address()));
      audit.write(
          tx,
          Entry.done("login", Verification.actor(session), "", correlation)
              .with(Map.of("by", by, "stage", Session.Stage.FULL.code())));
      return Optional.of(token);
    });
  }

  private static Actor in(Actor actor, UUID session) {
    return new Actor(
        actor.account(),
        actor.name(),
        actor.unit(),
        actor.device(),
        actor.address(),
        session.toString());
  }
}
