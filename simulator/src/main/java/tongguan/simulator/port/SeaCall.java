package tongguan.simulator.port;

import java.time.LocalDateTime;
import tongguan.simulator.customs.Answers;
import tongguan.simulator.customs.Clearance;
import tongguan.simulator.customs.DeclarationNumbers;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.wire.Journal;

/**
 * One call of a container ship from its announcement to the last box through the gate: what it
 * brings, what it takes, and what becomes of both in customs.
 */
public final class SeaCall {
  private static final int INBOUND_OF_FOUR = 3;

  private final Journal journal;
  private final Dice dice;
  private final Call call;
  private final TerminalReports reports;
  private final Answers answers;
  private final Inbound inbound;
  private final Outbound outbound;
  private final BrokenMessages broken;

  public SeaCall(Journal journal, Yard yard, Serials serials, Dice dice, Call call) {
    this.journal = journal;
    this.dice = dice;
    this.call = call;
    this.reports = new TerminalReports(journal, call);
    String core = call.port().core();
    this.answers = new Answers(journal, "sea", core, "C" + call.registration() + 'N');
    DeclarationNumbers numbers =
        new DeclarationNumbers(call.port().offices(), call.registration().substring(2));
    Clearance clearance = new Clearance(dice, journal, core, answers, numbers);
    Lading lading = new Lading(dice, call.line(), serials);
    SealedTransfer transfer = new SealedTransfer(journal, call);
    this.inbound =
        new Inbound(journal, dice, call, yard, lading, reports, clearance, numbers, transfer);
    this.outbound =
        new Outbound(journal, dice, call, yard, lading, reports, clearance, numbers, transfer);
    this.broken = new BrokenMessages(journal, dice, call, serials);
  }

  /** Brings and takes about so many containers, and tells all that has happened of it. */
  public void sail(int containers) {
    int arriving = Math.max(1, containers * INBOUND_OF_FOUR / 4);
    LocalDateTime announced = call.arrival().minusHours(dice.between(18, 60));
    if (!journal.hasHappened(announced)) {
      return;
    }
    boolean here = journal.hasHappened(call.arrival());
    journal.remember(
        "voyage",
        call.key(),
        here ? "已到港航次" : "即將到港航次",
        here ? "voyage that has arrived" : "voyage that is expected");
    inbound.announce(arriving, announced);
    inbound.land();
    outbound.take(containers - arriving);
    reports.send(dice);
    answers.write(dice);
    broken.send();
  }
}
