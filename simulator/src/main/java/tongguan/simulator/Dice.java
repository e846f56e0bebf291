package tongguan.simulator;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded chance. Each voyage has dice of its own, so that no voyage depends on how another one
 * fell.
 */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed, long index) {
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index * 0xD1B54A32D192ED03L);
  }

  /** From {@code least} to {@code most}, both included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Small numbers often, large ones seldom: the size of many things in trade. */
  int skewed(int least, int most) {
    double x = random.nextDouble();
    return least + (int) ((most - least + 1) * x * x * x);
  }

  String digits(int length) {
    StringBuilder digits = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }
}
