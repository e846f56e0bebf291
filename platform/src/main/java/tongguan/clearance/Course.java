package tongguan.clearance;

import static tongguan.clearance.Phase.ACCEPTED;
import static tongguan.clearance.Phase.DOCUMENTS;
import static tongguan.clearance.Phase.DUTY;
import static tongguan.clearance.Phase.EXAMINATION;
import static tongguan.clearance.Phase.LODGED;
import static tongguan.clearance.Phase.OUT;
import static tongguan.clearance.Phase.READY;
import static tongguan.clearance.Phase.RELEASED;
import static tongguan.clearance.Phase.VALUATION;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongguan.record.Channel;
import tongguan.record.Taxed;

/**
 * The way of a declaration through customs, by its kind: the one place that says which act may come
 * when. Every bar is told, not the first one only, so that the officer sees all that is left to do.
 *
 * <p>Each course is written down as the phases that it goes through; documents (C2) and examination
 * (C3) are passed by where the channel does not ask for them. Goods that go into bond are valued
 * and owe nothing yet; exports and transit are neither valued nor taxed. A phase is left when the
 * core system has told so, never because an act was confirmed here.
 */
public enum Course {
  IMPORT(LODGED, ACCEPTED, DOCUMENTS, EXAMINATION, VALUATION, DUTY, READY, RELEASED, OUT),
  INTO_BOND(LODGED, ACCEPTED, DOCUMENTS, EXAMINATION, VALUATION, READY, RELEASED, OUT),
  EXPORT(LODGED, ACCEPTED, DOCUMENTS, EXAMINATION, READY, RELEASED, OUT),
  TRANSIT(LODGED, ACCEPTED, DOCUMENTS, EXAMINATION, READY, RELEASED, OUT);

  private static final Set<Act> OF_APPEAL =
      Set.of(Act.LODGE_APPEAL, Act.DISMISS_APPEAL, Act.GRANT_APPEAL);

  private final List<Phase> way;
  private final boolean valued;
  private final boolean taxed;

  Course(Phase... way) {
    this.way = List.of(way);
    this.valued = this.way.contains(VALUATION);
    this.taxed = this.way.contains(DUTY);
  }

  /** The course of a declaration of this kind. */
  public static Course of(@Nullable String direction, @Nullable String kind) {
    return switch (Taxed.of(direction, kind)) {
      case VALUED_AND_TAXED -> IMPORT;
      case VALUED_ONLY -> INTO_BOND;
      case NEITHER -> Taxed.isTransit(kind) ? TRANSIT : EXPORT;
    };
  }

  /** The phases that a declaration of this course goes through when nothing goes aside. */
  public List<Phase> way() {
    return way;
  }

  /** For each act what bars it now; acts without a bar may be done. */
  public static Map<Act, List<Bar>> bars(Standing now) {
    Map<Act, List<Bar>> bars = new EnumMap<>(Act.class);
    for (Act act : Act.values()) {
      if (act.isOnOneDeclaration()) {
        bars.put(act, bars(act, now));
      }
    }
    return bars;
  }

