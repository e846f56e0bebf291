package tongguan.access.operation;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tongguan.base.Problem.Texts;

/**
 * What a change would come to, as the server says it and the officer sees it.
 *
 * @param lines what is shown, in order
 * @param state everything that the decision rests on, versions of the records included: when it is
 *     another one at the end, the confirmation does not hold
 * @param record on which record, for the audit, as {@code kind:key}
 * @param concerns the account that it is about; its owner is never the second person
 */
public record Draft(
    Texts title, List<Line> lines, String state, String record, Optional<UUID> concerns) {

  public Draft {
    lines = List.copyOf(lines);
  }

  /** One thing that is shown. */
  public record Line(Texts label, String value) {}
}
