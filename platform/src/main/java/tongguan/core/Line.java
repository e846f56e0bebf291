package tongguan.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.Limits;
import tongguan.base.outbound.Breaker;

/**
 * The line to one core system: what is asked over it is bounded in time and number, and a system
 * that does not answer is left to rest. Whatever protocol runs over it only has to say from where
 * on something may have arrived.
 */
public final class Line {
  private static final Logger LOG = LoggerFactory.getLogger(Line.class);

  private final String system;
  private final Duration time;
  private final Semaphore places;
  private final Breaker breaker;
  private final Clock clock;
  private volatile @Nullable Instant lastContact;
  private volatile @Nullable String away;
  private volatile @Nullable String alarm;

  public Line(SystemSettings settings, Clock clock) {
    this.system = settings.name();
    this.time = settings.time();
    this.places = new Semaphore(settings.atOnce(), true);
    this.breaker = new Breaker(Limits.CORE_FAILURES, settings.rest(), System::nanoTime);
    this.clock = clock;
  }

  /** One conversation. */
  @FunctionalInterface
  public interface Call<T> {
    T over(Attempt attempt) throws Exception;
  }

  /** What came of it. */
  public sealed interface Outcome<T> {
    record Answered<T>(T answer) implements Outcome<T> {}

    /**
     * @param mayHaveArrived whether it is uncertain that nothing came of it
     */
    record Unanswered<T>(String why, boolean mayHaveArrived) implements Outcome<T> {}

    /** The answer, or what there is to say instead. */
    default T or(Function<Unanswered<T>, T> otherwise) {
      return switch (this) {
        case Answered<T> answered -> answered.answer();
        case Unanswered<T> none -> otherwise.apply(none);
      };
    }
  }

  /** Nothing was sent, whatever had been prepared. The text is ours and holds nothing of theirs. */
  public static final class NotSent extends Exception {
    private static final long serialVersionUID = 1;

    public NotSent(String why) {
      super(why, null, false, false);
    }
  }

  /** One try, as far as it has come. */
  public final class Attempt {
    private final long deadline = System.nanoTime() + time.toNanos();
    private volatile boolean mayHaveArrived;
    private @Nullable AutoCloseable toCut;
    private boolean givenUp;

    /** From here on what is sent may have arrived. */
    public void arriving() {
      mayHaveArrived = true;
    }

    /** Never zero, which would mean forever to some. */
    public Duration left() {
      return Duration.ofNanos(
          Math.max(TimeUnit.MILLISECONDS.toNanos(1), deadline - System.nanoTime()));
    }

    /** What is to be cut so that the conversation ends at once when its time is up. */
    public void cutting(AutoCloseable wire) {
      synchronized (this) {
        if (!givenUp) {
          toCut = wire;
          return;
        }
      }
      cut(wire);
    }

    private void giveUp() {
      AutoCloseable wire;
      synchronized (this) {
        givenUp = true;
        wire = toCut;
      }
      if (wire != null) {
        cut(wire);
      }
    }

    private static void cut(AutoCloseable wire) {
      try {
        wire.close();
      } catch (Exception closing) {
        LOG.debug("closing the line", closing);
      }
    }
  }

  /** An order handed in: uncertain is what may have arrived and was not answered. */
  public Submitted submit(Call<Submitted> call) {
    return call(call)
        .or(none ->
            none.mayHaveArrived()
                ? new Submitted.Unknown(none.why())
                : new Submitted.Away(none.why()));
  }

  public SignedIn signIn(Call<SignedIn> call) {
    return call(call).or(none -> new SignedIn.Away(none.why()));
  }

  public Queried query(Call<Queried> call) {
    return call(call).or(none -> new Queried.Away(none.why()));
  }

  public Asked ask(Call<Asked> call) {
    return call(call).or(none -> new Asked.Away(none.why()));
  }

  public Events events(Call<Events> call) {
    return call(call).or(none -> new Events.Away(none.why()));
  }

  /** Has the conversation, or says why not; never longer than the settings allow. */
  public <T> Outcome<T> call(Call<T> call) {
    if (!breaker.lets()) {
      return new Outcome.Unanswered<>("left to rest: " + away, false);
    }
    Attempt attempt = new Attempt();
    Outcome<T> outcome = inPlace(attempt, call);
    switch (outcome) {
      case Outcome.Answered<T> _ -> {
        breaker.answered();
        lastContact = clock.instant();
        away = null;
      }
      case Outcome.Unanswered<T> none -> {
        away = none.why();
        breaker.failed();
        LOG.atWarn()
            .addKeyValue("system", system)
            .addKeyValue("why", none.why())
            .log("a core system gave no answer");
      }
    }
    return outcome;
  }

  private <T> Outcome<T> inPlace(Attempt attempt, Call<T> call) {
    try {
      if (!places.tryAcquire(attempt.left().toMillis(), TimeUnit.MILLISECONDS)) {
        return new Outcome.Unanswered<>("too many at once", false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Unanswered<>("stopping", false);
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    // A thread of its own, because a peer that says a byte now and then outlasts the limits of
    // single steps. It keeps its place until it has really ended.
    Thread.ofVirtual().name("core " + system).start(() -> converse(attempt, call, answer));
    return await(attempt, answer);
  }

  private <T> void converse(Attempt attempt, Call<T> call, CompletableFuture<T> answer) {
    try {
      answer.complete(call.over(attempt));
    } catch (Exception failed) {
      answer.completeExceptionally(failed);
    } finally {
      places.release();
    }
  }

  private <T> Outcome<T> await(Attempt attempt, CompletableFuture<T> answer) {
    try {
      return new Outcome.Answered<>(
          answer.get(attempt.left().toMillis() + 1, TimeUnit.MILLISECONDS));
    } catch (TimeoutException late) {
      attempt.giveUp();
      return new Outcome.Unanswered<>("too slow", attempt.mayHaveArrived);
    } catch (InterruptedException e) {
      attempt.giveUp();
      Thread.currentThread().interrupt();
      return new Outcome.Unanswered<>("stopping", attempt.mayHaveArrived);
    } catch (ExecutionException e) {
      return failed(attempt, Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private <T> Outcome<T> failed(Attempt attempt, Throwable cause) {
    return switch (cause) {
      case NotSent notSent -> new Outcome.Unanswered<>(String.valueOf(notSent.getMessage()), false);
      case NotUnderstood garbled -> {
        if (garbled.isAlarm()) {
          raise(String.valueOf(garbled.getMessage()));
        }
        yield new Outcome.Unanswered<>(
            String.valueOf(garbled.getMessage()), attempt.mayHaveArrived);
      }
      // Its text may hold what was sent, so only its kind is told.
      default -> new Outcome.Unanswered<>(cause.getClass().getSimpleName(), attempt.mayHaveArrived);
    };
  }

  /** Something that must never happen, for a person to look into; it stands until a restart. */
  private void raise(String what) {
    alarm = what;
    LOG.atError().addKeyValue("system", system).addKeyValue("what", what).log("core alarm");
  }

  public Health health() {
    return new Health(lastContact, away, breaker.rests(), alarm);
  }
}
