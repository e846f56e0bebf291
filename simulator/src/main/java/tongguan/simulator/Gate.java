package tongguan.simulator;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a terminal reports of containers: discharge and load (COARRI), gate in and out (CODECO). */
final class Gate {
  private static final int PER_MESSAGE = 12;
  private static final int MESSAGES_PER_INTERCHANGE = 40;

  private final Journal journal;
  private final List<Move> moves = new ArrayList<>();

  Gate(Journal journal) {
    this.journal = journal;
  }

  /** One container at one moment. */
  record Move(
      String kind,
      ZonedDateTime at,
      String container,
      String sizeType,
      int grossKg,
      boolean full,
      String seal,
      String bill,
      @Nullable String declaration,
      @Nullable String truck) {}

  void report(Move move) {
    if (journal.hasHappened(move.at())) {
      moves.add(move);
    }
  }

  /** Writes all reports, several containers a message and several messages an interchange. */
  void write(SeaCall.Ship ship, String locode, String terminal, Dice dice, Edifact.Manner manner) {
    List<String> kinds = new ArrayList<>(List.of("discharge", "load", "gate-in", "gate-out"));
    if (dice.chance(0.1)) {
      kinds = kinds.reversed();
    }
    for (String kind : kinds) {
      List<Move> ofKind =
          moves.stream()
              .filter(move -> move.kind().equals(kind))
              .sorted(Comparator.comparing(Move::at))
              .toList();
      for (int at = 0; at < ofKind.size(); at += PER_MESSAGE * MESSAGES_PER_INTERCHANGE) {
        int end = Math.min(ofKind.size(), at + PER_MESSAGE * MESSAGES_PER_INTERCHANGE);
        interchange(kind, ofKind.subList(at, end), ship, locode, terminal, dice, manner);
      }
    }
    moves.clear();
  }

  private void interchange(
      String kind,
      List<Move> some,
      SeaCall.Ship ship,
      String locode,
      String terminal,
      Dice dice,
      Edifact.Manner manner) {
    boolean vessel = kind.equals("discharge") || kind.equals("load");
    String type = vessel ? "COARRI" : "CODECO";
    ZonedDateTime prepared = some.getLast().at().plusMinutes(5);
    Edifact interchange =
        new Edifact(
            manner,
            locode.substring(2) + terminal,
            type.charAt(2) + dice.digits(11),
            prepared,
            dice.chance(0.1));
    for (int at = 0; at < some.size(); at += PER_MESSAGE) {
      List<Move> group = some.subList(at, Math.min(some.size(), at + PER_MESSAGE));
      interchange.begin(type, vessel ? "95B" : "00B");
      header(interchange, kind, group, ship, locode, terminal, dice);
      group.forEach(move -> equipment(interchange, move));
      interchange.segment("CNT", "16:" + group.size()).end();
    }
    journal.write(type, interchange, dice.chance(0.02) ? 2 : 1);
  }

  private static void header(
      Edifact out,
      String kind,
      List<Move> group,
      SeaCall.Ship ship,
      String locode,
      String terminal,
      Dice dice) {
    String code =
        switch (kind) {
          case "discharge" -> "44";
          case "load" -> "46";
          case "gate-in" -> "34";
          default -> "36";
        };
    out.segment("BGM", code, "T" + dice.digits(12), "9");
    out.moment("137", group.getLast().at().plusMinutes(2));
    out.segment(
        "TDT",
        "20",
        ship.voyageNumber(),
        "1",
        "",
        ship.carrier() + ":172:20",
        "",
        "",
        ship.imo() + ":146:11:" + ship.name());
    out.segment(
        "LOC",
        kind.equals("load") ? "9" : kind.equals("discharge") ? "11" : "165",
        locode + ":139:6",
        terminal + ":TER:ZZZ");
    out.segment("NAD", "CF", ship.carrier() + ":160:20");
  }

  private static void equipment(Edifact out, Move move) {
    out.segment(
        "EQD",
        "CN",
        move.container(),
        move.sizeType() + ":102:5",
        "",
        "3",
        move.full() ? "5" : "4");
    out.segment("RFF", "BM:" + move.bill());
    String declaration = move.declaration();
    if (declaration != null) {
      out.segment("RFF", "ABT:" + Edifact.escaped(declaration));
    }
    out.moment(
        move.kind().equals("discharge") || move.kind().equals("load") ? "203" : "7", move.at());
    out.segment("MEA", "AAE", "VGM", "KGM:" + move.grossKg());
    out.segment("SEL", move.seal(), "CA");
    String truck = move.truck();
    if (truck != null) {
      out.segment("TDT", "1", "", "3", "", "", "", "", truck + ":146");
    }
  }
}
