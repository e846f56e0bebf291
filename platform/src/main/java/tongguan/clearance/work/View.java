package tongguan.clearance.work;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an officer wants to see of the open declarations. Each condition reads {@code q}. */
enum View {
  /** What the officer may do now, in the own unit, and nobody else has taken. */
  WAITING(
      """
      starts_with(d.office, q.office) and coalesce(a.officer = q.officer, true)
        and (q.acts and clearance.is_ours(d.next_step, d.waiting_for) or q.approves and d.holds is not null)
        and not exists (
          select from clearance.command c
          where c.declaration = d.number and c.state in ('waiting', 'sending', 'sent', 'unknown', 'parked')
            and c.act not in ('hold', 'seize', 'flag', 'lift-flag'))\
      """),

  /** What was given to the officer, or taken. */
  MINE("a.officer = q.officer"),

  /** Of both, what is to be done soon or should have been. */
  NEAR(
      "(a.officer = q.officer or "
          + WAITING.condition
          + ") and "
          + WorkStore.DUE
          + " <= statement_timestamp() + q.near"),

  /** All that is open in the own unit, whoever has it and whatever it waits for. */
  UNIT("starts_with(d.office, q.office)");

  final String condition;

  View(String condition) {
    this.condition = condition;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<View> of(String code) {
    return Arrays.stream(values()).filter(view -> view.code().equals(code)).findFirst();
  }
}
