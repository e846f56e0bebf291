package tongguan.simulator.port;

import java.time.LocalDateTime;
import java.util.List;
import tongguan.simulator.wire.Journal;
import tongguan.simulator.wire.Notice;

/** Permission to unload (卸貨准單): the whole ship, or a part of it and the rest later. */
final class DischargePermit {
  private final Journal journal;
  private final Call call;
  private int permits;

  DischargePermit(Journal journal, Call call) {
    this.journal = journal;
    this.call = call;
  }

  void wholeShip(LocalDateTime at) {
    journal.tell(permit(at, "all"));
  }

  void part(LocalDateTime at, List<String> containers) {
    if (!containers.isEmpty()) {
      journal.tell(permit(at, "part").putTexts("containers", containers));
    }
  }

  private Notice permit(LocalDateTime at, String scope) {
    permits++;
    String number = "DP" + call.registration() + "-" + permits;
    if (journal.hasHappened(at)) {
      String zh = scope.equals("all") ? "卸貨准單" : "部分卸貨准單";
      String en = scope.equals("all") ? "discharge permit" : "discharge permit for a part";
      journal.remember("permit", number, zh, en);
    }
    Notice notice =
        journal
            .notice("discharge-permit", call.port().core(), at)
            .put("permit", number)
            .put("voyage", call.asVoyage())
            .put("office", call.port().offices().getFirst())
            .put("terminal", call.terminalCode())
            .put("validUntil", call.arrival().plusDays(7))
            .put("scope", scope);
    return at.isAfter(call.arrival()) ? notice.put("arrivedAt", call.arrival()) : notice;
  }
}
