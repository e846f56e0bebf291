package tongguan.simulator.core;

import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** What is to go wrong now: as a test orders it, or by chance. */
final class Faults {
  /** All ways in which a system can let the other side down. */
  enum Kind {
    /** Nobody listens. */
    DOWN,
    /** Answers after half a minute. */
    SLOW,
    /** Takes connections and never says a word. */
    HALF_OPEN,
    /** Breaks off before doing anything. */
    CUT,
    /** Does it, and breaks off instead of saying so. */
    LOST_REPLY,
    /** Does it, and says that it failed. */
    ERROR_AFTER,
    /** Answers with bytes that mean nothing. */
    GARBAGE,
    /** Answers with 50 MB. */
    HUGE,
    /** Answers with what belongs to another key. */
    OTHER_RECORD,
    /** Answers under the right key about another declaration. */
    OTHER_DECLARATION;

    static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  private final double rate;
  private final SplittableRandom random;
  private Optional<Kind> kind = Optional.empty();
  private String on = "";
  private int left;
  private long millis = 30_000;

  Faults(double rate, long seed) {
    this.rate = rate;
    this.random = new SplittableRandom(seed);
  }

  /**
   * @param operation which requests it is for; empty for all
   * @param count how many; 0 for all until further notice
   */
  synchronized void order(Kind wanted, String operation, int count, long slowMillis) {
    kind = Optional.of(wanted);
    on = operation;
    left = count == 0 ? Integer.MAX_VALUE : count;
    millis = slowMillis;
  }

  synchronized void clear() {
    kind = Optional.empty();
  }

  synchronized long millis() {
    return millis;
  }

  /** What is to go wrong with this request. */
  synchronized Optional<Kind> take(String operation) {
    if (kind.isPresent() && (on.isEmpty() || on.equals(operation)) && left > 0) {
      left--;
      return kind;
    }
    if (rate > 0 && random.nextDouble() < rate) {
      Kind[] some = {Kind.CUT, Kind.LOST_REPLY, Kind.ERROR_AFTER};
      return Optional.of(some[random.nextInt(some.length)]);
    }
    return Optional.empty();
  }

  /** Without counting: whether this is ordered at present. */
  synchronized boolean is(Kind asked) {
    return kind.filter(asked::equals).isPresent();
  }
}
