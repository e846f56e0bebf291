package tongguan.simulator;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of a container ship: what it brings, what it takes, and what becomes of it in customs.
 */
final class SeaCall {
  private static final List<String> SIZES =
      List.of("22G1", "45G1", "45G1", "22R1", "45R1", "42G1", "22T6");
  private static final List<String> NAMES =
      List.of(
          "FORMOSA BREEZE",
          "JADE MOUNTAIN",
          "PACIFIC LOTUS",
          "BLUE MAGPIE",
          "EAST HARVEST",
          "SUNDA STAR",
          "KEELUNG PRIDE",
          "TAROKO",
          "HIBISCUS",
          "NORTH ANCHOR",
          "MAZU GRACE",
          "ALISHAN EXPRESS");

  private final World world;
  private final Journal journal;
  private final Dice dice;
  private final int index;
  private final Ship ship;
  private final Places.Port port;
  private final String terminal;
  private final String loadPort;
  private final ZonedDateTime arrived;
  private final Edifact.Manner manner;
  private final Gate gate;
  private final Clearance clearance;
  private final List<Bill> bills = new ArrayList<>();
  private int declarations;

  record Ship(String imo, String name, String carrier, String voyageNumber, String registration) {
    Notice asVoyage() {
      return Notice.object()
          .put("imo", imo)
          .put("voyageNumber", voyageNumber)
          .put("registration", registration)
          .put("vesselName", name);
    }
  }

  record Box(String number, String sizeType, int grossKg, int packages, String seal) {}

  record Bill(
      String master,
      @Nullable String house,
      Trade.Company consignee,
      String shipper,
      Trade.Goods goods,
      List<Box> boxes,
      int packages,
      int grossKg) {}

  SeaCall(World world, Journal journal, long seed, int index, ZonedDateTime arrived) {
    this.world = world;
    this.journal = journal;
    this.index = index;
    this.arrived = arrived;
    this.dice = new Dice(seed, index);
    this.port = Places.SEAPORTS.get(index % Places.SEAPORTS.size());
    this.terminal = dice.oneOf(port.terminals());
    this.loadPort = dice.oneOf(Places.ORIGINS);
    String carrier = dice.oneOf(Places.CARRIERS);
    int vessel = dice.between(0, 400);
    this.ship =
        new Ship(
            Numbers.imo(vessel * 37),
            NAMES.get(vessel % NAMES.size())
                + (vessel < NAMES.size() ? "" : " " + vessel / NAMES.size()),
            carrier,
            "%04d%s".formatted(index % 10_000, dice.chance(0.5) ? "E" : "S"),
            "%02d%04X".formatted((arrived.getYear() - 1911) % 100, index & 0xFFFF));
    this.manner = Edifact.Manner.values()[index % 7 < 4 ? 0 : index % 7 - 3];
    this.gate = new Gate(journal);
    this.clearance = new Clearance(dice, journal, "TWCUS-" + port.locode().substring(2));
  }

  /** Brings and takes about this many containers, and tells all that has happened of it. */
  void sail(int containers) {
    int inbound = Math.max(1, containers * 3 / 4);
    load(inbound);
    ZonedDateTime announced = arrived.minusHours(dice.between(18, 60));
    if (!journal.hasHappened(announced)) {
      return;
    }
    manifest("9", announced, bills, bills);
    bayPlan(announced.plusHours(1));
    amend(announced.plusHours(3));
    permit();
    bring();
    export(containers - inbound);
    gate.write(ship, port.locode(), terminal, dice, manner);
    new Mess(journal, dice).of(index, ship, port.locode() + "-" + terminal, arrived);
    bondedCheck();
    journal.closeNotices();
  }

  private void load(int containers) {
    int left = containers;
    while (left > 0) {
      int boxes = Math.min(left, dice.chance(0.7) ? 1 : dice.between(2, 5));
      left -= boxes;
      bills.addAll(billWith(boxes));
    }
  }

