package tongguan.exchange.message;

import java.util.List;
import tongguan.base.Limits;
import tongguan.record.Fact;

/** What came of reading one raw message. */
public sealed interface Reading {

  /**
   * The message tells these facts.
   *
   * @param warnings what of it was left out or read over, at most {@link Limits#MESSAGE_WARNINGS}
   */
  record Facts(List<Fact> facts, List<Rejection> warnings) implements Reading {
    public Facts {
      facts = List.copyOf(facts);
      warnings = List.copyOf(warnings);
    }

    public Facts(List<Fact> facts) {
      this(facts, List.of());
    }
  }

  /** The message cannot be applied; none of it is. */
  record Refused(Rejection reason) implements Reading {}

  static Reading refused(Rejection reason) {
    return new Refused(reason);
  }
}
