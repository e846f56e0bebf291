package tongguan.simulator.trade;

import java.util.BitSet;

/** Some chapters of the tariff: the first two digits of a commodity code. */
record Chapters(BitSet numbers) {

  /** From {@code 08-09,20-21}. */
  static Chapters parse(String ranges) {
    BitSet numbers = new BitSet(100);
    for (String range : ranges.split(",", -1)) {
      numbers.set(Integer.parseInt(range, 0, 2, 10), Integer.parseInt(range, 3, 5, 10) + 1);
    }
    return new Chapters(numbers);
  }

  boolean have(String commodityCode) {
    return numbers.get(Integer.parseInt(commodityCode, 0, 2, 10));
  }
}
