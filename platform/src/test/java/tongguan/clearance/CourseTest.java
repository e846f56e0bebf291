package tongguan.clearance;

import static org.assertj.core.api.Assertions.assertThat;
import static tongguan.clearance.AStanding.Fact.APPEALING;
import static tongguan.clearance.AStanding.Fact.ASSIGNED;
import static tongguan.clearance.AStanding.Fact.CORRECTING;
import static tongguan.clearance.AStanding.Fact.DOCUMENTS_OPEN;
import static tongguan.clearance.AStanding.Fact.DUTY_ASSESSED;
import static tongguan.clearance.AStanding.Fact.DUTY_SETTLED;
import static tongguan.clearance.AStanding.Fact.EXAMINED;
import static tongguan.clearance.AStanding.Fact.FLAGGED;
import static tongguan.clearance.AStanding.Fact.HELD;
import static tongguan.clearance.AStanding.Fact.HOLD_COMING;
import static tongguan.clearance.AStanding.Fact.REEXAMINED;
import static tongguan.clearance.AStanding.Fact.REOPENED;
import static tongguan.clearance.AStanding.Fact.TOLD_LATER;
import static tongguan.clearance.AStanding.Fact.VALUED;
import static tongguan.clearance.AStanding.at;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tongguan.record.Channel;

/** Which act may come when, and what is said where it may not. */
class CourseTest {
  private static List<Act> possible(Standing now) {
    return Course.bars(now).entrySet().stream()
        .filter(entry -> entry.getValue().isEmpty())
        .map(java.util.Map.Entry::getKey)
        .toList();
  }

  @Test
  void aLodgedDeclarationIsAcceptedOrRejectedAndNothingMuchElse() {
    assertThat(possible(at(Course.IMPORT, Phase.LODGED, null)))
        .containsExactly(Act.ACCEPT, Act.REJECT, Act.HOLD, Act.SEIZE);
  }

  @Test
  void anAcceptedOneGetsAChannelFirst() {
    Standing accepted = at(Course.IMPORT, Phase.ACCEPTED, null);

    assertThat(possible(accepted))
        .contains(Act.GIVE_CHANNEL)
        .doesNotContain(Act.RELEASE, Act.VALUE);
    assertThat(Course.bars(Act.RELEASE, accepted))
        .containsExactly(Bar.NO_CHANNEL, Bar.NOT_VALUED, Bar.DUTY_OPEN);
  }

  @Test
  void releaseNamesAllThatIsLeftToDo() {
    Standing now =
        at(
            Course.IMPORT,
            Phase.EXAMINATION,
            Channel.C3M,
            DOCUMENTS_OPEN,
            ASSIGNED,
            HELD,
            HOLD_COMING,
            FLAGGED,
            CORRECTING,
            TOLD_LATER);

    assertThat(Course.bars(Act.RELEASE, now))
        .containsExactly(
            Bar.TOLD_LATER,
            Bar.DOCUMENTS_OPEN,
            Bar.EXAMINATION_OPEN,
            Bar.NOT_VALUED,
            Bar.DUTY_OPEN,
            Bar.HELD,
            Bar.HOLD_COMING,
            Bar.FLAGGED,
            Bar.CORRECTION_OPEN);
  }

  @Test
  void goodsIntoBondAndExportsOweNothingAtRelease() {
    Standing valued = at(Course.INTO_BOND, Phase.READY, Channel.C1, VALUED);

    assertThat(Course.bars(Act.RELEASE, valued)).isEmpty();
    assertThat(Course.bars(Act.ASSESS_DUTY, valued)).containsExactly(Bar.NO_DUTY);
    assertThat(Course.bars(Act.RELEASE, at(Course.EXPORT, Phase.READY, Channel.C1))).isEmpty();
    assertThat(Course.of("import", "D8")).isEqualTo(Course.INTO_BOND);
    assertThat(Course.of("import", "D2")).isEqualTo(Course.IMPORT);
    assertThat(Course.of("export", "G5")).isEqualTo(Course.EXPORT);
  }

