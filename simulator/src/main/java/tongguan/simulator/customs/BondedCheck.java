package tongguan.simulator.customs;

import java.time.LocalDateTime;
import java.util.List;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.trade.Goods;
import tongguan.simulator.trade.Premises;
import tongguan.simulator.wire.Journal;
import tongguan.simulator.wire.Notice;

/** An audit of bonded premises (保稅查核): planned first, then goods counted against the books. */
public final class BondedCheck {
  private final Dice dice;
  private final Journal journal;
  private final String core;

  public BondedCheck(Dice dice, Journal journal, String core) {
    this.dice = dice;
    this.journal = journal;
    this.core = core;
  }

  /**
   * @param number of the check
   * @param goods that came in under the declaration
   */
  public void run(
      String number,
      Premises premises,
      String declaration,
      List<String> containers,
      Goods goods,
      int pieces,
      LocalDateTime planned) {
    if (!journal.hasHappened(planned)) {
      return;
    }
    tell(number, premises, declaration, containers, "planned", List.of(), planned);
    LocalDateTime counted = planned.plusHours(dice.between(20, 90));
    boolean conform = dice.chance(0.8);
    int found = conform ? pieces : pieces - Math.max(1, pieces * dice.between(1, 6) / 100);
    Notice item =
        Notice.object()
            .put("description", goods.zh() + ' ' + goods.en())
            .put("unit", goods.unit())
            .put("bookQuantity", pieces)
            .put("countedQuantity", found);
    tell(
        number,
        premises,
        declaration,
        containers,
        conform ? "conform" : "discrepancy",
        List.of(item),
        counted);
    journal.remember("bonded-check", number, "保稅查核", "bonded check");
  }

  private void tell(
      String number,
      Premises premises,
      String declaration,
      List<String> containers,
      String result,
      List<Notice> items,
      LocalDateTime at) {
    journal.tell(
        journal
            .notice("bonded-check", core, at)
            .put("check", number)
            .put(
                "premises",
                Notice.object()
                    .put("number", premises.number())
                    .put("name", premises.name())
                    .put("kind", premises.kind()))
            .put("companyNumber", premises.company().number())
            .put("result", result)
            .putTexts("declarations", List.of(declaration))
            .putTexts("containers", containers)
            .putObjects("items", items));
  }
}
