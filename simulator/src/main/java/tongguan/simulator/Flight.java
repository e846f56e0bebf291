package tongguan.simulator;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** One flight with express parcels: few masters, many houses, declarations by the batch. */
final class Flight {
  private final World world;
  private final Journal journal;
  private final Dice dice;
  private final int index;
  private final ZonedDateTime arrived;

  Flight(World world, Journal journal, long seed, int index, ZonedDateTime arrived) {
    this.world = world;
    this.journal = journal;
    this.dice = new Dice(seed ^ 0x5EED, index);
    this.index = index;
    this.arrived = arrived;
  }

  private record Parcel(
      String master, String house, Trade.Company consignee, Trade.Goods goods, int grams) {}

  void fly(int parcels) {
    ZonedDateTime departed = arrived.minusHours(3);
    if (!journal.hasHappened(departed)) {
      return;
    }
    Places.Airline airline = dice.oneOf(Places.AIRLINES);
    String flight = airline.code() + dice.between(20, 899);
    String from = dice.oneOf(Places.AIR_ORIGINS);
    List<Parcel> carried = parcels(parcels, airline);
    manifest(airline, flight, from, departed, carried);
    Clearance clearance = new Clearance(dice, journal, "TWCUS-TPE");
    Notice voyage =
        Notice.object().put("flight", flight).put("date", departed.toLocalDate().toString());
    int serial = 0;
    for (Parcel parcel : carried) {
      if (dice.chance(0.35)) {
        continue;
      }
      serial++;
      ZonedDateTime lodged = arrived.plusMinutes(dice.between(-60, 240));
      String office = dice.oneOf(Places.AIRPORT.branches());
      String number =
          "%s  %02d%04X%04d"
              .formatted(
                  office,
                  (lodged.getYear() - 1911) % 100,
                  0x8000 | (index & 0x7FFF),
                  serial % 10_000);
      clearance.run(
          new Clearance.Goods(
              true,
              number,
              "X3",
              voyage,
              parcel.master(),
              parcel.house(),
              List.of(),
              parcel.consignee(),
              parcel.goods(),
              1,
              Math.max(1, parcel.grams() / 1000),
              from.substring(0, 2),
              from,
              "TWTPE"),
          lodged);
    }
    journal.remember(flight + "/" + departed.toLocalDate(), "班機", "flight");
    journal.closeNotices();
  }

  private List<Parcel> parcels(int count, Places.Airline airline) {
    List<Parcel> carried = new ArrayList<>();
    String master = Numbers.airWaybill(airline.prefix(), world.nextSerial());
    journal.remember(master, "空運主提單", "master air waybill");
    for (int i = 0; i < count; i++) {
      if (i % 60 == 59) {
        master = Numbers.airWaybill(airline.prefix(), world.nextSerial());
      }
      carried.add(
          new Parcel(
              master,
              "EX" + "%09d".formatted(world.nextSerial()),
              Trade.company(dice),
              dice.oneOf(Trade.GOODS),
              dice.between(80, 24_000)));
    }
    return carried;
  }

  private void manifest(
      Places.Airline airline,
      String flight,
      String from,
      ZonedDateTime departed,
      List<Parcel> carried) {
    Edifact out =
        new Edifact(Edifact.Manner.PLAIN, airline.code() + "TW", "A" + index, departed, false);
    out.begin("CUSCAR", "96B")
        .segment(
            "BGM", "85", "AM" + flight + departed.toLocalDate().toString().replace("-", ""), "9")
        .moment("137", departed.plusMinutes(5))
        .segment("TDT", "20", flight, "4", "", airline.code() + ":172:3")
        .segment("LOC", "5", from + ":139:6")
        .segment("LOC", "60", "TWTPE:139:6")
        .moment("189", departed)
        .moment("132", arrived);
    int line = 0;
    for (Parcel parcel : carried) {
      line++;
      out.segment("CNI", String.valueOf(line))
          .segment("RFF", "MWB:" + parcel.master())
          .segment("RFF", "HWB:" + parcel.house())
          .segment("LOC", "9", from + ":139:6")
          .segment("LOC", "11", "TWTPE:139:6")
          .segment("NAD", "CZ", "", "", Edifact.escaped(Trade.shipper(dice)))
          .segment(
              "NAD",
              "CN",
              parcel.consignee().number(),
              "",
              Edifact.escaped(parcel.consignee().zh()))
          .segment("GID", "1", "1:PK")
          .segment("FTX", "AAA", "", "", Edifact.escaped(parcel.goods().en()))
          .segment(
              "MEA",
              "AAE",
              "G",
              "KGM:%d.%03d".formatted(parcel.grams() / 1000, parcel.grams() % 1000));
    }
    out.end();
    journal.write("CUSCAR", out, 1);
  }
}
