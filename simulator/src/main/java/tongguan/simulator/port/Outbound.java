package tongguan.simulator.port;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import tongguan.simulator.customs.Clearance;
import tongguan.simulator.customs.Declaration;
import tongguan.simulator.customs.DeclarationNumbers;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.trade.Goods;
import tongguan.simulator.wire.Journal;

/** What a ship takes: exports through the gate and customs, and boxes in transshipment. */
final class Outbound {
  private static final int MOST_TRANSSHIPPED = 400;
  private static final int SECONDS_A_BOX = 75;

  private final Journal journal;
  private final Dice dice;
  private final Call call;
  private final Yard yard;
  private final Lading lading;
  private final TerminalReports reports;
  private final Clearance clearance;
  private final DeclarationNumbers numbers;
  private final SealedTransfer transfer;
  private int loaded;

  Outbound(
      Journal journal,
      Dice dice,
      Call call,
      Yard yard,
      Lading lading,
      TerminalReports reports,
      Clearance clearance,
      DeclarationNumbers numbers,
      SealedTransfer transfer) {
    this.journal = journal;
    this.dice = dice;
    this.call = call;
    this.yard = yard;
    this.lading = lading;
    this.reports = reports;
    this.clearance = clearance;
    this.numbers = numbers;
    this.transfer = transfer;
  }

  /** Exports so many boxes new to this world, and some that came in with other ships before. */
  void take(int newBoxes) {
    for (int i = 0; i < newBoxes; i++) {
      LocalDateTime in = comesIn();
      Goods goods = Goods.any(dice);
      export(lading.box(goods), goods, in);
    }
    for (int i = 0; i <= newBoxes / 2; i++) {
      yard.takeEmpty(call.port().locode(), call.arrival().minusHours(115))
          .ifPresent(this::exportAgain);
    }
    LocalDateTime by = call.arrival().plusHours(8);
    for (Yard.Parked parked : yard.takeTransit(call.port().locode(), by, MOST_TRANSSHIPPED)) {
      transship(parked, by);
    }
  }

  private LocalDateTime comesIn() {
    return call.arrival().minusMinutes(dice.between(1_200, 5_400));
  }

  private void export(Box box, Goods goods, LocalDateTime in) {
    String number = call.line() + '7' + lading.master().substring(5);
    String truck = "KEB-" + dice.digits(4);
    reports.note(new Move(Move.Kind.GATE_IN, in, box, call.terminal(), number, "", truck));
    if (dice.chance(0.06)) {
      return;
    }
    Bill bill = Bill.of(dice, number, goods, List.of(box));
    LocalDateTime lodged = in.plusMinutes(dice.between(10, 600));
    Optional<Clearance.Released> released =
        clearance.run(declaration(bill, kind(), lodged), lodged);
    LocalDateTime at = nextLoading();
    if (released.isPresent() && released.get().at().isBefore(at)) {
      reports.note(Move.atTheShip(Move.Kind.LOAD, at, box, call.terminal(), number));
    }
  }

  /** A box that came in with another ship and was emptied is fetched, stuffed and brought back. */
  private void exportAgain(Yard.Parked empty) {
    LocalDateTime in = comesIn();
    LocalDateTime out = in.minusMinutes(dice.between(400, 1_200));
    Box box = empty.box();
    String truck = "KEB-" + dice.digits(4);
    reports.note(new Move(Move.Kind.GATE_OUT, out, box, empty.terminal(), "", "", truck));
    export(lading.stuffed(box.number(), box.sizeType()), Goods.any(dice), in);
    if (journal.hasHappened(in)) {
      journal.remember(
          "container", box.number(), "進口後再裝出口的貨櫃", "container that came in and goes out again");
    }
  }

  private String kind() {
    int roll = dice.between(1, 100);
    return roll <= 88 ? "G5" : roll <= 92 ? "G3" : roll <= 96 ? "B9" : roll <= 98 ? "D5" : "F5";
  }

  private void transship(Yard.Parked parked, LocalDateTime by) {
    Box box = parked.box();
    LocalDateTime ready = parked.since().isAfter(call.arrival()) ? by : call.arrival();
    if (!parked.terminal().equals(call.terminal())) {
      String from = call.port().locode() + '-' + parked.terminal();
      transfer.run(
          box,
          parked.bill(),
          "",
          from,
          call.terminalCode(),
          ready.minusMinutes(60),
          dice.between(15, 50));
    }
    LocalDateTime at = ready.plusHours(10).plusMinutes(dice.between(1, 300));
    reports.note(Move.atTheShip(Move.Kind.LOAD, at, box, call.terminal(), parked.bill()));
    if (journal.hasHappened(at)) {
      journal.remember("container", box.number(), "轉運貨櫃", "transshipment container");
    }
  }

  private LocalDateTime nextLoading() {
    loaded++;
    return call.arrival().plusHours(9).plusSeconds((long) loaded * SECONDS_A_BOX);
  }

  private Declaration declaration(Bill bill, String kind, LocalDateTime lodged) {
    return new Declaration(
        false,
        numbers.next(dice, lodged),
        kind,
        call.asVoyage(),
        bill.master(),
        "",
        bill.containers(),
        bill.consignee(),
        bill.shipper(),
        bill.items(dice),
        bill.packages(),
        "CT",
        bill.grossKg() * 1000L,
        "TW",
        call.port().locode(),
        call.origin().locode());
  }
}
