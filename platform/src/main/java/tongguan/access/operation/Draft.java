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
 * @param report what is shown besides the lines, where that is more than lines can hold
 */
public record Draft(
    Texts title,
    List<Line> lines,
    String state,
    String record,
    Optional<UUID> concerns,
    Optional<Report> report) {

  public Draft {
    lines = List.copyOf(lines);
  }

  public Draft(
      Texts title, List<Line> lines, String state, String record, Optional<UUID> concerns) {
    this(title, lines, state, record, concerns, Optional.empty());
  }

  public Draft with(Report shown) {
    return new Draft(title, lines, state, record, concerns, Optional.of(shown));
  }

  /** What is shown besides the lines. */
  @FunctionalInterface
  public interface Report {
    /** In the reader's language, as a value that JSON can carry. */
    Object in(boolean chinese);
  }

  /** One thing that is shown. */
  public record Line(Texts label, String value) {}
}
