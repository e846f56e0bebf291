package tongguan.simulator.port;

import java.util.ArrayList;
import java.util.List;
import tongguan.simulator.trade.Carriers;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.trade.Goods;
import tongguan.simulator.trade.Numbers;

/** What a ship has been loaded with abroad: boxes under master bills, some of them shared. */
final class Lading {
  private final Dice dice;
  private final String line;
  private final Serials serials;

  Lading(Dice dice, String line, Serials serials) {
    this.dice = dice;
    this.line = line;
    this.serials = serials;
  }

  /** A master bill with its house bills, if its box is a consolidation. */
  record Consignment(Bill master, List<Bill> houses) {
    boolean isConsolidated() {
      return !houses.isEmpty();
    }
  }

  /** About so many boxes. */
  List<Consignment> load(int containers) {
    List<Consignment> loaded = new ArrayList<>();
    int left = containers;
    while (left > 0) {
      boolean shared = dice.chance(0.15);
      int boxes = shared || dice.chance(0.7) ? 1 : Math.min(left, dice.between(2, 5));
      left -= boxes;
      loaded.add(shared ? consolidation() : whole(boxes));
    }
    return loaded;
  }

  private Consignment whole(int count) {
    Goods goods = Goods.any(dice);
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boxes.add(box(goods));
    }
    return new Consignment(Bill.of(dice, master(), goods, boxes), List.of());
  }

  private Consignment consolidation() {
    Goods mixed = Goods.any(dice);
    Bill master = Bill.of(dice, master(), mixed, List.of(box(mixed)));
    int houses = 2 + dice.skewed(0, dice.chance(0.02) ? 120 : 9);
    List<Bill> bills = new ArrayList<>();
    String forwarder = dice.oneOf(List.of("KLN", "TPF", "NVO", "OCN"));
    for (int i = 0; i < houses; i++) {
      bills.add(master.house(dice, forwarder + Numbers.padded(serials.next(), 8), houses));
    }
    return new Consignment(master, bills);
  }

  /** A box new to this world, for goods of this sort. */
  Box box(Goods goods) {
    return stuffed(number(), dice.chance(0.8) ? goods.sizeType() : "22G1");
  }

  /** A box with cargo. */
  Box stuffed(String number, String sizeType) {
    return new Box(
        number,
        sizeType,
        dice.between(3_000, sizeType.startsWith("2") ? 24_000 : 29_000),
        dice.between(4, 900),
        "TW" + Numbers.padded(serials.next(), 8));
  }

  private String number() {
    if (dice.chance(0.002)) {
      return "SHIPPER" + Numbers.padded(serials.next(), 8);
    }
    String number = Carriers.container(serials.nextContainer());
    return dice.chance(0.003) ? Numbers.withWrongDigit(number) : number;
  }

  String master() {
    return line + '6' + Numbers.padded(serials.next(), 9);
  }
}
