package tongguan.simulator.port;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.trade.Party;
import tongguan.simulator.wire.Journal;

/**
 * The line announces a ship: manifest, bay plan, and at times an amendment of the manifest: a bill
 * changed, the whole stated anew, or a bill deleted.
 */
final class Announcement {
  private static final double AMENDED = 0.2;

  private final Journal journal;
  private final Dice dice;
  private final Call call;
  private final Manifest manifest;

  Announcement(Journal journal, Dice dice, Call call) {
    this.journal = journal;
    this.dice = dice;
    this.call = call;
    this.manifest = new Manifest(journal, call);
  }

  /** States what is carried, and keeps the list as the amendments leave it. */
  void make(List<Lading.Consignment> carried, LocalDateTime at) {
    manifest.state("9", at, bills(carried));
    BayPlan.send(
        journal, call, at.plusHours(1), carried.stream().map(Lading.Consignment::master).toList());
    if (carried.size() > 3 && dice.chance(AMENDED)) {
      amend(carried, at.plusHours(3));
    }
  }

  private void amend(List<Lading.Consignment> carried, LocalDateTime at) {
    int which = dice.between(0, carried.size() - 1);
    Lading.Consignment touched = carried.get(which);
    switch (dice.between(1, 3)) {
      case 1 -> {
        Party other = Party.company(dice, touched.master().goods().code());
        Bill heavier = touched.master().heavier(dice.between(10, 400), 2).consignedTo(other);
        carried.set(which, new Lading.Consignment(heavier, touched.houses()));
        manifest.state("4", at, List.of(heavier));
        remember(at, heavier, "艙單更正過的提單", "bill changed on its manifest");
      }
      case 2 -> {
        carried.remove(which);
        manifest.state("5", at, bills(carried));
        remember(at, touched.master(), "新艙單不再列出的提單", "bill gone from the replaced manifest");
      }
      default -> {
        carried.remove(which);
        manifest.state("3", at, bills(List.of(touched)));
        remember(at, touched.master(), "已自艙單刪除的提單", "bill deleted from its manifest");
      }
    }
  }

  private void remember(LocalDateTime at, Bill bill, String zh, String en) {
    if (journal.hasHappened(at)) {
      journal.remember("bill", bill.master(), zh, en);
    }
  }

  private static List<Bill> bills(List<Lading.Consignment> carried) {
    List<Bill> bills = new ArrayList<>();
    carried.forEach(consignment ->
        Stream.concat(Stream.of(consignment.master()), consignment.houses().stream())
            .forEach(bills::add));
    return bills;
  }
}
