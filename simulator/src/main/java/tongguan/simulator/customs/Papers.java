package tongguan.simulator.customs;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.trade.Reasons;
import tongguan.simulator.wire.Journal;
import tongguan.simulator.wire.Notice;

/** N5107: which papers customs still wants to see. */
final class Papers {
  private Papers() {}

  static void ask(Journal journal, String core, Dice dice, String number, LocalDateTime at) {
    Set<Reasons.Reason> wanted = new LinkedHashSet<>();
    int count = dice.between(1, 3);
    for (int i = 0; i < count; i++) {
      wanted.add(Reasons.any(dice, "missing"));
    }
    List<Notice> missing = new ArrayList<>();
    wanted.forEach(
        paper -> missing.add(Notice.object().put("code", paper.code()).put("text", paper.text())));
    journal.tell(
        journal
            .notice("N5107", core, at)
            .put("declaration", number)
            .putObjects("missing", missing)
            .put("due", at.plusDays(14)));
  }
}
