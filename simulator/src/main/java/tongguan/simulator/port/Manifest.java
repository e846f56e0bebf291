package tongguan.simulator.port;

import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tongguan.simulator.wire.Interchange;
import tongguan.simulator.wire.Journal;

/** CUSCAR: the line tells customs what a ship carries, and what has changed of it. */
final class Manifest {
  private final Journal journal;
  private final Call call;
  private int versions;

  Manifest(Journal journal, Call call) {
    this.journal = journal;
    this.call = call;
  }

  /**
   * Sends the bills.
   *
   * @param function 9 original, 4 change, 5 replacement of the whole, 3 deletion of what is listed
   */
  void state(String function, LocalDateTime at, List<Bill> bills) {
    versions++;
    Interchange out =
        new Interchange(
            call.carrierWrites(),
            call.carrierSystem(),
            "M" + call.registration() + 'V' + versions,
            at,
            true);
    write(out, function, at, bills);
    out.end();
    journal.send(out);
  }

  /** One message without its end. */
  void write(Interchange out, String function, LocalDateTime at, List<Bill> bills) {
    out.begin("CUSCAR", call.index() % 3 == 0 ? "16A" : "95B", "")
        .segment("BGM", "85", "MF" + call.registration(), function)
        .moment("137", at)
        .segment("RFF", "ATZ:" + call.registration())
        .segment("NAD", "MS", call.line() + ":172:20");
    call.transport(out);
    out.segment("LOC", "5", call.origin().locode() + ":139:6")
        .segment("LOC", "60", call.port().locode() + ":139:6")
        .segment("LOC", "165", call.port().locode() + ":139:6", call.terminal() + ":TER:ZZZ")
        .moment("133", call.departure())
        .moment("132", call.arrival().minusMinutes(30));
    Set<String> listed = new HashSet<>();
    for (Bill bill : bills) {
      for (Box box : bill.boxes()) {
        if (listed.add(box.number())) {
          equipment(out, box);
        }
      }
    }
    int line = 0;
    for (Bill bill : bills) {
      line++;
      consignment(out, bill, line);
    }
  }

  private static void equipment(Interchange out, Box box) {
    out.segment("EQD", "CN", box.number(), box.sizeType() + ":102:5", "", "3", "5")
        .weight("AAE", "G", box.grossKg() * 1000)
        .segment("SEL", box.seal(), "CA");
  }

  private void consignment(Interchange out, Bill bill, int line) {
    out.segment("CNI", String.valueOf(line)).segment("RFF", "BM:" + bill.master());
    if (bill.isHouse()) {
      out.segment("RFF", "BH:" + bill.house());
    }
    boolean chinese = call.carrierWrites().writesChinese() && line % 3 == 0;
    String name = chinese ? bill.consignee().zh() : bill.consignee().en();
    String goods = chinese ? bill.goods().zh() : bill.goods().en();
    out.segment("LOC", "9", call.origin().locode() + ":139:6")
        .segment("LOC", "11", call.port().locode() + ":139:6")
        .segment("NAD", "CZ", "", "", Interchange.free(bill.shipper()))
        .segment("NAD", "CN", bill.consignee().number(), "", Interchange.free(name));
    if (line % 4 == 0) {
      out.segment("NAD", "NI", "", "", Interchange.free(name));
    }
    out.segment("GID", "1", bill.packages() + ":CT")
        .segment("FTX", "AAA", "", "", Interchange.free(goods))
        .weight("AAE", "G", bill.grossKg() * 1000);
    int packagesEach = Math.max(1, bill.packages() / bill.boxes().size());
    for (Box box : bill.boxes()) {
      out.segment("SGP", box.number(), String.valueOf(packagesEach));
    }
    if (bill.goods().dangerous()) {
      out.segment("DGS", "IMD", bill.goods().hazardClass(), bill.goods().unNumber());
    }
  }
}
