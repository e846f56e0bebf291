package tongguan.simulator.port;

import java.time.LocalDateTime;

/**
 * One container at one moment; what does not apply is empty.
 *
 * @param terminal within the port: {@code E12}
 */
record Move(
    Kind kind,
    LocalDateTime at,
    Box box,
    String terminal,
    String bill,
    String declaration,
    String truck) {

  /** As reports name it: by BGM 1001 of COARRI and CODECO. */
  enum Kind {
    DISCHARGE("44"),
    LOAD("46"),
    GATE_IN("34"),
    GATE_OUT("36");

    final String document;

    Kind(String document) {
      this.document = document;
    }

    boolean atTheShip() {
      return this == DISCHARGE || this == LOAD;
    }
  }

  static Move atTheShip(Kind kind, LocalDateTime at, Box box, String terminal, String bill) {
    return new Move(kind, at, box, terminal, bill, "", "");
  }
}