  /** A master bill, and its house bills where it is a consolidation. */
  private List<Bill> billWith(int count) {
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boxes.add(box());
    }
    String master = ship.carrier() + "6" + "%09d".formatted(world.nextSerial());
    boolean consolidated = count == 1 && dice.chance(0.12);
    List<Bill> made = new ArrayList<>();
    made.add(bill(master, null, boxes, 1));
    if (consolidated) {
      int houses = dice.between(2, 2 + dice.skewed(0, 10));
      for (int i = 1; i <= houses; i++) {
        made.add(bill(master, "H" + master.substring(8) + "%02d".formatted(i), boxes, houses));
      }
      journal.remember(
          master + "/" + made.getLast().house(), "併櫃分提單", "house bill of a consolidation");
    }
    return made;
  }

  private Bill bill(String master, @Nullable String house, List<Box> boxes, int share) {
    int packages = Math.max(1, boxes.stream().mapToInt(Box::packages).sum() / share);
    int gross = Math.max(50, boxes.stream().mapToInt(Box::grossKg).sum() / share);
    return new Bill(
        master,
        house,
        Trade.company(dice),
        Trade.shipper(dice),
        dice.oneOf(Trade.GOODS),
        boxes,
        packages,
        gross);
  }

  private Box box() {
    String number = Numbers.container(world.nextSerial());
    if (dice.chance(0.003)) {
      number = Numbers.withWrongDigit(number);
      journal.remember(number, "檢查碼錯誤的貨櫃", "container with a wrong check digit");
    } else if (dice.chance(0.002)) {
      number = "SHIPPEROWN" + dice.digits(5);
    }
    return new Box(
        number,
        dice.oneOf(SIZES),
        dice.between(3_000, 27_000),
        dice.between(4, 900),
        "TW" + dice.digits(7));
  }

  private void manifest(String function, ZonedDateTime at, List<Bill> stated, List<Bill> carried) {
    Edifact out =
        new Edifact(manner, ship.carrier() + "TW", "M" + index + "F" + function, at, true);
    out.begin("CUSCAR", "95B")
        .segment("BGM", "85", "MF" + ship.registration(), function)
        .moment("137", at)
        .segment("NAD", "MS", ship.carrier() + ":172:20")
        .segment(
            "TDT",
            "20",
            ship.voyageNumber(),
            "1",
            "",
            ship.carrier() + ":172:20",
            "",
            "",
            ship.imo() + ":146:11:" + ship.name())
        .segment("LOC", "5", loadPort + ":139:6")
        .segment("LOC", "60", port.locode() + ":139:6")
        .segment("LOC", "165", port.locode() + ":139:6", terminal + ":TER:ZZZ")
        .moment("133", arrived.minusHours(70))
        .moment("132", arrived.minusMinutes(30));
    List<String> listed = new ArrayList<>();
    for (Bill bill : carried) {
      for (Box box : bill.boxes()) {
        if (!listed.contains(box.number()) || bill.house() == null) {
          equipment(out, box, listed);
        }
      }
    }
    int line = 0;
    for (Bill bill : stated) {
      line++;
      consignment(out, bill, line);
    }
    out.end();
    journal.write("CUSCAR", out, dice.chance(0.02) ? 2 : 1);
  }

  private static void equipment(Edifact out, Box box, List<String> listed) {
    if (listed.size() > 64) {
      listed.removeFirst();
    }
    if (listed.contains(box.number())) {
      return;
    }
    listed.add(box.number());
    out.segment("EQD", "CN", box.number(), box.sizeType() + ":102:5", "", "3", "5")
        .segment("MEA", "AAE", "G", "KGM:" + box.grossKg())
        .segment("SEL", box.seal(), "CA");
  }

  private void consignment(Edifact out, Bill bill, int line) {
    out.segment("CNI", String.valueOf(line)).segment("RFF", "BM:" + bill.master());
    String house = bill.house();
    if (house != null) {
      out.segment("RFF", "BH:" + house);
    }
    String name = dice.chance(0.3) ? bill.consignee().zh() : bill.consignee().en();
    out.segment("LOC", "9", loadPort + ":139:6")
        .segment("LOC", "11", port.locode() + ":139:6")
        .segment("NAD", "CZ", "", "", Edifact.escaped(bill.shipper()))
        .segment("NAD", "CN", bill.consignee().number(), "", Edifact.escaped(name))
        .segment("GID", "1", bill.packages() + ":CT")
        .segment("FTX", "AAA", "", "", Edifact.escaped(bill.goods().en()))
        .segment("MEA", "AAE", "G", "KGM:" + bill.grossKg());
    for (Box box : bill.boxes()) {
      out.segment(
          "SGP", box.number(), String.valueOf(Math.max(1, bill.packages() / bill.boxes().size())));
    }
    if (bill.goods().code().startsWith("3208")) {
      out.segment("DGS", "IMD", "3", "1263");
    }
  }

  private void bayPlan(ZonedDateTime at) {
    if (!journal.hasHappened(at)) {
      return;
    }
    Edifact out = new Edifact(Edifact.Manner.PLAIN, ship.carrier() + "TW", "B" + index, at, false);
    out.begin("BAPLIE", "95B")
        .segment("BGM", "", "BP" + ship.registration(), "9")
        .moment("137", at)
        .segment(
            "TDT",
            "20",
            ship.voyageNumber(),
            "",
            "",
            ship.carrier() + ":172:20",
            "",
            "",
            ship.imo() + ":146:11:" + ship.name())
        .segment("LOC", "5", loadPort + ":139:6")
        .segment("LOC", "61", port.locode() + ":139:6")
        .moment("132", arrived)
        .segment("RFF", "VON:" + ship.voyageNumber());
    int cell = 0;
    for (Bill bill : bills) {
      if (bill.house() != null) {
        continue;
      }
      for (Box box : bill.boxes()) {
        cell++;
        String place = "%03d%02d%02d".formatted(1 + cell / 180 * 2, cell / 12 % 15, 82 + cell % 12);
        out.segment("LOC", "147", place + "::5")
            .segment("MEA", "WT", "", "KGM:" + box.grossKg())
            .segment("LOC", "9", loadPort + ":139:6")
            .segment("LOC", "11", port.locode() + ":139:6")
            .segment("RFF", "BM:1")
            .segment("EQD", "CN", box.number(), box.sizeType(), "", "", "5")
            .segment("NAD", "CA", ship.carrier() + ":172:20");
      }
    }
    out.end();
    journal.write("BAPLIE", out, 1);
  }

  /** Manifests are mended: some bills change, or the whole is stated anew without one of them. */
  private void amend(ZonedDateTime at) {
    if (!journal.hasHappened(at) || bills.size() < 4 || !dice.chance(0.15)) {
      return;
    }
    if (dice.chance(0.5)) {
      Bill first = bills.getFirst();
      Bill heavier =
          new Bill(
              first.master(),
              first.house(),
              first.consignee(),
              first.shipper(),
              first.goods(),
              first.boxes(),
              first.packages() + 2,
              first.grossKg() + 40);
      manifest("4", at, List.of(heavier), List.of(heavier));
      return;
    }
    Bill last = bills.getLast();
    if (last.house() == null) {
      bills.removeLast();
      manifest("5", at, bills, bills);
      journal.remember(last.master(), "已自艙單刪除的提單", "bill taken off its manifest");
    }
  }

  private void permit() {
    ZonedDateTime at = arrived.minusHours(dice.between(2, 8));
    if (journal.hasHappened(at)) {
      journal.write(
          "discharge-permit",
          journal
              .notice("discharge-permit", "TWCUS-" + port.locode().substring(2), at)
              .put("permit", "DP" + ship.registration() + "01")
              .put("voyage", ship.asVoyage())
              .put("office", port.office())
              .put("terminal", port.locode() + "-" + terminal)
              .put("validUntil", arrived.plusDays(7))
              .put("scope", "all"),
          1);
      journal.remember("DP" + ship.registration() + "01", "卸貨准單", "discharge permit");
      journal.remember(ship.imo() + "/" + ship.voyageNumber(), "航次", "voyage");
    }
  }

  private void bring() {
    int slot = 0;
    for (Bill bill : bills) {
      if (bill.house() != null) {
        declareHouse(bill);
        continue;
      }
      boolean transshipped = dice.chance(0.15);
      for (Box box : bill.boxes()) {
        slot++;
        ZonedDateTime discharged = arrived.plusMinutes(120 + slot * 2L);
        gate.report(move("discharge", discharged, box, bill.master(), null, null));
        gate.report(
            move(
                "gate-in",
                discharged.plusMinutes(dice.between(8, 40)),
                box,
                bill.master(),
                null,
                null));
        if (transshipped) {
          gate.report(
              move(
                  "load",
                  discharged.plusHours(dice.between(40, 110)),
                  box,
                  bill.master(),
                  null,
                  null));
          journal.remember(box.number(), "轉運貨櫃", "transshipment container");
        }
      }
      if (!transshipped) {
        declare(bill, arrived.plusMinutes(120 + slot * 2L));
      }
    }
  }

  private void declare(Bill bill, ZonedDateTime onLand) {
    ZonedDateTime lodged = onLand.plusMinutes(dice.between(-900, 2200));
    String kind = dice.chance(0.05) ? "D8" : dice.chance(0.04) ? "B6" : "G1";
    String number = declarationNumber(lodged);
    Optional<ZonedDateTime> released = clear(bill, number, kind, lodged);
    if (released.isEmpty()) {
      return;
    }
    ZonedDateTime leaving = released.get().isAfter(onLand) ? released.get() : onLand;
    for (Box box : bill.boxes()) {
      ZonedDateTime out = leaving.plusMinutes(dice.between(30, 2600));
      gate.report(move("gate-out", out, box, bill.master(), number, "KEA-" + dice.digits(4)));
    }
  }

  private void declareHouse(Bill bill) {
    if (dice.chance(0.6)) {
      ZonedDateTime lodged = arrived.plusMinutes(dice.between(200, 4000));
      clear(bill, declarationNumber(lodged), "G1", lodged);
    }
  }

  private Optional<ZonedDateTime> clear(
      Bill bill, String number, String kind, ZonedDateTime lodged) {
    return clearance.run(
        new Clearance.Goods(
            true,
            number,
            kind,
            ship.asVoyage(),
            bill.master(),
            bill.house(),
            bill.boxes().stream().map(Box::number).toList(),
            bill.consignee(),
            bill.goods(),
            bill.packages(),
            bill.grossKg(),
            loadPort.substring(0, 2),
            loadPort,
            port.locode()),
        lodged);
  }

  private void export(int containers) {
    for (int i = 0; i < containers; i++) {
      Box box = box();
      ZonedDateTime in = arrived.minusHours(dice.between(20, 90));
      String bill = ship.carrier() + "7" + "%09d".formatted(world.nextSerial());
      gate.report(move("gate-in", in, box, bill, null, "KEB-" + dice.digits(4)));
      if (dice.chance(0.12)) {
        continue;
      }
      ZonedDateTime lodged = in.plusMinutes(dice.between(10, 600));
      Trade.Goods goods = dice.oneOf(Trade.GOODS);
      Optional<ZonedDateTime> released =
          clearance.run(
              new Clearance.Goods(
                  false,
                  declarationNumber(lodged),
                  "G5",
                  ship.asVoyage(),
                  bill,
                  null,
                  List.of(box.number()),
                  Trade.company(dice),
                  goods,
                  box.packages(),
                  box.grossKg(),
                  "TW",
                  port.locode(),
                  loadPort),
              lodged);
      ZonedDateTime loaded = arrived.plusMinutes(700 + i * 2L);
      if (released.isPresent() && released.get().isBefore(loaded)) {
        gate.report(move("load", loaded, box, bill, null, null));
      }
    }
  }

  private void bondedCheck() {
    ZonedDateTime at = arrived.plusHours(dice.between(30, 200));
    if (!dice.chance(0.3) || !journal.hasHappened(at) || bills.isEmpty()) {
      return;
    }
    Bill bill = bills.getFirst();
    boolean conform = dice.chance(0.8);
    String number = "BC" + ship.registration();
    journal.write(
        "bonded-check",
        journal
            .notice("bonded-check", "TWCUS-" + port.locode().substring(2), at)
            .put("check", number)
            .put(
                "premises",
                Notice.object()
                    .put("number", "W" + port.office() + "07")
                    .put("name", "東昇保稅倉庫")
                    .put("kind", "warehouse"))
            .put("companyNumber", bill.consignee().number())
            .put("result", conform ? "conform" : "discrepancy")
            .putTexts("containers", bill.boxes().stream().map(Box::number).toList())
            .putObjects(
                "items",
                List.of(
                    Notice.object()
                        .put("description", bill.goods().zh())
                        .put("unit", bill.goods().unit())
                        .put("bookQuantity", 1200)
                        .put("countedQuantity", conform ? 1200 : 1164))),
        1);
    journal.remember(number, "保稅查核", "bonded check");
  }

  private Gate.Move move(
      String kind,
      ZonedDateTime at,
      Box box,
      String bill,
      @Nullable String declaration,
      @Nullable String truck) {
    return new Gate.Move(
        kind,
        at,
        box.number(),
        box.sizeType(),
        box.grossKg(),
        true,
        box.seal(),
        bill,
        declaration,
        truck);
  }

  /** Receiving office, blank second office, ROC year, the ship's call, a serial of the call. */
  private String declarationNumber(ZonedDateTime at) {
    declarations++;
    String office = port.branches().get(declarations % port.branches().size());
    String call = ship.registration().substring(2);
    int serial = declarations;
    return "%s  %02d%s%s".formatted(office, (at.getYear() - 1911) % 100, call, base36(serial));
  }

  private static String base36(int number) {
    String text = Integer.toString(number, 36).toUpperCase(java.util.Locale.ROOT);
    return "0".repeat(Math.max(0, 4 - text.length())) + text;
  }
}
