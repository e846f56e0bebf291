package tongguan.clearance;

import static tongguan.clearance.Phase.DOCUMENTS;
import static tongguan.clearance.Phase.EXAMINATION;
import static tongguan.clearance.Phase.LODGED;
import static tongguan.clearance.Phase.RELEASED;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongguan.record.Channel;

/**
 * The way of a declaration through customs, by its kind: the one place that says which act may come
 * when. Every bar is told, not the first one only, so that the officer sees all that is left to do.
 *
 * <p>Import with duty: lodged, accepted, channel, documents (C2) or examination (C3), classified
 * and valued, duty assessed, paid or guaranteed, released. Goods that go into bond are valued and
 * owe nothing yet; exports and transit are neither valued nor taxed.
 */
public enum Course {
  IMPORT(true, true),
  INTO_BOND(true, false),
  EXPORT(false, false),
  TRANSIT(false, false);

  /** Foreign goods into a bonded warehouse, a bonded factory or a free port zone (domain.md). */
  private static final Set<String> INTO_BOND_KINDS = Set.of("D8", "B6", "F1");

  private static final Set<String> TRANSIT_KINDS = Set.of("T1", "T2");

  private final boolean valued;
  private final boolean taxed;

  Course(boolean valued, boolean taxed) {
    this.valued = valued;
    this.taxed = taxed;
  }

  /** The course of a declaration of this kind. */
  public static Course of(@Nullable String direction, @Nullable String kind) {
    if (kind != null && TRANSIT_KINDS.contains(kind)) {
      return TRANSIT;
    }
    if ("export".equals(direction)) {
      return EXPORT;
    }
    return kind != null && INTO_BOND_KINDS.contains(kind) ? INTO_BOND : IMPORT;
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
    if (now.phase().isOver()) {
      return List.of(Bar.OVER);
    }
    Bars bars = new Bars();
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
        bars.when(now.phase() != DOCUMENTS && !now.flagged(), Bar.NO_DOCUMENTS_WAITED_FOR);
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
        checked(bars, now);
        bars.when(!now.course().valued, Bar.NO_DUTY);
        bars.when(now.dutySettled(), Bar.VALUED_ALREADY);
      }
      case ASSESS_DUTY -> {
        checked(bars, now);
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
    bars.when(now.flagged(), Bar.FLAGGED);
    bars.when(now.correcting(), Bar.CORRECTION_OPEN);
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
    bars.when(now.phase() == DOCUMENTS, Bar.DOCUMENTS_OPEN);
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
