package tongguan.exchange;

import java.util.UUID;
import tongguan.exchange.message.Arrival;

/**
 * A message on its way from the wire to the record.
 *
 * @param id under which it is stored, made here
 * @param source in whose name it speaks
 * @param hash of its identity
 */
record Piece(Arrival arrival, UUID id, int position, String source, byte[] hash) {

  /** What it calls itself, for rules that need a word. */
  String kind() {
    return arrival.kind() == null ? "" : arrival.kind();
  }
}
