package tongguan.clearance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tongguan.Platform;
import tongguan.access.Sight;
import tongguan.base.database.Database;
import tongguan.base.database.TestDatabase;
import tongguan.record.Channel;
import tongguan.record.Fact;
import tongguan.record.Record;
import tongguan.record.StepKind;
import tongguan.record.Told;
import tongguan.record.key.DeclarationNumber;

/**
 * Whatever messages come in whatever order: after each of them a release is possible where, by what
 * has been told until then, nothing is open, and nowhere else. What is open is worked out here from
 * the set of what was told, without the database.
 */
class ReleaseOrderTest {
  private static final int STORIES = 30;
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final List<StepKind> KINDS =
      List.of(
          StepKind.ACCEPTED,
          StepKind.CHANNEL,
          StepKind.CHANNEL,
          StepKind.DOCUMENTS_ASKED,
          StepKind.DOCUMENTS_REVIEWED,
          StepKind.EXAMINATION_ASSIGNED,
          StepKind.EXAMINED,
          StepKind.EXAMINED,
          StepKind.VALUED,
          StepKind.DUTY_ASSESSED,
          StepKind.DUTY_PAID,
          StepKind.GUARANTEED,
          StepKind.CORRECTION_ASKED,
          StepKind.CORRECTED,
          StepKind.HOLD,
          StepKind.HOLD_LIFTED,
          StepKind.RELEASED,
          StepKind.RELEASE_CANCELLED,
          StepKind.APPEALED,
          StepKind.APPEAL_GRANTED);

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final Record record = new Record();
  private int serial;

  /** One thing told; an examination where it has a result, else a step. */
  private record Event(
      StepKind kind,
      Instant at,
      String reference,
      @Nullable Channel channel,
      Fact.Examination.@Nullable Result result) {

    Fact fact(DeclarationNumber number) {
      Told told = new Told(at, 30, 1, UUID.randomUUID(), "core-sea");
      return result == null
          ? new Fact.Step(told, number, kind, reference, channel, null, null, null, null, List.of())
          : new Fact.Examination(
              told,
              "EX-" + number.value().strip() + "-" + reference,
              number,
              List.of(),
              Fact.Examination.Method.M,
              result,
              false,
              null,
              null,
              List.of(),
              null);
    }
  }

