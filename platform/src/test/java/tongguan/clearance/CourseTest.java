package tongguan.clearance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tongguan.record.Channel;

/** Which act may come when, and what is said where it may not. */
class CourseTest {
  private static Standing at(Course course, Phase phase, @Nullable Channel channel) {
    return new Standing(
        course, false, null, phase, channel, false, false, false, false, false, false, false,
        false);
  }

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
        new Standing(
            Course.IMPORT,
            false,
            null,
            Phase.EXAMINATION,
            Channel.C3M,
            true,
            false,
            false,
            false,
            false,
            true,
            true,
            true);

    assertThat(Course.bars(Act.RELEASE, now))
        .containsExactly(
            Bar.EXAMINATION_OPEN,
            Bar.NOT_VALUED,
            Bar.DUTY_OPEN,
            Bar.HELD,
            Bar.FLAGGED,
            Bar.CORRECTION_OPEN);
  }

  @Test
  void goodsIntoBondAndExportsOweNothingAtRelease() {
    Standing valued =
        new Standing(
            Course.INTO_BOND,
            false,
            null,
            Phase.READY,
            Channel.C1,
            false,
            false,
            true,
            false,
            false,
            false,
            false,
            false);

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
  void whatIsClosedStaysClosed() {
    for (Phase over : List.of(Phase.OUT, Phase.REJECTED, Phase.SEIZED, Phase.LAPSED)) {
      assertThat(possible(at(Course.IMPORT, over, Channel.C1))).as(over.code()).isEmpty();
    }
  }

  /**
   * Over every standing that there can be: release has no bar only where nothing is open, whatever
   * else is told.
   */
  @Test
  void noStandingLetsGoodsGoWithSomethingOpen() {
    List<Standing> all = new ArrayList<>();
    List<@Nullable Channel> channels = new ArrayList<>(List.of(Channel.values()));
    channels.add(null);
    for (Course course : Course.values()) {
      for (Phase phase : Phase.values()) {
        for (Channel channel : channels) {
          for (int bits = 0; bits < 1 << 8; bits++) {
            all.add(
                new Standing(
                    course,
                    false,
                    null,
                    phase,
                    channel,
                    (bits & 1) != 0,
                    (bits & 2) != 0,
                    (bits & 4) != 0,
                    (bits & 8) != 0,
                    (bits & 16) != 0,
                    (bits & 32) != 0,
                    (bits & 64) != 0,
                    (bits & 128) != 0));
          }
        }
      }
    }

    List<Standing> released =
        all.stream().filter(now -> Course.bars(Act.RELEASE, now).isEmpty()).toList();

    assertThat(released)
        .isNotEmpty()
        .allSatisfy(now -> {
          assertThat(now.held() || now.correcting() || now.assigned() || now.flagged()).isFalse();
          assertThat(now.channel()).isNotNull();
          assertThat(now.phase().isInClearance()).isTrue();
          assertThat(now.phase()).isNotIn(Phase.DOCUMENTS, Phase.EXAMINATION);
          assertThat(now.course() != Course.IMPORT || now.dutySettled()).isTrue();
        });
  }
}
