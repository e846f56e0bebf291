package tongguan.simulator;

import java.time.ZonedDateTime;

/** What arrives now and then and must end in quarantine, with everything around it unharmed. */
final class Mess {
  private final Journal journal;
  private final Dice dice;

  Mess(Journal journal, Dice dice) {
    this.journal = journal;
    this.dice = dice;
  }

  void of(int call, SeaCall.Ship ship, String place, ZonedDateTime arrived) {
    ZonedDateTime at = arrived.plusHours(5);
    if (!journal.hasHappened(at)) {
      return;
    }
    switch (call % 40) {
      case 3 -> impossibleDate(ship, at);
      case 11 -> unknownStep(at);
      case 19 ->
          journal.writeBrokenNotice(
              "{\"kind\":\"N5116\",\"reference\":\"TWCUS-CUT-" + call + "\",\"sender\":");
      case 27 -> unreadableWeight(place, at);
      default -> {}
    }
  }

  private void impossibleDate(SeaCall.Ship ship, ZonedDateTime at) {
    Edifact out = new Edifact(Edifact.Manner.PLAIN, "KELE12", "X" + dice.digits(9), at, false);
    out.begin("CODECO", "95B")
        .segment("BGM", "36", "X" + dice.digits(9), "9")
        .moment("137", at)
        .segment(
            "TDT",
            "20",
            ship.voyageNumber(),
            "1",
            "",
            "",
            "",
            "",
            ship.imo() + ":146:11:" + ship.name())
        .segment("LOC", "165", "TWKEL:139:6", "E12:TER:ZZZ")
        .segment(
            "EQD", "CN", Numbers.container(dice.between(1, 900_000)), "22G1:102:5", "", "3", "5")
        .segment("DTM", "7:202613320999:203")
        .end();
    journal.writeBroken("CODECO", out);
  }

  private void unknownStep(ZonedDateTime at) {
    journal.writeBrokenNotice(
        journal
            .notice("declaration-reply", "TWCUS-KEL", at)
            .put("declaration", "AA  1599990001")
            .put("step", "teleported")
            .line());
  }

  private void unreadableWeight(String place, ZonedDateTime at) {
    journal.writeBrokenNotice(
        journal
            .notice("container-movement", "TWCUS-KEL", at)
            .put("container", Numbers.container(dice.between(1, 900_000)))
            .put("movement", "gate-in")
            .put("place", place)
            .put("grossKg", "heavy")
            .line());
  }
}
