package tongguan.simulator.port;

import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one ship leaves for another at each port: empty boxes to be stuffed for export, boxes in
 * transshipment, and boxes that a bill still waits for. Bounded: what does not fit is simply never
 * seen again.
 */
public final class Yard {
  private static final int ROOM = 2_000;

  private final Map<String, Deque<Parked>> empties = new HashMap<>();
  private final Map<String, Deque<Parked>> transit = new HashMap<>();
  private final Map<String, Deque<Bill>> awaited = new HashMap<>();

  /**
   * A box that stands at a terminal.
   *
   * @param bill that it moves under, empty for an empty box
   */
  record Parked(Box box, String bill, String terminal, LocalDateTime since) {}

  void parkEmpty(String locode, Parked parked) {
    park(empties, locode, parked);
  }

  void parkTransit(String locode, Parked parked) {
    park(transit, locode, parked);
  }

  /** Boxes of a bill that were left behind abroad and come with a later ship of the line. */
  void leaveBehind(String line, Bill rest) {
    Deque<Bill> waiting = awaited.computeIfAbsent(line, any -> new ArrayDeque<>());
    if (waiting.size() < ROOM) {
      waiting.add(rest);
    }
  }

  /** An empty box that has stood there since before that moment. */
  Optional<Parked> takeEmpty(String locode, LocalDateTime by) {
    return take(empties, locode, by);
  }

  /** All boxes in transshipment that can go with a ship that loads at that moment. */
  List<Parked> takeTransit(String locode, LocalDateTime by, int most) {
    List<Parked> taken = new ArrayList<>();
    while (taken.size() < most) {
      Optional<Parked> next = take(transit, locode, by);
      if (next.isEmpty()) {
        break;
      }
      taken.add(next.get());
    }
    return taken;
  }

  List<Bill> takeAwaited(String line) {
    Deque<Bill> waiting = awaited.remove(line);
    return waiting == null ? List.of() : List.copyOf(waiting);
  }

  private static void park(Map<String, Deque<Parked>> where, String locode, Parked parked) {
    Deque<Parked> rows = where.computeIfAbsent(locode, any -> new ArrayDeque<>());
    if (rows.size() < ROOM) {
      rows.add(parked);
    }
  }

  private static Optional<Parked> take(
      Map<String, Deque<Parked>> where, String locode, LocalDateTime by) {
    Deque<Parked> rows = where.get(locode);
    if (rows == null || rows.isEmpty() || rows.peekFirst().since().isAfter(by)) {
      return Optional.empty();
    }
    return Optional.of(rows.removeFirst());
  }
}
