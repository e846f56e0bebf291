package tongguan.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What one run came to: answers a second, latencies in milliseconds, answers that were not right.
 */
record Rate(double perSecond, double p50, double p95, double p99, long errors) {

  /** The run in the middle by rate. */
  static Rate median(List<Rate> rates) {
    return rates.stream()
        .sorted(Comparator.comparing(Rate::perSecond))
        .toList()
        .get(rates.size() / 2);
  }

  String row(String name) {
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %.1f | %.1f | %.1f | %d |",
        name,
        perSecond,
        p50,
        p95,
        p99,
        errors);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%,.0f/s p50 %.1f p95 %.1f p99 %.1f ms", perSecond, p50, p95, p99);
  }
}
