package tongguan.simulator.trade;

import java.util.List;

/** Ports, airports, terminals and customs offices. */
public final class Places {
  public static final List<Port> SEAPORTS = ports("seaports.tsv");
  public static final List<Port> AIRPORTS = ports("airports.tsv");
  public static final List<Origin> FOREIGN_PORTS = origins("foreign-ports.tsv");
  public static final List<Origin> FOREIGN_AIRPORTS = origins("foreign-airports.tsv");

  private Places() {}

  /** A port or an airport of Taiwan with its customs offices and its terminals or cargo halls. */
  public record Port(String locode, List<String> offices, List<String> terminals) {
    /** The district's letter: A Keelung, B Kaohsiung, C Taipei, D Taichung. */
    public String district() {
      return offices.getFirst().substring(0, 1);
    }

    /** The clearance system of the district, as it signs its messages. */
    public String core() {
      return switch (district()) {
        case "A" -> "TWCUS-KEEL";
        case "B" -> "TWCUS-KAOH";
        case "C" -> "TWCUS-TAIP";
        default -> "TWCUS-TAIC";
      };
    }
  }

  /** A place abroad, and how long the way from it is: days by sea, minutes by air. */
  public record Origin(String locode, int away) {
    public String country() {
      return locode.substring(0, 2);
    }
  }

  private static List<Port> ports(String table) {
    return Table.rows(table).stream()
        .map(row ->
            new Port(
                row.get(0), List.of(row.get(1).split(",", -1)), List.of(row.get(2).split(",", -1))))
        .toList();
  }

  private static List<Origin> origins(String table) {
    return Table.rows(table).stream()
        .map(row -> new Origin(row.get(0), Integer.parseInt(row.get(1))))
        .toList();
  }
}