  /** Told of one declaration: a plain way to its release, with whatever came aside. */
  private List<Event> story() {
    List<Event> story = new ArrayList<>();
    List<Integer> seconds = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      seconds.add(i);
    }
    Collections.shuffle(seconds, random);
    if (random.nextInt(4) > 0) {
      // Else nearly no story would come to a release at all.
      int at = 200;
      for (StepKind kind :
          List.of(
              StepKind.ACCEPTED,
              StepKind.CHANNEL,
              StepKind.EXAMINATION_ASSIGNED,
              StepKind.EXAMINED,
              StepKind.VALUED,
              StepKind.DUTY_ASSESSED,
              StepKind.DUTY_PAID)) {
        story.add(event(kind, at++));
      }
      story.removeIf(one -> random.nextInt(20) == 0);
    }
    int aside = random.nextInt(7);
    for (int i = 0; i < aside; i++) {
      story.add(
          random.nextInt(6) == 0
              ? examination(seconds.removeLast() + random.nextInt(2) * 300)
              : event(
                  KINDS.get(random.nextInt(KINDS.size())),
                  seconds.removeLast() + random.nextInt(2) * 300));
    }
    return story;
  }

  private Event event(StepKind kind, int second) {
    Channel channel =
        kind == StepKind.CHANNEL
            ? List.of(Channel.C1, Channel.C2, Channel.C3M, Channel.C3X).get(random.nextInt(4))
            : null;
    boolean isHold = kind == StepKind.HOLD || kind == StepKind.HOLD_LIFTED;
    String reference = isHold ? "H" + random.nextInt(2) : "R" + second;
    return new Event(kind, START.plusSeconds(second), reference, channel, null);
  }

  private Event examination(int second) {
    Fact.Examination.Result result =
        List.of(
                Fact.Examination.Result.ASSIGNED,
                Fact.Examination.Result.CONFORM,
                Fact.Examination.Result.MORE)
            .get(random.nextInt(3));
    return new Event(
        StepKind.EXAMINED, START.plusSeconds(second), String.valueOf(second), null, result);
  }

  @Test
  void aReleaseIsPossibleWhereNothingIsOpenAndNowhereElseWhateverTheOrder() {
    System.out.println("seed " + seed);
    int possible = 0;
    try (Database database = new Database(TestDatabase.fresh(Platform.ROOMS), 2)) {
      for (int i = 0; i < STORIES; i++) {
        List<Event> story = story();
        Standing first = told(database, story);
        Collections.shuffle(story, random);
        Standing second = told(database, story);

        assertThat(second).as("seed %d, %s", seed, story).isEqualTo(first);
        possible += Course.bars(Act.RELEASE, second).isEmpty() ? 1 : 0;
      }
    }
    assertThat(possible).as("seed %d: both outcomes were seen", seed).isBetween(1, STORIES - 1);
  }

  /** Tells it, one by one in this order, and looks after each. */
  private Standing told(Database database, List<Event> story) {
    DeclarationNumber number =
        DeclarationNumber.parse("AA  99%08d".formatted(++serial)).orElseThrow();
    List<Event> soFar = new ArrayList<>();
    Optional<Standing> now = Optional.empty();
    for (Event event : story.isEmpty() ? List.of(event(StepKind.ACCEPTED, 0)) : story) {
      soFar.add(event);
      now =
          database.inTransaction(tx -> {
            record.apply(tx, List.of(event.fact(number)));
            return new ClearanceStore(tx).standing(number, Sight.ALL);
          });
      assertThat(Course.bars(Act.RELEASE, now.orElseThrow()).isEmpty())
          .as("seed %d, %s told as %s: %s", seed, number, soFar, now)
          .isEqualTo(isNothingOpen(soFar));
    }
    return now.orElseThrow();
  }

  private static boolean isNothingOpen(List<Event> told) {
    Instant documents = latest(told, StepKind.DOCUMENTS_REVIEWED);
    Instant examined = latest(told, StepKind.EXAMINED);
    Instant assessed = latest(told, StepKind.DUTY_ASSESSED);
    Instant paid = later(latest(told, StepKind.DUTY_PAID), latest(told, StepKind.GUARANTEED));
    Instant released = latest(told, StepKind.RELEASED);
    Optional<Event> channel = newest(told, one -> one.kind() == StepKind.CHANNEL);
    Optional<Event> result = newest(told, one -> one.result() != null);
    Instant assigned =
        later(
            latest(told, StepKind.EXAMINATION_ASSIGNED),
            newest(told, one -> one.result() == Fact.Examination.Result.ASSIGNED)
                .map(Event::at)
                .orElse(Instant.MIN));
    boolean documentsOpen = latest(told, StepKind.DOCUMENTS_ASKED).isAfter(documents);
    boolean examinationOpen =
        assigned.isAfter(examined)
            || result.filter(one -> one.result() == Fact.Examination.Result.MORE).isPresent();
    boolean channelOpen =
        switch (channel.map(Event::channel).orElse(null)) {
          case null -> true;
          case C1 -> false;
          case C2 -> documents.equals(Instant.MIN);
          case C3, C3M, C3X -> examined.equals(Instant.MIN);
        };
    boolean dutyOpen =
        assessed.equals(Instant.MIN)
            || paid.isBefore(assessed)
            || latest(told, StepKind.VALUED).isAfter(assessed)
            || !assessed.isAfter(latest(told, StepKind.APPEAL_GRANTED));
    boolean held =
        told.stream()
            .anyMatch(hold ->
                hold.kind() == StepKind.HOLD
                    && told.stream()
                        .noneMatch(lift ->
                            lift.kind() == StepKind.HOLD_LIFTED
                                && lift.reference().equals(hold.reference())
                                && !lift.at().isBefore(hold.at())));
    boolean correcting =
        latest(told, StepKind.CORRECTION_ASKED).isAfter(latest(told, StepKind.CORRECTED));
    boolean gone =
        released.isAfter(Instant.MIN)
            && !latest(told, StepKind.RELEASE_CANCELLED).isAfter(released);
    return !(documentsOpen
        || examinationOpen
        || channelOpen
        || dutyOpen
        || held
        || correcting
        || gone);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant latest(List<Event> told, StepKind kind) {
    return newest(told, one -> one.kind() == kind && one.result() == null)
        .map(Event::at)
        .orElse(Instant.MIN);
  }

  private static Optional<Event> newest(List<Event> told, Predicate<Event> which) {
    return told.stream().filter(which).max(java.util.Comparator.comparing(Event::at));
  }
}
