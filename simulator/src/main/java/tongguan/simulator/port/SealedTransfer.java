package tongguan.simulator.port;

import java.time.LocalDateTime;
import java.util.List;
import tongguan.simulator.wire.Journal;
import tongguan.simulator.wire.Notice;

/**
 * A box that moves under customs' seal: to another terminal, to a container freight station, to
 * bonded premises. Customs' own system tells of it (container movement notices).
 */
final class SealedTransfer {
  private final Journal journal;
  private final Call call;
  private int seals;

  SealedTransfer(Journal journal, Call call) {
    this.journal = journal;
    this.call = call;
  }

  /**
   * Sealed, moved and opened at its end; returns when it is there.
   *
   * @param from and {@code to} as places are named
   * @param declaration that it moves under, or empty
   */
  LocalDateTime run(
      Box box,
      String bill,
      String declaration,
      String from,
      String to,
      LocalDateTime at,
      int minutes) {
    seals++;
    String seal = "ES" + call.registration() + seals;
    LocalDateTime there = at.plusMinutes(minutes);
    journal.tell(notice("seal", box, bill, declaration, from, at.minusMinutes(6), seal));
    journal.tell(
        notice("transfer", box, bill, declaration, from, at, seal)
            .put("placeTo", to)
            .put("truck", "KLG-" + (1000 + (seals * 7 + call.index()) % 9000)));
    journal.tell(notice("unseal", box, bill, declaration, to, there, seal));
    if (journal.hasHappened(at)) {
      journal.remember("seal", seal, "電子封條", "electronic seal of a bonded move");
    }
    return there;
  }

  private Notice notice(
      String movement,
      Box box,
      String bill,
      String declaration,
      String place,
      LocalDateTime at,
      String seal) {
    Notice notice =
        journal
            .notice("container-movement", call.port().core(), at)
            .put("container", box.number())
            .put("movement", movement)
            .put("place", place)
            .put("sizeType", box.sizeType())
            .put("full", !box.isEmpty())
            .put("grossKg", box.grossKg())
            .putTexts("seals", List.of(seal))
            .put("voyage", call.asVoyage())
            .put("bill", Notice.object().put("master", bill));
    return declaration.isEmpty() ? notice : notice.put("declaration", declaration);
  }
}
