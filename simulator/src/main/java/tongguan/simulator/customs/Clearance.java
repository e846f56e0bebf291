package tongguan.simulator.customs;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.trade.Party;
import tongguan.simulator.trade.Reasons;
import tongguan.simulator.wire.Journal;

/**
 * Declarations of one voyage on their way through customs. Shares by domain.md: C1 80 %, C2 12 %,
 * C3 8 %, half of it by X-ray.
 */
public final class Clearance {
  private static final List<String> CHANNELS = List.of("C1", "C2", "C3M", "C3X");

  private final Dice dice;
  private final Journal journal;
  private final String core;
  private final Answers answers;
  private final DeclarationNumbers numbers;
  private final Lodgement lodgement;
  private final Examination examination;
  private final Duty duty;

  public Clearance(
      Dice dice, Journal journal, String core, Answers answers, DeclarationNumbers numbers) {
    this.dice = dice;
    this.journal = journal;
    this.core = core;
    this.answers = answers;
    this.numbers = numbers;
    this.lodgement = new Lodgement(journal, core);
    this.examination = new Examination(dice, journal, core, answers);
    this.duty = new Duty(dice, journal, core, answers);
  }

  /**
   * A declaration that was, or will be, released.
   *
   * @param number the one it was released under, which is a later one where the first was refused
   */
  public record Released(String number, LocalDateTime at) {}

  /** Lodges and works the declaration; empty where the goods will never be released. */
  public Optional<Released> run(Declaration declared, LocalDateTime lodged) {
    Party.Broker broker = Party.broker(dice);
    lodgement.lodge(declared, broker, lodged, "original");
    answers.record(declared.number(), "lodged", lodged);
    LocalDateTime at = lodged.plusMinutes(dice.between(2, 20));
    if (dice.chance(0.012)) {
      answers.give(
          Answer.because(declared.number(), Step.REJECTED, at, "", Reasons.any(dice, "rejected")));
      remember("declaration", declared.number(), at, "不受理的報單", "declaration that was rejected");
      LocalDateTime anew = at.plusMinutes(dice.between(30, 600));
      return run(declared.under(numbers.next(dice, anew)), anew);
    }
    answers.give(Answer.plain(declared.number(), Step.ACCEPTED, at));
    at = at.plusMinutes(dice.between(1, 9));
    String channel = channel();
    answers.give(Answer.channel(declared.number(), at, channel));
    rememberChannel(declared, channel, at);
    if (dice.chance(0.003)) {
      LocalDateTime withdrawn = at.plusMinutes(dice.between(20, 300));
      lodgement.lodge(declared, broker, withdrawn, "cancel");
      return Optional.empty();
    }
    at = corrected(declared, broker, at);
    return worked(declared, channel, at);
  }

  private Optional<Released> worked(Declaration declared, String channel, LocalDateTime from) {
    LocalDateTime at = from;
    if (channel.equals("C2")) {
      at = documents(declared.number(), at);
    } else if (channel.startsWith("C3")) {
      Optional<LocalDateTime> examined = examination.run(declared, channel.endsWith("X"), at);
      if (examined.isEmpty()) {
        return Optional.empty();
      }
      at = examined.get();
    }
    at = held(declared.number(), at);
    if (declared.imported()) {
      at = duty.settle(declared, at);
    }
    return Optional.of(new Released(declared.number(), release(declared, at)));
  }

  /** The trader mends a line, by himself or because customs asks him to. */
  private LocalDateTime corrected(Declaration declared, Party.Broker broker, LocalDateTime from) {
    if (!dice.chance(0.02)) {
      return from;
    }
    LocalDateTime asked = from.plusMinutes(dice.between(10, 120));
    answers.give(
        Answer.because(
            declared.number(), Step.CORRECTION_ASKED, asked, "", Reasons.any(dice, "correction")));
    LocalDateTime mended = asked.plusMinutes(dice.between(30, 900));
    lodgement.lodge(declared, broker, mended, "change");
    LocalDateTime done = mended.plusMinutes(dice.between(5, 60));
    answers.give(Answer.plain(declared.number(), Step.CORRECTED, done));
    return done;
  }

  private LocalDateTime documents(String number, LocalDateTime from) {
    LocalDateTime asked = from.plusMinutes(dice.between(10, 90));
    if (dice.chance(0.4)) {
      Papers.ask(journal, core, dice, number, asked);
    }
    LocalDateTime reviewed = asked.plusMinutes(dice.between(60, 900));
    answers.give(Answer.plain(number, Step.DOCUMENTS_REVIEWED, reviewed));
    return reviewed;
  }

  private LocalDateTime held(String number, LocalDateTime from) {
    if (!dice.chance(0.015)) {
      return from;
    }
    LocalDateTime held = from.plusMinutes(dice.between(5, 60));
    String reference = "HD" + number.substring(4);
    answers.give(Answer.because(number, Step.HOLD, held, reference, Reasons.any(dice, "hold")));
    LocalDateTime lifted = held.plusMinutes(60 * dice.between(5, 120));
    answers.give(Answer.under(number, Step.HOLD_LIFTED, lifted, reference));
    if (!journal.hasHappened(lifted)) {
      remember("declaration", number, held, "管制中的報單", "declaration on hold now");
    }
    return lifted;
  }

  /** The notice of release; once in a thousand it is taken back and given again. */
  private LocalDateTime release(Declaration declared, LocalDateTime from) {
    LocalDateTime at = from.plusMinutes(dice.between(3, 45));
    notice(declared, at);
    if (dice.chance(0.001)) {
      LocalDateTime back = at.plusMinutes(dice.between(3, 15));
      answers.give(Answer.plain(declared.number(), Step.RELEASE_CANCELLED, back));
      at = back.plusMinutes(dice.between(60, 600));
      notice(declared, at);
    }
    return at;
  }

  private void notice(Declaration declared, LocalDateTime at) {
    answers.record(declared.number(), "released", at);
    journal.tell(
        journal
            .notice(declared.imported() ? "N5116" : "N5204", core, at)
            .put("declaration", declared.number())
            .putTexts("containers", declared.containers()));
  }

  private String channel() {
    int roll = dice.between(1, 100);
    return CHANNELS.get(roll <= 80 ? 0 : roll <= 92 ? 1 : roll <= 96 ? 2 : 3);
  }

  private void rememberChannel(Declaration declared, String channel, LocalDateTime at) {
    if (!declared.containers().isEmpty()) {
      remember(
          "container",
          declared.containers().getFirst(),
          at,
          "通關方式 " + channel + " 的貨櫃",
          "container in channel " + channel);
    }
  }

  private void remember(String kind, String key, LocalDateTime at, String zh, String en) {
    if (journal.hasHappened(at)) {
      journal.remember(kind, key, zh, en);
    }
  }
}
