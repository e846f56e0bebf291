package tongguan.identity;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.database.Database;
import tongguan.identity.directory.OidcProvider;
import tongguan.identity.directory.OidcProvider.Answer;
import tongguan.identity.directory.OidcProvider.Attempt;
import tongguan.identity.directory.OidcSettings;

/**
 * Coming in by the agency's sign-on service: there and back. An attempt is good once, for ten
 * minutes, and for the browser that began it, so that nobody is brought in as someone else by a
 * link.
 */
public final class SignOn {
  private final Database database;
  private final Audit audit;
  private final Clock clock;
  private final LogIn logIn;
  private volatile @Nullable OidcProvider provider;

  SignOn(Database database, Audit audit, Clock clock, LogIn logIn) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.logIn = logIn;
  }

  void join(OidcSettings settings) {
    provider = new OidcProvider(settings, clock);
  }

  /** What the button is called; empty where there is no such service. */
  public Optional<String> name() {
    return Optional.ofNullable(provider).map(OidcProvider::name);
  }

  /** How leaving for the service went. */
  public sealed interface Begun {
    /**
     * @param browser for the cookie by which this browser is known when it comes back
     */
    record Go(URI where, String browser) implements Begun {}

    record Away() implements Begun {}

    record SlowDown() implements Begun {}

    /** There is no such service here. */
    record Nowhere() implements Begun {}
  }

  public Begun begin(Place place) {
    OidcProvider asked = provider;
    if (asked == null) {
      return new Begun.Nowhere();
    }
    if (!database.<Boolean>inTransaction(tx -> Guessing.take(tx, source(place)))) {
      return new Begun.SlowDown();
    }
    Attempt attempt = new Attempt(Secret.random(), Secret.random(), Secret.random());
    if (!(asked.begin(attempt) instanceof Answer.Go go)) {
      return new Begun.Away();
    }
    String browser = Secret.random();
    return database.inTransaction(tx -> {
      new SignOnStore(tx)
          .begin(
              Secret.digest(attempt.state()),
              Secret.digest(browser),
              attempt.nonce(),
              attempt.verifier());
      return new Begun.Go(go.where(), browser);
    });
  }

  private static String source(Place place) {
    return "sign-on " + place.address();
  }

  /**
   * What the browser brings back.
   *
   * @param code empty where the service did not let the officer in
   * @param issuer who sent it back, as it says; null where it does not
   * @param browser of the cookie; empty where there is none
   */
  public record Back(String state, String code, @Nullable String issuer, String browser) {}

  public LogIn.Answer finish(Back back, Place place, String correlation) {
    OidcProvider asked = provider;
    if (asked == null) {
      return new LogIn.Answer.Refused();
    }
    Optional<SignOnStore.Kept> kept =
        database.inTransaction(tx ->
            new SignOnStore(tx).take(Secret.digest(back.state()), Secret.digest(back.browser())));
    if (kept.isEmpty() || !kept.get().good()) {
      return refuse(
          "sign-on-state", "an attempt that is not this browser's or of now", place, correlation);
    }
    if (back.code().isEmpty()) {
      return refuse("sign-on-denied", "the service did not let in", place, correlation);
    }
    Attempt attempt = new Attempt(back.state(), kept.get().nonce(), kept.get().verifier());
    return switch (asked.finish(attempt, back.code(), back.issuer())) {
      case Answer.Is is -> {
        LogIn.Answer answer = logIn.by(new BySignOn(is.subject()), place, correlation);
        if (answer instanceof LogIn.Answer.In) {
          giveBack(place);
        }
        yield answer;
      }
      case Answer.Refused refused -> refuse("sign-on-token", refused.why(), place, correlation);
      case Answer.Away away -> {
        LogIn.Answer said = refuse("sign-on-away", away.why(), place, correlation);
        yield new LogIn.Answer.DirectoryAway();
      }
      case Answer.Go go -> throw new IllegalStateException("there and back again");
    };
  }

  private void giveBack(Place place) {
    database.inTransaction(tx -> {
      Guessing.giveBack(tx, source(place));
      return true;
    });
  }

  private LogIn.Answer refuse(String code, String why, Place place, String correlation) {
    audit.write(
        Entry.refused(
                "login",
                code,
                new Actor("", "", "", place.device(), place.address(), ""),
                correlation)
            .with(Map.of("why", why)));
    return new LogIn.Answer.Refused();
  }
}
