package tongguan.clearance;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongguan.record.Channel;

/** Standings for tests, named by what is true of them. */
final class AStanding {
  /** What can be true of a declaration besides its course, phase and channel. */
  enum Fact {
    DOCUMENTS_OPEN,
    ASSIGNED,
    EXAMINED,
    REEXAMINED,
    VALUED,
    DUTY_ASSESSED,
    DUTY_SETTLED,
    HELD,
    CORRECTING,
    APPEALING,
    REOPENED,
    HOLD_COMING,
    PENDING,
    TOLD_LATER,
    FLAGGED
  }

  private AStanding() {}

  static Standing at(Course course, Phase phase, @Nullable Channel channel, Fact... facts) {
    Set<Fact> all = EnumSet.noneOf(Fact.class);
    all.addAll(java.util.List.of(facts));
    return of(course, phase, channel, all);
  }

  static Standing of(Course course, Phase phase, @Nullable Channel channel, Set<Fact> facts) {
    return new Standing(
        course,
        false,
        null,
        phase,
        channel,
        facts.contains(Fact.DOCUMENTS_OPEN),
        facts.contains(Fact.ASSIGNED),
        facts.contains(Fact.EXAMINED),
        facts.contains(Fact.REEXAMINED),
        facts.contains(Fact.VALUED),
        facts.contains(Fact.DUTY_ASSESSED),
        facts.contains(Fact.DUTY_SETTLED),
        facts.contains(Fact.HELD),
        facts.contains(Fact.CORRECTING),
        facts.contains(Fact.APPEALING),
        facts.contains(Fact.REOPENED),
        facts.contains(Fact.HOLD_COMING),
        facts.contains(Fact.PENDING),
        facts.contains(Fact.TOLD_LATER),
        facts.contains(Fact.FLAGGED));
  }
}