  @Test
  void anXRayMayBecomeAnExaminationByHandAndNotTheOtherWay() {
    assertThat(possible(at(Course.IMPORT, Phase.EXAMINATION, Channel.C3X)))
        .contains(Act.EXAMINE_BY_HAND);
    assertThat(Course.bars(Act.EXAMINE_BY_HAND, at(Course.IMPORT, Phase.EXAMINATION, Channel.C3M)))
        .containsExactly(Bar.NOT_BY_X_RAY);
  }

  @Test
  void aChannelIsRaisedUpToTheStrictestAndLoweredDownToTheLightest() {
    assertThat(Course.bars(Act.RAISE_CHANNEL, at(Course.IMPORT, Phase.DUTY, Channel.C1))).isEmpty();
    assertThat(Course.bars(Act.RAISE_CHANNEL, at(Course.IMPORT, Phase.EXAMINATION, Channel.C3M)))
        .containsExactly(Bar.HIGHEST_CHANNEL);
    assertThat(Course.bars(Act.LOWER_CHANNEL, at(Course.IMPORT, Phase.DUTY, Channel.C1)))
        .containsExactly(Bar.LOWEST_CHANNEL);
    assertThat(Act.LOWER_CHANNEL.need()).isEqualTo(tongguan.access.Permissions.CLEARANCE_APPROVE);
  }

  @Test
  void whatIsClosedStaysClosedButForAnAppeal() {
    for (Phase over : List.of(Phase.OUT, Phase.REJECTED, Phase.SEIZED, Phase.LAPSED)) {
      assertThat(possible(at(Course.IMPORT, over, Channel.C1, APPEALING)))
          .as(over.code())
          .containsExactly(Act.DISMISS_APPEAL, Act.GRANT_APPEAL);
    }
    assertThat(possible(at(Course.IMPORT, Phase.OUT, Channel.C1, VALUED))).isEmpty();
    assertThat(possible(at(Course.IMPORT, Phase.SEIZED, Channel.C1)))
        .containsExactly(Act.LODGE_APPEAL);
  }

  @Test
  void anAppealIsLodgedOnceAgainstADecisionAndWhatItGrantsIsAssessedAnew() {
    assertThat(Course.bars(Act.LODGE_APPEAL, at(Course.IMPORT, Phase.VALUATION, Channel.C1)))
        .containsExactly(Bar.NOTHING_TO_APPEAL);
    Standing out = at(Course.IMPORT, Phase.OUT, Channel.C1, VALUED, DUTY_ASSESSED, DUTY_SETTLED);
    assertThat(possible(out)).containsExactly(Act.LODGE_APPEAL);
    assertThat(
            Course.bars(
                Act.LODGE_APPEAL,
                at(Course.IMPORT, Phase.OUT, Channel.C1, DUTY_ASSESSED, APPEALING)))
        .containsExactly(Bar.APPEAL_OPEN);

    Standing granted = at(Course.IMPORT, Phase.OUT, Channel.C1, REOPENED);
    assertThat(possible(granted)).containsExactly(Act.VALUE);
    Standing valued = at(Course.IMPORT, Phase.OUT, Channel.C1, REOPENED, VALUED);
    assertThat(possible(valued)).containsExactly(Act.VALUE, Act.ASSESS_DUTY);
  }

  @Test
  void whatWasFoundInAReexaminationIsValuedThoughTheDutyIsPaid() {
    Standing paid =
        at(Course.IMPORT, Phase.READY, Channel.C3M, EXAMINED, VALUED, DUTY_ASSESSED, DUTY_SETTLED);
    assertThat(Course.bars(Act.VALUE, paid)).containsExactly(Bar.VALUED_ALREADY);

    Standing reexamined =
        at(
            Course.IMPORT,
            Phase.READY,
            Channel.C3M,
            EXAMINED,
            REEXAMINED,
            VALUED,
            DUTY_ASSESSED,
            DUTY_SETTLED);
    assertThat(Course.bars(Act.VALUE, reexamined)).isEmpty();
    // Valued anew, the duty of before is no longer the duty.
    Standing valuedAnew = at(Course.IMPORT, Phase.READY, Channel.C3M, EXAMINED, VALUED);
    assertThat(Course.bars(Act.RELEASE, valuedAnew)).containsExactly(Bar.DUTY_OPEN);
    assertThat(Course.bars(Act.ASSESS_DUTY, valuedAnew)).isEmpty();
  }

