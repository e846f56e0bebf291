package tongguan.core;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.SqlFailure;
import tongguan.identity.Session;
import tongguan.identity.Sessions;

/**
 * Officers' own sign-ins at core systems. A system's token is in this node's memory only, sealed
 * under a key that the session's cookie gives, and gone with the session, at the token's end, or
 * when the process ends; the password is not kept at all. Each session has its own, so that two
 * officers on one device, or one officer in two browsers, share nothing.
 */
public final class CoreSessions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CoreSessions.class);
  private static final int SWEEP_SECONDS = 30;

  private final Sessions sessions;
  private final Clock clock;
  private final Map<Whose, SignIn> signIns = new ConcurrentHashMap<>();
  private final CountDownLatch stop = new CountDownLatch(1);

  CoreSessions(Sessions sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  private record Whose(UUID session, String system) {
    /** What a seal is bound to besides its key. */
    String text() {
      return session + " " + system;
    }
  }

  /**
   * @param answers what was looked up last, sealed like the token, by the question
   */
  private record SignIn(
      String user, Instant since, Instant until, byte[] token, Map<Query, Kept> answers) {}

  private record Kept(byte[] json, Instant asOf) {}

  /** A sign-in as its owner is shown it. */
  public record Shown(String user, Instant since, Instant until) {}

  /** An answer to a look-up, fresh or kept from before. */
  public sealed interface Found {
    record Now(Queried answer) implements Found {}

    /** The system is away; this it said before. */
    record Old(String json, Instant asOf, String why) implements Found {}

    /** This session is not signed in there, or no longer. */
    record SignInFirst() implements Found {}
  }

  /**
   * Shows the officer's name and password at the system and keeps what it gives for the session.
   */
  SignedIn signIn(
      Session session, String sessionToken, CoreSystem system, String user, String password) {
    SignedIn answer = system.signIn(user, password);
    if (answer instanceof SignedIn.In in) {
      Whose whose = new Whose(session.id(), system.name());
      Instant until = in.until().isBefore(session.endsAt()) ? in.until() : session.endsAt();
      makeRoom();
      signIns.put(
          whose,
          new SignIn(
              in.user(),
              clock.instant(),
              until,
              new Seal(sessionToken, whose.text()).close(in.token()),
              new ConcurrentHashMap<>()));
    }
    return answer;
  }

  /** Whether there was one; the system is told where it can be. */
  boolean signOut(Session session, String sessionToken, CoreSystem system) {
    Whose whose = new Whose(session.id(), system.name());
    SignIn gone = signIns.remove(whose);
    if (gone == null) {
      return false;
    }
    new Seal(sessionToken, whose.text()).open(gone.token()).ifPresent(system::signOut);
    return true;
  }

  /** The officer's name at that system, while this session is signed in there on this node. */
  public Optional<String> user(UUID session, String system) {
    return shown(session, system).map(Shown::user);
  }

  Optional<Shown> shown(UUID session, String system) {
    return current(new Whose(session, system))
        .map(one -> new Shown(one.user(), one.since(), one.until()));
  }

  private Optional<SignIn> current(Whose whose) {
    SignIn found = signIns.get(whose);
    if (found == null) {
      return Optional.empty();
    }
    if (!found.until().isAfter(clock.instant())) {
      signIns.remove(whose, found);
      return Optional.empty();
    }
    return Optional.of(found);
  }

  /** Looks something up in the officer's name; what the system said before, where it is away. */
  Found query(Session session, String sessionToken, CoreSystem system, Query query) {
    Whose whose = new Whose(session.id(), system.name());
    Optional<SignIn> signIn = current(whose);
    if (signIn.isEmpty()) {
      return new Found.SignInFirst();
    }
    Seal seal = new Seal(sessionToken, whose.text());
    Optional<String> token = seal.open(signIn.get().token());
    if (token.isEmpty()) {
      signIns.remove(whose, signIn.get());
      return new Found.SignInFirst();
    }
    Map<Query, Kept> answers = signIn.get().answers();
    Queried answer = system.query(token.get(), query);
    return switch (answer) {
      case Queried.Found found -> {
        keep(answers, query, seal, found);
        yield new Found.Now(answer);
      }
      case Queried.Away away -> old(answers, query, seal, away);
      case Queried.Nothing _, Queried.Refused _ -> {
        answers.remove(query);
        yield new Found.Now(answer);
      }
    };
  }

  private static void keep(Map<Query, Kept> answers, Query query, Seal seal, Queried.Found found) {
    if (found.json().length() > Limits.CORE_ANSWER_KEPT_CHARACTERS) {
      answers.remove(query);
      return;
    }
    while (!answers.containsKey(query) && answers.size() >= Limits.CORE_ANSWERS_KEPT) {
      answers.entrySet().stream()
          .min(Comparator.comparing(one -> one.getValue().asOf()))
          .ifPresent(eldest -> answers.remove(eldest.getKey()));
    }
    answers.put(query, new Kept(seal.close(found.json()), found.asOf()));
  }

  private static Found old(Map<Query, Kept> answers, Query query, Seal seal, Queried.Away away) {
    Kept kept = answers.get(query);
    Optional<String> json = kept == null ? Optional.empty() : seal.open(kept.json());
    return json.isPresent() && kept != null
        ? new Found.Old(json.get(), kept.asOf(), away.why())
        : new Found.Now(away);
  }

  /** The session goes on under a new token: what is sealed is sealed anew. */
  public void renewed(UUID session, String oldToken, String newToken) {
    for (Map.Entry<Whose, SignIn> one : List.copyOf(signIns.entrySet())) {
      if (one.getKey().session().equals(session)) {
        SignIn before = one.getValue();
        String about = one.getKey().text();
        new Seal(oldToken, about)
            .open(before.token())
            .ifPresentOrElse(
                token ->
                    signIns.replace(
                        one.getKey(),
                        before,
                        new SignIn(
                            before.user(),
                            before.since(),
                            before.until(),
                            new Seal(newToken, about).close(token),
                            new ConcurrentHashMap<>())),
                () -> signIns.remove(one.getKey(), before));
      }
    }
  }

  /** The session has ended here. */
  public void ended(UUID session) {
    signIns.keySet().removeIf(whose -> whose.session().equals(session));
  }

  /** Bounded: the one that has been there longest gives way. */
  private void makeRoom() {
    while (signIns.size() >= Limits.CORE_SIGN_INS) {
      signIns.entrySet().stream()
          .min(Comparator.comparing(one -> one.getValue().since()))
          .ifPresent(eldest -> signIns.remove(eldest.getKey()));
    }
  }

  /** From here on what belongs to ended sessions is forgotten, wherever they ended. */
  void start() {
    Thread.ofVirtual().name("core sign-ins").start(this::work);
  }

  private void work() {
    try {
      while (!stop.await(SWEEP_SECONDS, TimeUnit.SECONDS)) {
        try {
          sweep();
        } catch (Problem | SqlFailure databaseAway) {
          LOG.warn("sign-ins of ended sessions have to wait", databaseAway);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  void sweep() {
    List<UUID> held = signIns.keySet().stream().map(Whose::session).distinct().toList();
    Set<UUID> live = held.isEmpty() ? Set.of() : sessions.live(held);
    signIns
        .keySet()
        .removeIf(whose -> held.contains(whose.session()) && !live.contains(whose.session()));
    Instant now = clock.instant();
    signIns.values().removeIf(one -> !one.until().isAfter(now));
  }

  int held() {
    return signIns.size();
  }

  /** Systems by name that this session is signed in at. */
  Map<String, Shown> of(UUID session) {
    Map<String, Shown> mine = new LinkedHashMap<>();
    for (Whose whose : new ArrayList<>(signIns.keySet())) {
      if (whose.session().equals(session)) {
        shown(session, whose.system()).ifPresent(one -> mine.put(whose.system(), one));
      }
    }
    return mine;
  }

  @Override
  public void close() {
    stop.countDown();
    signIns.clear();
  }
}
