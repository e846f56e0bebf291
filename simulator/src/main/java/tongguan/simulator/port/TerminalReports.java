package tongguan.simulator.port;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.wire.Interchange;
import tongguan.simulator.wire.Journal;

/** What a terminal reports of containers: at the ship (COARRI) and at the gate (CODECO). */
final class TerminalReports {
  private static final int CONTAINERS_PER_MESSAGE = 12;
  private static final int MESSAGES_PER_INTERCHANGE = 40;
  private static final List<String> DIRECTORIES = List.of("95B", "98B", "00B", "16A", "21B");

  private final Journal journal;
  private final Call call;
  private final Map<Move.Kind, List<Move>> moves = new EnumMap<>(Move.Kind.class);
  private int interchanges;
  private int documents;

  TerminalReports(Journal journal, Call call) {
    this.journal = journal;
    this.call = call;
  }

  void note(Move move) {
    if (journal.hasHappened(move.at())) {
      moves.computeIfAbsent(move.kind(), any -> new ArrayList<>()).add(move);
    }
  }

  /** Sends all reports, several containers a message and several messages an interchange. */
  void send(Dice dice) {
    moves.forEach((kind, ofKind) -> {
      Map<String, List<Move>> byTerminal = new TreeMap<>();
      ofKind.sort(Comparator.comparing(Move::at));
      for (Move move : ofKind) {
        byTerminal.computeIfAbsent(move.terminal(), any -> new ArrayList<>()).add(move);
      }
      byTerminal.forEach((terminal, some) -> send(kind, terminal, some, dice));
    });
    moves.clear();
  }

  private void send(Move.Kind kind, String terminal, List<Move> some, Dice dice) {
    int perInterchange = CONTAINERS_PER_MESSAGE * MESSAGES_PER_INTERCHANGE;
    for (int from = 0; from < some.size(); from += perInterchange) {
      List<Move> part = some.subList(from, Math.min(some.size(), from + perInterchange));
      interchange(kind, terminal, part, dice);
    }
  }

  private void interchange(Move.Kind kind, String terminal, List<Move> some, Dice dice) {
    interchanges++;
    Interchange out =
        new Interchange(
            call.terminalWrites(),
            call.port().locode().substring(2) + terminal,
            kind.name().charAt(0) + call.registration() + 'N' + interchanges,
            some.getLast().at(),
            dice.chance(0.1));
    String directory = DIRECTORIES.get(call.index() % DIRECTORIES.size());
    for (int from = 0; from < some.size(); from += CONTAINERS_PER_MESSAGE) {
      List<Move> group = some.subList(from, Math.min(some.size(), from + CONTAINERS_PER_MESSAGE));
      header(out, kind, terminal, group, directory);
      group.forEach(move -> equipment(out, move));
      out.segment("CNT", "16:" + group.size()).end();
    }
    journal.send(out);
  }

  private void header(
      Interchange out, Move.Kind kind, String terminal, List<Move> group, String directory) {
    documents++;
    String type = kind.atTheShip() ? "COARRI" : "CODECO";
    out.begin(type, directory, kind.atTheShip() ? "SMDG12" : "ITG14")
        .segment("BGM", kind.document, "T" + call.registration() + 'D' + documents, "9")
        .moment("137", group.getLast().at());
    call.transport(out);
    String place =
        switch (kind) {
          case DISCHARGE -> "11";
          case LOAD -> "9";
          case GATE_IN, GATE_OUT -> "165";
        };
    out.segment("LOC", place, call.port().locode() + ":139:6", terminal + ":TER:ZZZ")
        .segment("NAD", "CF", call.line() + ":160:20");
  }

  private static void equipment(Interchange out, Move move) {
    Box box = move.box();
    out.segment(
        "EQD", "CN", box.number(), box.sizeType() + ":102:5", "", "3", box.isEmpty() ? "4" : "5");
    if (!move.bill().isEmpty()) {
      out.segment("RFF", "BM:" + move.bill());
    }
    if (!move.declaration().isEmpty()) {
      out.segment("RFF", "ABT:" + Interchange.free(move.declaration()));
    }
    out.moment(move.kind().atTheShip() ? "203" : "7", move.at())
        .weight("AAE", "VGM", box.grossKg() * 1000);
    if (!box.seal().isEmpty()) {
      out.segment("SEL", box.seal(), "CA");
    }
    if (!move.truck().isEmpty()) {
      out.segment("TDT", "1", "", "3", "", "", "", "", move.truck() + ":146");
    }
  }
}
