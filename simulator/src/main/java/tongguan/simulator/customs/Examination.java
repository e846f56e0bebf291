package tongguan.simulator.customs;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.trade.Reasons;
import tongguan.simulator.wire.Journal;
import tongguan.simulator.wire.Notice;

/**
 * Goods X-rayed or opened. An X-ray that shows something leads to an examination by hand; what is
 * found there is at times seized or sent back.
 */
final class Examination {
  private final Dice dice;
  private final Journal journal;
  private final String core;
  private final Answers answers;

  Examination(Dice dice, Journal journal, String core, Answers answers) {
    this.dice = dice;
    this.journal = journal;
    this.core = core;
    this.answers = answers;
  }

  /** When the goods were found to be in order; empty where they were seized or returned. */
  Optional<LocalDateTime> run(Declaration declared, boolean xray, LocalDateTime from) {
    String number = declared.number();
    LocalDateTime assigned = from.plusMinutes(dice.between(20, 240));
    answers.give(Answer.plain(number, Step.EXAMINATION_ASSIGNED, assigned));
    LocalDateTime at = assigned;
    if (xray) {
      record(declared, 'X', at, "assigned", Optional.empty());
      at = at.plusMinutes(dice.between(60, 700));
      boolean more = dice.chance(0.12);
      record(declared, 'X', at, more ? "more" : "conform", Optional.empty());
      if (!more) {
        return Optional.of(examined(number, at));
      }
      at = at.plusMinutes(dice.between(10, 90));
    }
    return byHand(declared, at);
  }

  private Optional<LocalDateTime> byHand(Declaration declared, LocalDateTime assigned) {
    record(declared, 'M', assigned, "assigned", Optional.empty());
    LocalDateTime done = assigned.plusMinutes(dice.between(90, 1500));
    if (!journal.hasHappened(done) && journal.hasHappened(assigned)) {
      journal.remember(
          "declaration", declared.number(), "待驗貨的報單", "declaration waiting for examination");
    }
    if (!dice.chance(0.12)) {
      record(declared, 'M', done, "conform", Optional.empty());
      return Optional.of(examined(declared.number(), done));
    }
    if (dice.chance(0.15)) {
      Reasons.Reason crime = Reasons.any(dice, "seized");
      record(declared, 'M', done, "seized", Optional.of(crime));
      return gone(declared.number(), Step.SEIZED, done, crime);
    }
    Reasons.Reason found = Reasons.any(dice, "discrepancy");
    record(declared, 'M', done, "discrepancy", Optional.of(found));
    if (dice.chance(0.15)) {
      return gone(declared.number(), Step.RETURNED, done, found);
    }
    return Optional.of(examined(declared.number(), done));
  }

  private Optional<LocalDateTime> gone(
      String number, Step step, LocalDateTime done, Reasons.Reason reason) {
    LocalDateTime at = done.plusMinutes(30);
    answers.give(Answer.plain(number, Step.EXAMINED, done.plusMinutes(1)));
    answers.give(Answer.because(number, step, at, "", reason));
    if (journal.hasHappened(at)) {
      journal.remember(
          "declaration",
          number,
          step == Step.SEIZED ? "貨物扣押的報單" : "退運的報單",
          "declaration whose goods were " + step.json);
    }
    return Optional.empty();
  }

  private LocalDateTime examined(String number, LocalDateTime done) {
    LocalDateTime at = done.plusMinutes(1);
    answers.give(Answer.plain(number, Step.EXAMINED, at));
    return at;
  }

  private void record(
      Declaration declared,
      char method,
      LocalDateTime at,
      String result,
      Optional<Reasons.Reason> found) {
    String number = declared.number();
    if (journal.hasHappened(at)) {
      journal.recordMethod(number, String.valueOf(method));
    }
    String key = "E" + method + number.substring(0, 2) + number.substring(4);
    Notice notice =
        journal
            .notice("examination", core, at)
            .put("examination", key)
            .put("declaration", number)
            .putTexts("containers", declared.containers())
            .put("method", String.valueOf(method))
            .put("office", declared.office())
            .put("result", result);
    found.ifPresent(finding -> {
      notice
          .put("packagesOpened", 1 + Math.min(24, declared.packages() / 20))
          .putObjects("findings", List.of(finding(finding)))
          .put("remark", "開箱後拍照存證 photographs taken");
      if (journal.hasHappened(at)) {
        journal.remember("examination", key, "有異狀的查驗", "examination that found something");
      }
    });
    journal.tell(notice);
  }

  private static Notice finding(Reasons.Reason reason) {
    return Notice.object().put("code", reason.code()).put("text", reason.text()).put("line", 1);
  }
}
