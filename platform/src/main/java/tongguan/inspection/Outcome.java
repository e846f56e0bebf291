package tongguan.inspection;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tongguan.clearance.Bar;

/**
 * What became of one item of a batch that was to be flagged; of several declarations behind one
 * number the most telling comes first.
 */
enum Outcome {
  /** From now on it cannot be released; the core system is being told. */
  FLAGGED,
  ALREADY_FLAGGED,
  ALREADY_RELEASED,
  /** Withdrawn, seized, sent back: nothing can happen to it any more. */
  CLOSED,
  /** Goods are known under this number, and nothing is declared of them, as far as can be seen. */
  UNKNOWN;

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Why not; for an act that nothing bars it is {@link #FLAGGED}. */
  static Outcome of(List<Bar> bars) {
    if (bars.isEmpty()) {
      return FLAGGED;
    }
    if (bars.contains(Bar.FLAGGED_ALREADY)) {
      return ALREADY_FLAGGED;
    }
    return bars.contains(Bar.RELEASED_ALREADY) ? ALREADY_RELEASED : CLOSED;
  }

  static Outcome ofAll(List<Outcome> outcomes) {
    return outcomes.stream().min(Comparator.naturalOrder()).orElse(UNKNOWN);
  }
}
