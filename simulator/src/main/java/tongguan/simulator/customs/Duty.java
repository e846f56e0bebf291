package tongguan.simulator.customs;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.wire.Journal;
import tongguan.simulator.wire.Notice;

/** Goods valued, duty assessed (N5110), then paid or guaranteed. */
final class Duty {
  private static final int TWD_PER_HUNDRED_USD = 3_150;
  private static final List<Integer> RATES_PER_THOUSAND = List.of(0, 0, 15, 25, 50, 75, 100, 175);

  private final Dice dice;
  private final Journal journal;
  private final String core;
  private final Answers answers;

  Duty(Dice dice, Journal journal, String core, Answers answers) {
    this.dice = dice;
    this.journal = journal;
    this.core = core;
    this.answers = answers;
  }

  /** When nothing was owed any more. Bonded goods owe nothing yet. */
  LocalDateTime settle(Declaration declared, LocalDateTime from) {
    LocalDateTime valued = from.plusMinutes(dice.between(5, 90));
    answers.give(Answer.plain(declared.number(), Step.VALUED, valued));
    if (!declared.kind().startsWith("G") && !declared.kind().startsWith("X")) {
      return valued;
    }
    LocalDateTime assessed = valued.plusMinutes(dice.between(5, 90));
    String memo = "M" + declared.number().substring(0, 2) + declared.number().substring(4);
    long total = assess(declared, memo, assessed);
    answers.record(declared.number(), "duty-assessed", assessed);
    LocalDateTime settled = assessed.plusMinutes(dice.between(20, 1400));
    Step step = dice.chance(0.1) ? Step.GUARANTEED : Step.DUTY_PAID;
    answers.give(Answer.settled(declared.number(), step, settled, "R" + memo.substring(1), total));
    if (journal.hasHappened(assessed) && !journal.hasHappened(settled)) {
      journal.remember("declaration", declared.number(), "待繳稅的報單", "declaration waiting for duty");
    }
    return settled;
  }

  private long assess(Declaration declared, String memo, LocalDateTime at) {
    long value = declared.cents() * TWD_PER_HUNDRED_USD / 10_000;
    long customs = value * dice.oneOf(RATES_PER_THOUSAND) / 1000;
    long promotion = value * 4 / 10_000;
    long vat = (value + customs) * 5 / 100;
    List<Notice> amounts = new ArrayList<>();
    amounts.add(amount("duty", customs));
    amounts.add(amount("trade-promotion", promotion));
    amounts.add(amount("vat", vat));
    long total = customs + promotion + vat;
    journal.tell(
        journal
            .notice("N5110", core, at)
            .put("declaration", declared.number())
            .put("memo", memo)
            .putObjects("amounts", amounts)
            .put("total", total)
            .put("currency", "TWD")
            .put("due", at.plusDays(14)));
    return total;
  }

  private static Notice amount(String tax, long dollars) {
    return Notice.object().put("tax", tax).put("amount", dollars);
  }
}
