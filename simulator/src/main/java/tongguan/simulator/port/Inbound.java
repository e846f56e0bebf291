package tongguan.simulator.port;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tongguan.simulator.customs.BondedCheck;
import tongguan.simulator.customs.Clearance;
import tongguan.simulator.customs.Declaration;
import tongguan.simulator.customs.DeclarationNumbers;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.trade.Places;
import tongguan.simulator.trade.Premises;
import tongguan.simulator.wire.Journal;

/** What a ship brings: announced, discharged, cleared, and taken away. */
final class Inbound {
  private static final double TRANSSHIPPED = 0.12;
  private static final double BONDED = 0.08;
  private static final double HOUSE_DECLARED = 0.45;

  private final Journal journal;
  private final Dice dice;
  private final Call call;
  private final Yard yard;
  private final Lading lading;
  private final TerminalReports reports;
  private final Clearance clearance;
  private final DeclarationNumbers numbers;
  private final SealedTransfer transfer;
  private final List<Lading.Consignment> carried = new ArrayList<>();
  private boolean checked;

  Inbound(
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

  /** Loads the ship abroad and states its manifest and bay plan, with what is mended later. */
  void announce(int containers, LocalDateTime at) {
    for (Bill rest : yard.takeAwaited(call.line())) {
      carried.add(new Lading.Consignment(rest, List.of()));
      journal.remember("bill", rest.master(), "分兩航次的提單", "bill split over two voyages");
    }
    for (Lading.Consignment loaded : lading.load(containers)) {
      carried.add(leftInPart(loaded));
    }
    new Announcement(journal, dice, call).make(carried, at);
  }

  /** At times a ship is full, and the last boxes of a bill come with the line's next one. */
  private Lading.Consignment leftInPart(Lading.Consignment whole) {
    List<Box> boxes = whole.master().boxes();
    if (boxes.size() < 2 || !dice.chance(0.04)) {
      return whole;
    }
    yard.leaveBehind(call.line(), whole.master().with(List.of(boxes.getLast())));
    List<Box> aboard = List.copyOf(boxes.subList(0, boxes.size() - 1));
    return new Lading.Consignment(whole.master().with(aboard), List.of());
  }

  /** Discharges all and works every consignment. */
  void land() {
    Landing landing = new Landing(journal, dice, call, reports);
    landing.permit(carried);
    for (Lading.Consignment consignment : carried) {
      Optional<LocalDateTime> onLand = landing.discharge(consignment.master());
      if (consignment.isConsolidated()) {
        consolidated(consignment, onLand);
      } else if (dice.chance(TRANSSHIPPED)) {
        onLand.ifPresent(at -> transshipped(consignment.master(), at));
      } else {
        imported(consignment.master(), onLand);
      }
    }
  }

  private void imported(Bill bill, Optional<LocalDateTime> onLand) {
    LocalDateTime expected = onLand.orElse(call.arrival().plusDays(1));
    LocalDateTime lodged = expected.plusMinutes(dice.between(-900, 2200));
    Optional<Premises> premises =
        dice.chance(BONDED)
            ? Optional.of(Premises.any(dice, call.port().district()))
            : Optional.empty();
    Bill declared = premises.map(bonded -> bill.consignedTo(bonded.company())).orElse(bill);
    String kind = premises.map(Premises::declarationKind).orElse(dice.chance(0.02) ? "G7" : "G1");
    Optional<Clearance.Released> released =
        clearance.run(declaration(declared, kind, lodged), lodged);
    if (released.isEmpty() || onLand.isEmpty()) {
      return;
    }
    LocalDateTime free = released.get().at().isAfter(expected) ? released.get().at() : expected;
    for (Box box : bill.boxes()) {
      LocalDateTime out = free.plusMinutes(dice.between(30, 2600));
      if (premises.isPresent()) {
        bonded(box, declared, released.get().number(), premises.get(), out);
      } else {
        takenAway(box, bill, released.get().number(), out);
      }
    }
  }

  private void takenAway(Box box, Bill bill, String declaration, LocalDateTime out) {
    String truck = "KEA-" + dice.digits(4);
    reports.note(
        new Move(Move.Kind.GATE_OUT, out, box, call.terminal(), bill.master(), declaration, truck));
    LocalDateTime free = call.arrival();
    if (journal.hasHappened(free) && !journal.hasHappened(out)) {
      journal.remember("container", box.number(), "尚未提領的貨櫃", "container not yet taken away");
    }
    if (dice.chance(0.8)) {
      returned(box, out.plusMinutes(dice.between(900, 6000)));
    }
  }

  private void returned(Box box, LocalDateTime back) {
    Box empty = box.emptied();
    String truck = "KLD-" + dice.digits(4);
    reports.note(new Move(Move.Kind.GATE_IN, back, empty, call.terminal(), "", "", truck));
    yard.parkEmpty(call.port().locode(), new Yard.Parked(empty, "", call.terminal(), back));
  }

  private void bonded(
      Box box, Bill bill, String declaration, Premises premises, LocalDateTime out) {
    LocalDateTime there =
        transfer.run(
            box,
            bill.master(),
            declaration,
            call.terminalCode(),
            premises.number(),
            out,
            dice.between(40, 240));
    if (!checked && dice.chance(0.5)) {
      checked = true;
      new BondedCheck(dice, journal, call.port().core())
          .run(
              "BC" + call.registration(),
              premises,
              declaration,
              bill.containers(),
              bill.goods(),
              Math.max(1, bill.grossKg() / bill.goods().kilosEach()),
              there.plusHours(dice.between(8, 60)));
    }
  }

  /** To the freight station under seal, where the houses' goods are taken out one by one. */
  private void consolidated(Lading.Consignment consignment, Optional<LocalDateTime> onLand) {
    Bill master = consignment.master();
    LocalDateTime expected = onLand.orElse(call.arrival().plusDays(1));
    for (Bill house : consignment.houses()) {
      if (dice.chance(HOUSE_DECLARED)) {
        LocalDateTime lodged = expected.plusMinutes(dice.between(200, 4000));
        clearance.run(declaration(house, "G1", lodged), lodged);
      }
    }
    if (onLand.isEmpty()) {
      return;
    }
    String station = call.port().locode() + "-CFS" + (1 + call.index() % 3);
    for (Box box : master.boxes()) {
      LocalDateTime there =
          transfer.run(
              box,
              master.master(),
              "",
              call.terminalCode(),
              station,
              expected.plusMinutes(dice.between(120, 900)),
              dice.between(20, 90));
      returned(box, there.plusMinutes(dice.between(1500, 7000)));
    }
    Bill last = consignment.houses().getLast();
    journal.remember(
        "bill", last.master() + '/' + last.house(), "併櫃分提單", "house bill of a consolidation");
  }

  /** On to another ship: of this port, or by road of another one. */
  private void transshipped(Bill bill, LocalDateTime onLand) {
    for (Box box : bill.boxes()) {
      LocalDateTime ready = onLand.plusHours(dice.between(12, 40));
      Places.Port other = dice.oneOf(Places.SEAPORTS);
      if (other.locode().equals(call.port().locode()) || !dice.chance(0.35)) {
        yard.parkTransit(
            call.port().locode(), new Yard.Parked(box, bill.master(), call.terminal(), ready));
        continue;
      }
      String terminal = dice.oneOf(other.terminals());
      String to = other.locode() + '-' + terminal;
      LocalDateTime there =
          transfer.run(
              box, bill.master(), "", call.terminalCode(), to, ready, dice.between(120, 420));
      yard.parkTransit(
          other.locode(), new Yard.Parked(box, bill.master(), terminal, there.plusHours(2)));
    }
  }

  private Declaration declaration(Bill bill, String kind, LocalDateTime lodged) {
    return new Declaration(
        true,
        numbers.next(dice, lodged),
        kind,
        call.asVoyage(),
        bill.master(),
        bill.house(),
        bill.containers(),
        bill.consignee(),
        bill.shipper(),
        bill.items(dice),
        bill.packages(),
        "CT",
        bill.grossKg() * 1000L,
        call.origin().country(),
        call.origin().locode(),
        call.port().locode());
  }
}
