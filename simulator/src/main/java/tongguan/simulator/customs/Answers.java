package tongguan.simulator.customs;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.wire.Interchange;
import tongguan.simulator.wire.Journal;
import tongguan.simulator.wire.Manner;
import tongguan.simulator.wire.Notice;

/**
 * The answers of a district's clearance system: two districts answer in JSON, message by message,
 * the two others in CUSRES, gathered into interchanges.
 */
public final class Answers {
  private static final int MESSAGES_PER_INTERCHANGE = 250;

  private final Journal journal;
  private final String system;
  private final String core;
  private final boolean inEdifact;
  private final boolean newDirectory;
  private final String prefix;
  private final List<Answer> gathered = new ArrayList<>();

  /**
   * @param system of the way that the goods come or go: sea or air
   * @param prefix makes the references of this voyage's interchanges unique
   */
  public Answers(Journal journal, String system, String core, String prefix) {
    this.journal = journal;
    this.system = system;
    this.core = core;
    this.prefix = prefix;
    this.newDirectory = core.endsWith("TAIC");
    this.inEdifact = newDirectory || core.endsWith("KAOH");
  }

  void give(Answer answer) {
    record(answer.declaration(), answer.step().json, answer.at());
    if (!journal.hasHappened(answer.at())) {
      return;
    }
    if (inEdifact) {
      gathered.add(answer);
    } else {
      tell(answer);
    }
  }

  /** A step that is told by a message of its own kind, for customs' own books. */
  void record(String declaration, String step, LocalDateTime at) {
    journal.record(system, declaration, step, at);
  }

  private void tell(Answer answer) {
    String reason = answer.code().isEmpty() ? "" : answer.code() + ' ' + answer.reason();
    Notice notice =
        journal
            .notice("declaration-reply", core, answer.at())
            .put("declaration", answer.declaration())
            .put("step", answer.step().json)
            .put("channel", answer.channel())
            .put("reference", answer.reference())
            .put("reason", reason);
    if (answer.dollars() > 0) {
      notice.put("amount", answer.dollars()).put("currency", "TWD");
    }
    journal.tell(notice);
  }

  /** Sends what was gathered, in the order of its times. */
  public void write(Dice dice) {
    gathered.sort(Comparator.comparing(Answer::at));
    for (int from = 0; from < gathered.size(); from += MESSAGES_PER_INTERCHANGE) {
      int to = Math.min(gathered.size(), from + MESSAGES_PER_INTERCHANGE);
      List<Answer> some = gathered.subList(from, to);
      LocalDateTime last = some.getLast().at();
      Manner manner = newDirectory ? Manner.LINES : Manner.PLAIN;
      Interchange interchange =
          new Interchange(manner, core, prefix + from / MESSAGES_PER_INTERCHANGE, last, false);
      some.forEach(answer -> response(interchange, answer));
      journal.send(interchange);
    }
    gathered.clear();
  }

  private void response(Interchange out, Answer answer) {
    String indicator = answer.step().indicator(answer.channel());
    out.begin("CUSRES", newDirectory ? "00B" : "95B", "")
        .segment("BGM", "962", Interchange.free(answer.declaration()), "9")
        .moment("9", answer.at());
    if (newDirectory) {
      out.segment("GEI", "6", indicator);
    } else {
      out.segment("GIS", indicator);
    }
    boolean refused = answer.step() == Step.REJECTED;
    if (!answer.reason().isEmpty() && !refused) {
      out.segment("FTX", "AAO", "", "", Interchange.free(answer.code() + ' ' + answer.reason()));
    }
    out.segment("RFF", "ABT:" + Interchange.free(answer.declaration()));
    if (!answer.reference().isEmpty()) {
      out.segment("RFF", "ACD:" + answer.reference());
    }
    if (answer.dollars() > 0) {
      out.segment("MOA", "9:" + answer.dollars() + ":TWD");
    }
    if (refused) {
      out.segment("ERP", "2:32")
          .segment("ERC", answer.code() + "::ZZZ")
          .segment("FTX", "AAO", "", "", Interchange.free(answer.reason()));
    }
    out.end();
  }
}