  @Test
  void documentsMayBeAskedForInAnyChannelAndAreThenReviewed() {
    Standing asked = at(Course.EXPORT, Phase.READY, Channel.C1, DOCUMENTS_OPEN);

    assertThat(Course.bars(Act.RELEASE, asked)).containsExactly(Bar.DOCUMENTS_OPEN);
    assertThat(Course.bars(Act.REVIEW_DOCUMENTS, asked)).isEmpty();
  }

  @Test
  void nothingButAStopIsDoneWhileTheRecordHasNotHeardOfTheActBefore() {
    Standing now = at(Course.IMPORT, Phase.LODGED, null, TOLD_LATER);

    assertThat(possible(now)).containsExactly(Act.HOLD, Act.SEIZE);
    assertThat(Course.bars(Act.ACCEPT, now)).containsExactly(Bar.TOLD_LATER);
  }

  @Test
  void eachCourseIsWrittenDownAsTheWayThatItTakes() {
    assertThat(Course.IMPORT.way()).contains(Phase.VALUATION, Phase.DUTY);
    assertThat(Course.INTO_BOND.way()).contains(Phase.VALUATION).doesNotContain(Phase.DUTY);
    for (Course course : List.of(Course.EXPORT, Course.TRANSIT)) {
      assertThat(course.way()).doesNotContain(Phase.VALUATION, Phase.DUTY);
    }
    for (Course course : Course.values()) {
      assertThat(course.way())
          .startsWith(Phase.LODGED, Phase.ACCEPTED)
          .endsWith(Phase.READY, Phase.RELEASED, Phase.OUT);
    }
    assertThat(Course.of("import", "T1")).isEqualTo(Course.TRANSIT);
  }

  /**
   * Over every standing that there can be: release has no bar only where nothing is open, whatever
   * else is told.
   */
  @Test
  void noStandingLetsGoodsGoWithSomethingOpen() {
    AStanding.Fact[] facts = AStanding.Fact.values();
    List<@Nullable Channel> channels = new ArrayList<>(List.of(Channel.values()));
    channels.add(null);
    int released = 0;
    for (Course course : Course.values()) {
      for (Phase phase : Phase.values()) {
        for (Channel channel : channels) {
          for (int bits = 0; bits < 1 << facts.length; bits++) {
            Standing now = AStanding.of(course, phase, channel, some(facts, bits));
            if (Course.bars(Act.RELEASE, now).isEmpty()) {
              released++;
              assertNothingIsOpen(now);
            }
          }
        }
      }
    }
    assertThat(released).isPositive();
  }

  private static Set<AStanding.Fact> some(AStanding.Fact[] facts, int bits) {
    Set<AStanding.Fact> some = EnumSet.noneOf(AStanding.Fact.class);
    for (int i = 0; i < facts.length; i++) {
      if ((bits >> i & 1) != 0) {
        some.add(facts[i]);
      }
    }
    return some;
  }

  private static void assertNothingIsOpen(Standing now) {
    boolean open =
        now.held()
            || now.holdComing()
            || now.flagged()
            || now.correcting()
            || now.assigned()
            || now.documentsOpen()
            || now.toldLater()
            || now.pending()
            || now.channel() == null
            || !now.phase().isInClearance()
            || now.phase() == Phase.DOCUMENTS
            || now.phase() == Phase.EXAMINATION
            || now.course() == Course.IMPORT && !now.dutySettled()
            || now.course() == Course.INTO_BOND && !now.valued();
    assertThat(open).as("%s", now).isFalse();
  }
}
