package tongguan.simulator.port;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.wire.Journal;

/** Boxes come ashore one after another, as the permit allows, and into the yard. */
final class Landing {
  private static final int SECONDS_A_BOX = 75;

  private final Journal journal;
  private final Dice dice;
  private final Call call;
  private final TerminalReports reports;
  private final DischargePermit permits;
  private final LocalDateTime start;
  private int allowedAtFirst = Integer.MAX_VALUE;
  private int landed;

  Landing(Journal journal, Dice dice, Call call, TerminalReports reports) {
    this.journal = journal;
    this.dice = dice;
    this.call = call;
    this.reports = reports;
    this.permits = new DischargePermit(journal, call);
    this.start = call.arrival().plusMinutes(120);
  }

  /** One permit for the ship; for every tenth one for a part of it, and one for the rest later. */
  void permit(List<Lading.Consignment> carried) {
    LocalDateTime first = call.arrival().minusMinutes(dice.between(120, 480));
    if (!dice.chance(0.1)) {
      permits.wholeShip(first);
      return;
    }
    List<String> containers =
        carried.stream().flatMap(any -> any.master().containers().stream()).toList();
    allowedAtFirst = containers.size() * 4 / 5;
    permits.part(first, containers.subList(0, allowedAtFirst));
    permits.part(restAllowed(), containers.subList(allowedAtFirst, containers.size()));
  }

  private LocalDateTime restAllowed() {
    return start.plusHours(5);
  }

  /** Discharges a bill's boxes; empty where one of them stays aboard by mistake. */
  Optional<LocalDateTime> discharge(Bill master) {
    boolean overcarried = dice.chance(0.002);
    LocalDateTime inYard = start;
    for (Box box : master.boxes()) {
      LocalDateTime at = start.plusSeconds((long) landed * SECONDS_A_BOX);
      if (landed >= allowedAtFirst) {
        at = at.plusHours(6);
      }
      landed++;
      if (overcarried) {
        continue;
      }
      reports.note(Move.atTheShip(Move.Kind.DISCHARGE, at, box, call.terminal(), master.master()));
      LocalDateTime in = at.plusMinutes(dice.between(8, 40));
      reports.note(Move.atTheShip(Move.Kind.GATE_IN, in, box, call.terminal(), master.master()));
      inYard = in.isAfter(inYard) ? in : inYard;
    }
    if (overcarried && journal.hasHappened(start.plusDays(2))) {
      journal.remember(
          "container",
          master.containers().getFirst(),
          "艙單有列而未卸下的貨櫃",
          "container on the manifest that was never discharged");
    }
    return overcarried ? Optional.empty() : Optional.of(inYard);
  }
}
