package tongguan.simulator.air;

import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tongguan.simulator.trade.Places;
import tongguan.simulator.wire.Interchange;
import tongguan.simulator.wire.Journal;
import tongguan.simulator.wire.Manner;

/** CUSCAR of a flight: every waybill, houses under their masters. */
final class AirManifest {
  private final Journal journal;
  private final String airline;
  private final String flight;
  private final LocalDateTime departure;
  private final String origin;
  private final Places.Port airport;

  AirManifest(
      Journal journal,
      String airline,
      String flight,
      LocalDateTime departure,
      String origin,
      Places.Port airport) {
    this.journal = journal;
    this.airline = airline;
    this.flight = flight;
    this.departure = departure;
    this.origin = origin;
    this.airport = airport;
  }

  void send(String reference, LocalDateTime arrival, List<Parcel> carried) {
    LocalDateTime at = departure.plusMinutes(5);
    Interchange out = new Interchange(Manner.LINES, airline + "TW", reference, at, true);
    out.begin("CUSCAR", "96B", "")
        .segment("BGM", "85", "AM" + reference, "9")
        .moment("137", at)
        .segment("TDT", "20", flight, "4", "", airline + ":172:3")
        .segment("LOC", "5", origin + ":139:6")
        .segment("LOC", "60", airport.locode() + ":139:6")
        .moment("189", departure)
        .moment("132", arrival);
    int line = 0;
    Set<String> masters = new HashSet<>();
    for (Parcel parcel : carried) {
      if (!parcel.house().isEmpty() && masters.add(parcel.master())) {
        line++;
        consolidation(out, parcel.master(), line, carried);
      }
      line++;
      consignment(out, parcel, line);
    }
    out.end();
    journal.send(out);
  }

  private static void consolidation(
      Interchange out, String master, int line, List<Parcel> carried) {
    List<Parcel> houses =
        carried.stream().filter(parcel -> parcel.master().equals(master)).toList();
    out.segment("CNI", String.valueOf(line))
        .segment("RFF", "MWB:" + dashed(master))
        .segment("GID", "1", houses.size() + ":PK")
        .segment("FTX", "AAA", "", "", "CONSOLIDATION AS PER MANIFEST")
        .weight("AAE", "G", houses.stream().mapToInt(Parcel::grams).sum());
  }

  private static String dashed(String waybill) {
    return waybill.substring(0, 3) + '-' + waybill.substring(3);
  }

  private void consignment(Interchange out, Parcel parcel, int line) {
    out.segment("CNI", String.valueOf(line)).segment("RFF", "MWB:" + dashed(parcel.master()));
    if (!parcel.house().isEmpty()) {
      out.segment("RFF", "HWB:" + parcel.house());
    }
    String name = line % 2 == 0 ? parcel.consignee().zh() : parcel.consignee().en();
    out.segment("LOC", "9", origin + ":139:6")
        .segment("LOC", "11", airport.locode() + ":139:6")
        .segment("NAD", "CZ", "", "", Interchange.free(parcel.shipper()))
        .segment("NAD", "CN", parcel.consignee().number(), "", Interchange.free(name))
        .segment("GID", "1", "1:PK")
        .segment("FTX", "AAA", "", "", Interchange.free(parcel.goods().en()))
        .weight("AAE", "G", parcel.grams());
  }
}
