package tongguan.simulator.trade;

import java.util.List;

/**
 * What an express parcel holds.
 *
 * @param centsEach of one piece, in US dollars
 */
public record ParcelGoods(
    String code, String zh, String en, String unit, int gramsEach, int centsEach) {
  private static final List<ParcelGoods> SORTS =
      Table.rows("parcels.tsv").stream()
          .map(row ->
              new ParcelGoods(
                  row.get(0),
                  row.get(1),
                  row.get(2),
                  row.get(3),
                  Integer.parseInt(row.get(4)),
                  Integer.parseInt(row.get(5))))
          .toList();

  public static ParcelGoods any(Dice dice) {
    return dice.oneOf(SORTS);
  }
}
