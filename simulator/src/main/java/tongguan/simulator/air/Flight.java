package tongguan.simulator.air;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import tongguan.simulator.customs.Answers;
import tongguan.simulator.customs.Clearance;
import tongguan.simulator.customs.Declaration;
import tongguan.simulator.customs.DeclarationNumbers;
import tongguan.simulator.port.Serials;
import tongguan.simulator.trade.Carriers;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.trade.Numbers;
import tongguan.simulator.trade.ParcelGoods;
import tongguan.simulator.trade.Party;
import tongguan.simulator.trade.Places;
import tongguan.simulator.wire.Journal;
import tongguan.simulator.wire.Notice;

/**
 * One flight: express masters with scores of house waybills each, a little freight, declared by the
 * batch from before it lands.
 */
public final class Flight {
  private static final int HOUSES_A_MASTER = 60;
  private static final double DECLARED = 0.65;

  private final Journal journal;
  private final Serials serials;
  private final Dice dice;
  private final LocalDateTime arrival;
  private final LocalDateTime departure;
  private final Carriers.Airline airline;
  private final String number;
  private final Places.Origin origin;
  private final Places.Port airport;
  private final String registration;

  public Flight(Journal journal, Serials serials, Dice dice, int index, LocalDateTime arrival) {
    this.journal = journal;
    this.serials = serials;
    this.dice = dice;
    this.arrival = arrival;
    this.airline = dice.oneOf(Carriers.AIRLINES);
    this.number = airline.code() + dice.between(20, 899);
    this.origin = dice.oneOf(Places.FOREIGN_AIRPORTS);
    this.departure = arrival.minusMinutes(origin.away());
    this.airport = Places.AIRPORTS.get(index % Places.AIRPORTS.size());
    this.registration = "F" + Numbers.padded(index, 6);
  }

  /** Tells all that has happened of about so many parcels. */
  public void fly(int parcels) {
    if (!journal.hasHappened(departure)) {
      return;
    }
    List<Parcel> carried = load(parcels);
    AirManifest manifest =
        new AirManifest(journal, airline.code(), number, departure, origin.locode(), airport);
    manifest.send(registration, arrival, carried);
    String core = airport.core();
    Answers answers = new Answers(journal, "air", core, "A" + registration + 'N');
    DeclarationNumbers numbers =
        new DeclarationNumbers(airport.offices(), fourPlaces(registration));
    Clearance clearance = new Clearance(dice, journal, core, answers, numbers);
    for (Parcel parcel : carried) {
      if (dice.chance(DECLARED)) {
        LocalDateTime lodged = arrival.plusMinutes(dice.between(-60, 240));
        clearance.run(declaration(parcel, numbers.next(dice, lodged)), lodged);
      }
    }
    answers.write(dice);
    remember(carried);
  }

  /** A letter, so that no ship's call at the same office has the same. */
  private static String fourPlaces(String registration) {
    int index = Integer.parseInt(registration.substring(1));
    return 'F' + Numbers.padded(index % 1000, 3);
  }

  private List<Parcel> load(int count) {
    List<Parcel> carried = new ArrayList<>();
    String master = waybill();
    for (int i = 0; i < count; i++) {
      if (i % HOUSES_A_MASTER == HOUSES_A_MASTER - 1) {
        master = waybill();
      }
      boolean freight = i % 20 == 7;
      ParcelGoods goods = ParcelGoods.any(dice);
      int pieces = freight ? dice.between(40, 900) : 1 + dice.skewed(0, 7);
      carried.add(
          new Parcel(
              freight ? waybill() : master,
              freight ? "" : "EX" + Numbers.padded(serials.next(), 9),
              freight || dice.chance(0.3) ? Party.company(dice, goods.code()) : Party.person(dice),
              Party.shipper(dice, goods.code()),
              goods,
              pieces,
              pieces * goods.gramsEach() + dice.between(20, 200)));
    }
    return carried;
  }

  private String waybill() {
    return Numbers.airWaybill(airline.prefix(), serials.next());
  }

  private Declaration declaration(Parcel parcel, String declaration) {
    ParcelGoods goods = parcel.goods();
    Declaration.Item item =
        new Declaration.Item(
            goods.code(),
            goods.zh(),
            goods.en(),
            goods.unit(),
            parcel.pieces(),
            (long) parcel.pieces() * goods.gramsEach(),
            (long) parcel.pieces() * goods.centsEach());
    return new Declaration(
        true,
        declaration,
        parcel.house().isEmpty() ? "G1" : parcel.consignee().number().isEmpty() ? "X2" : "X3",
        Notice.object().put("flight", number).put("date", departure.toLocalDate().toString()),
        parcel.master(),
        parcel.house(),
        List.of(),
        parcel.consignee(),
        parcel.shipper(),
        List.of(item),
        1,
        "PK",
        parcel.grams(),
        origin.country(),
        origin.locode(),
        airport.locode());
  }

  private void remember(List<Parcel> carried) {
    journal.remember("voyage", number + '/' + departure.toLocalDate(), "班機", "flight");
    for (Parcel parcel : carried) {
      boolean house = !parcel.house().isEmpty();
      journal.remember(
          "bill",
          parcel.key(),
          house ? "快遞分提單" : "空運提單",
          house ? "house air waybill of an express parcel" : "air waybill of freight");
      if (house) {
        journal.remember("bill", parcel.master(), "快遞主提單", "master air waybill of express parcels");
      }
    }
  }
}
