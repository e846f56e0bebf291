package tongguan.exchange.message;

import java.util.List;
import tongguan.record.Fact;

/** What came of reading one raw message. */
public sealed interface Reading {

  /** The message tells these facts. */
  record Facts(List<Fact> facts) implements Reading {
    public Facts {
      facts = List.copyOf(facts);
    }
  }

  /** The message cannot be applied; none of it is. */
  record Refused(Rejection reason) implements Reading {}

  static Reading refused(Rejection reason) {
    return new Refused(reason);
  }
}
