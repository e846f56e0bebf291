package tongguan.simulator.trade;

import java.util.List;

/** Shipping lines with their ships and containers, and airlines. */
public final class Carriers {
  private static final List<List<String>> VESSEL_NAMES = Table.rows("vessel-names.tsv");
  private static final List<Line> LINES =
      Table.rows("lines.tsv").stream()
          .map(row -> new Line(row.get(0), List.of(row.get(1).split(",", -1))))
          .toList();
  private static final List<String> OWNERS =
      LINES.stream().flatMap(line -> line.owners().stream()).toList();

  public static final List<Airline> AIRLINES =
      Table.rows("airlines.tsv").stream().map(row -> new Airline(row.get(0), row.get(1))).toList();

  private Carriers() {}

  /** A shipping line by its code, with the owner codes of its containers. */
  public record Line(String code, List<String> owners) {}

  /** Airline code and the prefix of its air waybills. */
  public record Airline(String code, String prefix) {}

  public record Vessel(String imo, String name, Line line) {}

  /** One of four hundred ships, each of them always under the same name and line. */
  public static Vessel vessel(int call) {
    int names = VESSEL_NAMES.size();
    int ship = (int) (call * 37L % ((long) names * names));
    String name =
        VESSEL_NAMES.get(ship % names).get(0) + ' ' + VESSEL_NAMES.get(ship / names).get(1);
    return new Vessel(Numbers.imo(ship * 41), name, LINES.get(ship % LINES.size()));
  }

  /** A container number that no other serial has. */
  public static String container(long serial) {
    return Numbers.container(OWNERS, serial);
  }
}
