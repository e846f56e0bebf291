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
import tongguan.base.database.Database;
import tongguan.identity.AccountStore.Door;

/**
 * The way in. In this order: how much was guessed from there, the account, a try, and only then the
 * password. Whatever is wrong, the answer is the same, and not sooner than a floor in time, so that
 * neither tells whether the account exists, is locked, or the password was near.
 */
public final class LogIn {
  private final Database database;
  private final Audit audit;
  private final Ids ids;
  private final Factors factors;
  private final KeyDerivation derivation;

  LogIn(Database database, Audit audit, Ids ids, Factors factors, KeyDerivation derivation) {
    this.database = database;
    this.audit = audit;
    this.ids = ids;
    this.factors = factors;
    this.derivation = derivation;
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
  }

  /** The ways in that this installation offers. */
  public List<String> methods() {
    return List.of("password");
  }

  /** What there is besides the password. */
  public Map<String, Object> secondFactor(UUID account) {
    boolean demanded =
        database.query(connection -> new AccountStore(connection).demandsSecondFactor(account));
    return factors.shown(account, demanded);
  }

  public Answer byPassword(String typedName, String password, Place place, String correlation) {
    long started = System.nanoTime();
    Answer answer = attempt(typedName, password, place, correlation);
    if (!(answer instanceof Answer.In)) {
      waitUntilFloor(started);
    }
    return answer;
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

  private Answer attempt(String typedName, String password, Place place, String correlation) {
    Optional<LoginName> name = LoginName.parse(typedName);
    Attempt attempt = database.inTransaction(tx -> begin(tx, name, typedName, place, correlation));
    return switch (attempt) {
      case Attempt.TooMany tooMany -> new Answer.SlowDown(Guessing.WINDOW_SECONDS);
      case Attempt.Nobody nobody -> {
        boolean never = derivation.matchesNobody(password);
        yield new Answer.Refused();
      }
      case Attempt.NoTryLeft locked -> new Answer.Refused();
      case Attempt.Taken taken -> evaluate(taken, password, place, correlation);
    };
  }

  private sealed interface Attempt {
    record TooMany() implements Attempt {}

    record Nobody() implements Attempt {}

    record NoTryLeft() implements Attempt {}

    record Taken(Door door, Tries.Taken tried) implements Attempt {}
  }

  /** Everything before the password: committed before it is looked at, with its audit entry. */
  private Attempt begin(
      Connection tx, Optional<LoginName> name, String typedName, Place place, String correlation)
      throws SQLException {
    String shown = name.map(LoginName::text).orElseGet(() -> shortened(typedName));
    if (!Guessing.take(tx, "address " + place.address())) {
      audit.write(tx, Entry.refused("login", "slow-down", actor(null, shown, place), correlation));
      return new Attempt.TooMany();
    }
    AccountStore accounts = new AccountStore(tx);
    Optional<Door> door = name.isPresent() ? accounts.door(name.get().text()) : Optional.empty();
    if (door.isEmpty() || door.get().password() == null) {
      audit.write(
          tx,
          Entry.refused(
              "login",
              door.isEmpty() ? "unknown-account" : "no-password",
              actor(door.orElse(null), shown, place),
              correlation));
      return new Attempt.Nobody();
    }
    Door known = door.get();
    Optional<Tries.Taken> taken = Tries.take(tx, known.id(), bucket(accounts, known.id(), place));
    if (taken.isEmpty()) {
      accounts.countRefusal(known.id());
      audit.write(tx, Entry.refused("login", "locked", actor(known, shown, place), correlation));
      return new Attempt.NoTryLeft();
    }
    audit.write(
        tx,
        Entry.done("login.try", actor(known, shown, place), "", correlation)
            .with(Map.of("place", taken.get().place())));
    return new Attempt.Taken(known, taken.get());
  }

  private static String shortened(String typed) {
    return typed.length() > 64 ? typed.substring(0, 64) : typed;
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

  private Answer evaluate(Attempt.Taken taken, String password, Place place, String correlation) {
    Door door = taken.door();
    boolean right = door.password() != null && derivation.matches(password, door.password());
    return database.inTransaction(
        tx -> right ? letIn(tx, taken, place, correlation) : refuse(tx, taken, place, correlation));
  }

  private Answer refuse(Connection tx, Attempt.Taken taken, Place place, String correlation)
      throws SQLException {
    Door door = taken.door();
    Actor actor = actor(door, door.name(), place);
    new AccountStore(tx).countRefusal(door.id());
    audit.write(
        tx,
        Entry.refused("login", "wrong-password", actor, correlation)
            .with(Map.of("evaluated", true, "place", taken.tried().place())));
    if (taken.tried().last()) {
      audit.write(
          tx,
          Entry.done("account.locked", actor, "account:" + door.name(), correlation)
              .with(Map.of("place", taken.tried().place())));
    }
    return new Answer.Refused();
  }

  private Answer letIn(Connection tx, Attempt.Taken taken, Place place, String correlation)
      throws SQLException {
    Door door = taken.door();
    Tries.clear(tx, taken.tried());
    Guessing.giveBack(tx, "address " + place.address());
    List<String> ways = factors.of(door.id());
    Session.Stage stage = stage(tx, door.id(), ways);
    return begin(tx, door, stage, ways, place, "password", correlation);
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
      accounts.cameIn(door.id(), place.address());
    }
    Place known = new Place(place.address(), browser, place.agent(), place.device());
    SessionStore sessions = new SessionStore(tx);
    sessions.begin(
        session, Secret.digest(token), door.id(), stage, place, bucket(accounts, door.id(), known));
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
      accounts.cameIn(session.account(), place.address());
      audit.write(
          tx,
          Entry.done("login", Verification.actor(session), "", correlation)
              .with(Map.of("by", by, "stage", Session.Stage.FULL.code())));
      return Optional.of(token);
    });
  }

  /** A new secret for codes by time; it counts once a code of it is shown. */
  public tongguan.identity.factor.Totp.Setup beginTotp(Session session) {
    return database.inTransaction(tx -> factors.begin(tx, session.account(), session.name()));
  }

  /**
   * The first code: from now on codes are asked for. Gives new recovery codes; empty when wrong.
   */
  public Optional<List<String>> confirmTotp(Session session, String code, String correlation) {
    return database.inTransaction(tx -> {
      if (!factors.confirm(tx, session.account(), code)) {
        audit.write(
            tx, Entry.refused("totp.set", "wrong-code", Verification.actor(session), correlation));
        return Optional.empty();
      }
      audit.write(tx, Entry.done("totp.set", Verification.actor(session), "", correlation));
      return Optional.of(factors.reissue(tx, session.account()));
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