  /** What bars this act now; empty where it may be done. */
  public static List<Bar> bars(Act act, Standing now) {
    if (now.phase().isOver() && !isForTheClosed(act, now)) {
      return List.of(Bar.OVER);
    }
    Bars bars = new Bars();
    // What the record says is not what the core system knows, until it has told.
    bars.when(now.pending() && !act.stops(), Bar.PENDING);
    bars.when(now.toldLater() && !act.stops(), Bar.TOLD_LATER);
    switch (act) {
      case ACCEPT -> bars.when(now.phase() != LODGED, Bar.ACCEPTED_ALREADY);
      case REJECT -> {
        bars.when(now.phase() == RELEASED, Bar.RELEASED_ALREADY);
        bars.when(now.channel() != null, Bar.CHANNEL_GIVEN);
      }
      case GIVE_CHANNEL -> {
        inClearance(bars, now);
        bars.when(now.channel() != null, Bar.CHANNEL_GIVEN);
      }
      case RAISE_CHANNEL -> {
        withChannel(bars, now);
        bars.when(rank(now) >= 3, Bar.HIGHEST_CHANNEL);
      }
      case LOWER_CHANNEL -> {
        withChannel(bars, now);
        bars.when(rank(now) == 1, Bar.LOWEST_CHANNEL);
      }
      case ASK_DOCUMENTS -> inClearance(bars, now);
      case REVIEW_DOCUMENTS -> {
        withChannel(bars, now);
        bars.when(
            now.phase() != DOCUMENTS && !now.documentsOpen() && !now.flagged(),
            Bar.NO_DOCUMENTS_WAITED_FOR);
      }
      case ASSIGN_EXAMINATION -> {
        withChannel(bars, now);
        bars.when(now.phase() != EXAMINATION && !now.flagged(), Bar.NO_EXAMINATION_WAITED_FOR);
        bars.when(now.assigned(), Bar.EXAMINATION_ASSIGNED);
      }
      case RECORD_EXAMINATION -> {
        withChannel(bars, now);
        bars.when(!now.assigned() && !now.flagged(), Bar.EXAMINATION_NOT_ASSIGNED);
      }
      case EXAMINE_BY_HAND -> {
        withChannel(bars, now);
        bars.when(now.channel() != Channel.C3X, Bar.NOT_BY_X_RAY);
      }
      case EXAMINE_AGAIN -> {
        withChannel(bars, now);
        bars.when(!now.examined(), Bar.NOT_EXAMINED);
        bars.when(now.assigned(), Bar.EXAMINATION_ASSIGNED);
      }
      case VALUE -> {
        checkedOrReopened(bars, now);
        bars.when(!now.course().valued, Bar.NO_DUTY);
        bars.when(now.dutySettled() && !now.reexamined(), Bar.VALUED_ALREADY);
      }
      case ASSESS_DUTY -> {
        checkedOrReopened(bars, now);
        bars.when(!now.course().taxed, Bar.NO_DUTY);
        bars.when(now.course().taxed && !now.valued(), Bar.NOT_VALUED);
        bars.when(now.dutyAssessed(), Bar.DUTY_ASSESSED);
      }
      case ASK_CORRECTION -> {
        inClearance(bars, now);
        bars.when(now.correcting(), Bar.CORRECTION_OPEN);
      }
      // A hold may come before anything else, and after the release as long as the goods are here.
      case HOLD, SEIZE -> {}
      case LIFT_HOLD -> bars.when(!now.held(), Bar.NOT_HELD);
      case SEND_BACK -> inClearance(bars, now);
      case RELEASE -> release(bars, now);
      case CANCEL_RELEASE -> bars.when(now.phase() != RELEASED, Bar.NOT_RELEASED);
      case LODGE_APPEAL -> {
        bars.when(!now.dutyAssessed() && !wasDecidedAgainst(now), Bar.NOTHING_TO_APPEAL);
        bars.when(now.appealing(), Bar.APPEAL_OPEN);
      }
      case DISMISS_APPEAL, GRANT_APPEAL -> bars.when(!now.appealing(), Bar.NO_APPEAL);
      // Before acceptance, too: what is suspected need not be accepted first.
      case FLAG -> {
        bars.when(now.phase() == RELEASED, Bar.RELEASED_ALREADY);
        bars.when(now.flagged(), Bar.FLAGGED_ALREADY);
      }
      case LIFT_FLAG -> bars.when(!now.flagged(), Bar.NOT_FLAGGED);
    }
    return List.copyOf(bars.found);
  }

  private static void release(Bars bars, Standing now) {
    checked(bars, now);
    bars.when(now.course().valued && !now.valued(), Bar.NOT_VALUED);
    bars.when(now.course().taxed && !now.dutySettled(), Bar.DUTY_OPEN);
    bars.when(now.held(), Bar.HELD);
    bars.when(now.holdComing(), Bar.HOLD_COMING);
    bars.when(now.flagged(), Bar.FLAGGED);
    bars.when(now.correcting(), Bar.CORRECTION_OPEN);
  }

  /** An appeal outlasts the clearance, and so does what it orders to be assessed anew. */
  private static boolean isForTheClosed(Act act, Standing now) {
    return OF_APPEAL.contains(act)
        || now.reopened() && (act == Act.VALUE || act == Act.ASSESS_DUTY);
  }

  private static boolean wasDecidedAgainst(Standing now) {
    return switch (now.phase()) {
      case REJECTED, SEIZED, RETURNED -> true;
      case LODGED,
          ACCEPTED,
          DOCUMENTS,
          EXAMINATION,
          VALUATION,
          DUTY,
          READY,
          RELEASED,
          OUT,
          WITHDRAWN,
          LAPSED ->
          false;
    };
  }

  private static void checkedOrReopened(Bars bars, Standing now) {
    if (!now.reopened()) {
      checked(bars, now);
    }
  }

  private static void inClearance(Bars bars, Standing now) {
    bars.when(now.phase() == LODGED, Bar.NOT_ACCEPTED);
    bars.when(now.phase() == RELEASED, Bar.RELEASED_ALREADY);
  }

  private static void withChannel(Bars bars, Standing now) {
    inClearance(bars, now);
    bars.when(now.phase().isInClearance() && now.channel() == null, Bar.NO_CHANNEL);
  }

  /** Documents and goods have been looked at as far as the channel asks for it. */
  private static void checked(Bars bars, Standing now) {
    withChannel(bars, now);
    bars.when(now.phase() == DOCUMENTS || now.documentsOpen(), Bar.DOCUMENTS_OPEN);
    bars.when(now.phase() == EXAMINATION || now.assigned(), Bar.EXAMINATION_OPEN);
  }

  /** How strict a channel is: 1 no check, 2 documents, 3 goods; 0 for none. */
  static int rank(Standing now) {
    return switch (now.channel()) {
      case null -> 0;
      case C1 -> 1;
      case C2 -> 2;
      case C3, C3M, C3X -> 3;
    };
  }

  private static final class Bars {
    final List<Bar> found = new ArrayList<>();

    void when(boolean barred, Bar bar) {
      if (barred) {
        found.add(bar);
      }
    }
  }
}
