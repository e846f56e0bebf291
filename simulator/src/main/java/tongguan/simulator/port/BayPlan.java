package tongguan.simulator.port;

import java.time.LocalDateTime;
import java.util.List;
import tongguan.simulator.trade.Numbers;
import tongguan.simulator.wire.Interchange;
import tongguan.simulator.wire.Journal;

/** BAPLIE: where each box stands on board, in SMDG's older (2.2) or newer (3.1) form. */
final class BayPlan {
  private static final int ROWS = 12;
  private static final int TIERS = 15;

  private BayPlan() {}

  static void send(Journal journal, Call call, LocalDateTime at, List<Bill> masters) {
    boolean newer = call.index() % 3 == 1;
    Interchange out =
        new Interchange(
            call.carrierWrites(), call.carrierSystem(), "B" + call.registration(), at, false);
    out.begin("BAPLIE", newer ? "13B" : "95B", newer ? "SMDG31" : "SMDG22")
        .segment("BGM", "", "BP" + call.registration(), "9")
        .moment("137", at);
    call.transport(out);
    out.segment("LOC", "5", call.origin().locode() + ":139:6")
        .segment("LOC", "61", call.port().locode() + ":139:6")
        .moment("132", call.arrival())
        .segment("RFF", "VON:" + call.voyageNumber());
    int slot = 0;
    for (Bill master : masters) {
      for (Box box : master.boxes()) {
        if (newer) {
          newer(out, call, cell(slot), box);
        } else {
          older(out, call, cell(slot), box);
        }
        slot++;
      }
    }
    out.end();
    journal.send(out);
  }

  private static void older(Interchange out, Call call, String cell, Box box) {
    out.segment("LOC", "147", cell + "::5")
        .weight("WT", "", box.grossKg() * 1000)
        .segment("LOC", "9", call.origin().locode() + ":139:6")
        .segment("LOC", "11", call.port().locode() + ":139:6")
        .segment("RFF", "BM:1")
        .segment("EQD", "CN", box.number(), box.sizeType(), "", "", "5")
        .segment("NAD", "CA", call.line() + ":172:20");
  }

  private static void newer(Interchange out, Call call, String cell, Box box) {
    out.segment("LOC", "147", cell + ":9711:5")
        .segment("EQD", "CN", box.number() + ":6346:5", box.sizeType() + ":6346:5", "", "", "5")
        .weight("AAE", "VGM", box.grossKg() * 1000)
        .segment("LOC", "9", call.origin().locode() + ":139:6")
        .segment("LOC", "11", call.port().locode() + ":139:6");
  }

  /** Bay, row and tier (ISO 9711): 0120482. */
  private static String cell(int slot) {
    int bay = 1 + slot / (ROWS * TIERS) * 2;
    int row = slot / ROWS % TIERS;
    int tier = 72 + slot % ROWS * 2;
    return Numbers.padded(bay, 3) + Numbers.padded(row, 2) + Numbers.padded(tier, 2);
  }
}
