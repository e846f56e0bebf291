package tongguan.simulator;

import java.util.List;

/** Ports, terminals and customs offices of the sample world. */
final class Places {
  private Places() {}

  /** A Taiwan seaport with its customs offices and terminals. */
  record Port(String locode, String office, List<String> branches, List<String> terminals) {}

  static final List<Port> SEAPORTS =
      List.of(
          new Port("TWKEL", "AA", List.of("AA", "AE"), List.of("E12", "W19", "W24")),
          new Port("TWKHH", "BA", List.of("BA", "BC", "BD"), List.of("T66", "T70", "T108", "T115")),
          new Port("TWTXG", "DA", List.of("DA"), List.of("T31", "T33")),
          new Port("TWTPE", "CF", List.of("CF"), List.of("P07", "P09")));

  static final Port AIRPORT =
      new Port("TWTPE", "CA", List.of("CA", "CX"), List.of("TACT", "EGAC", "FTZ"));

  static final List<String> ORIGINS =
      List.of(
          "CNSHA", "CNNGB", "CNSZX", "HKHKG", "SGSIN", "JPYOK", "JPOSA", "KRPUS", "USLAX", "DEHAM",
          "NLRTM", "VNSGN", "THLCH", "MYPKG", "IDJKT", "AUSYD");

  static final List<String> AIR_ORIGINS =
      List.of("HKHKG", "CNSZX", "JPNRT", "KRICN", "SGSIN", "USLAX", "DEFRA", "NLAMS");

  static final List<String> CARRIERS =
      List.of("COSU", "EGLV", "YMLU", "WHLC", "MAEU", "ONEY", "CMDU", "OOLU");

  /** Airline code and the prefix of its air waybills. */
  record Airline(String code, String prefix) {}

  static final List<Airline> AIRLINES =
      List.of(
          new Airline("CI", "297"),
          new Airline("BR", "695"),
          new Airline("CX", "160"),
          new Airline("5X", "406"),
          new Airline("FX", "023"));
}
