package tongguan.simulator.trade;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded chance. Each voyage has dice of its own, so that no voyage depends on how another one
 * fell.
 */
public final class Dice {
  private final SplittableRandom random;

  /**
   * @param sort keeps the dice of ships apart from those of flights with the same index
   */
  public Dice(long seed, String sort, long index) {
    this.random =
        new SplittableRandom(
            (seed * 0x9E3779B97F4A7C15L + sort.hashCode()) * 0xBF58476D1CE4E5B9L
                + index * 0xD1B54A32D192ED03L);
  }

  /** From {@code least} to {@code most}, both included. */
  public int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Small numbers often, large ones seldom: the size of many things in trade. */
  public int skewed(int least, int most) {
    double x = random.nextDouble();
    return least + (int) ((most - least + 1) * x * x * x);
  }

  /** So many decimal digits. */
  public String digits(int length) {
    char[] digits = new char[length];
    for (int i = 0; i < length; i++) {
      digits[i] = (char) ('0' + random.nextInt(10));
    }
    return new String(digits);
  }
}
