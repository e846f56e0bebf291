package tongguan.simulator.trade;

import java.util.List;

/**
 * A sort of goods.
 *
 * @param kilosEach of one unit, gross
 * @param centsEach of one unit, in US dollars
 * @param hazardClass of the IMDG code, empty for harmless goods
 * @param unNumber of the dangerous goods, empty for harmless goods
 * @param sizeType of the container that they mostly come in
 */
public record Goods(
    String code,
    String zh,
    String en,
    String unit,
    int kilosEach,
    int centsEach,
    String hazardClass,
    String unNumber,
    String sizeType) {

  private static final List<Goods> FREIGHT =
      Table.rows("goods.tsv").stream().map(Goods::freight).toList();

  public static Goods any(Dice dice) {
    return dice.oneOf(FREIGHT);
  }

  public boolean dangerous() {
    return !hazardClass.isEmpty();
  }

  private static Goods freight(List<String> row) {
    String[] danger = row.get(6).equals("-") ? new String[] {"", ""} : row.get(6).split("/", 2);
    return new Goods(
        row.get(0),
        row.get(1),
        row.get(2),
        row.get(3),
        Integer.parseInt(row.get(4)),
        Integer.parseInt(row.get(5)),
        danger[0],
        danger[1],
        row.get(7));
  }
}
