package tongguan.simulator.port;

import java.util.ArrayList;
import java.util.List;
import tongguan.simulator.customs.Declaration;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.trade.Goods;
import tongguan.simulator.trade.Party;

/**
 * A bill of lading.
 *
 * @param house empty for a master bill
 * @param boxes that its goods are in; a house bill shares its box with others
 */
record Bill(
    String master,
    String house,
    Party consignee,
    String shipper,
    Goods goods,
    List<Box> boxes,
    int packages,
    int grossKg) {

  /** Whole containers under one bill. */
  static Bill of(Dice dice, String number, Goods goods, List<Box> boxes) {
    int packages = boxes.stream().mapToInt(Box::packages).sum();
    int gross = boxes.stream().mapToInt(Box::grossKg).sum();
    return new Bill(
        number,
        "",
        Party.company(dice, goods.code()),
        Party.shipper(dice, goods.code()),
        goods,
        boxes,
        packages,
        gross);
  }

  /** One of so many house bills that share the master's box. */
  Bill house(Dice dice, String number, int share) {
    Goods part = Goods.any(dice);
    return new Bill(
        master,
        number,
        dice.chance(0.1) ? Party.person(dice) : Party.company(dice, part.code()),
        Party.shipper(dice, part.code()),
        part,
        boxes,
        Math.max(1, packages / share),
        Math.max(20, grossKg / share));
  }

  boolean isHouse() {
    return !house.isEmpty();
  }

  Bill with(List<Box> otherBoxes) {
    int kept = otherBoxes.stream().mapToInt(Box::packages).sum();
    int gross = otherBoxes.stream().mapToInt(Box::grossKg).sum();
    return new Bill(master, house, consignee, shipper, goods, otherBoxes, kept, gross);
  }

  Bill heavier(int kilos, int morePackages) {
    return new Bill(
        master, house, consignee, shipper, goods, boxes, packages + morePackages, grossKg + kilos);
  }

  Bill consignedTo(Party other) {
    return new Bill(master, house, other, shipper, goods, boxes, packages, grossKg);
  }

  List<String> containers() {
    return boxes.stream().map(Box::number).toList();
  }

  /** What a declaration of it lists: the goods, and at times others that came with them. */
  List<Declaration.Item> items(Dice dice) {
    int lines = dice.skewed(1, 6);
    List<Declaration.Item> items = new ArrayList<>();
    for (int line = 0; line < lines; line++) {
      Goods sort = line == 0 ? goods : Goods.any(dice);
      int kilos = Math.max(1, grossKg / lines);
      int quantity = Math.max(1, kilos / sort.kilosEach());
      items.add(
          new Declaration.Item(
              sort.code(),
              sort.zh(),
              sort.en(),
              sort.unit(),
              quantity,
              kilos * 930L,
              (long) quantity * sort.centsEach()));
    }
    return items;
  }
}
