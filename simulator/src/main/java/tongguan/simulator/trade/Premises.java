package tongguan.simulator.trade;

import java.util.List;

/**
 * A bonded warehouse, a bonded factory or a site in a free port zone.
 *
 * @param kind as bonded checks name it: factory, warehouse or free-port
 */
public record Premises(String number, String name, String kind, String district, Party company) {
  private static final int FIRST_COMPANY = 39_000;
  private static final List<List<String>> ROWS = Table.rows("premises.tsv");

  /** One of the district. */
  public static Premises any(Dice dice, String district) {
    return dice.oneOf(
        ROWS.stream().filter(row -> row.get(3).equals(district)).map(Premises::of).toList());
  }

  private static Premises of(List<String> row) {
    return new Premises(
        row.get(0),
        row.get(1),
        row.get(2),
        row.get(3),
        Party.company(FIRST_COMPANY + ROWS.indexOf(row)));
  }

  /** The kind of declaration by which foreign goods come in here. */
  public String declarationKind() {
    return switch (kind) {
      case "factory" -> "B6";
      case "free-port" -> "F1";
      default -> "D8";
    };
  }
}
