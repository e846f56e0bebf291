package tongguan.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.exchange.MessageStore.Earlier;
import tongguan.exchange.Senders.Trust;
import tongguan.exchange.message.Arrival;

/**
 * Takes the messages of a transmission: stores a batch and commits it, then applies it, then the
 * next. What is stored and not applied when the process dies is found by {@link Backlog}.
 */
final class Intake {
  /** As many as one transaction applies: enough to make statements cheap, few enough to hold. */
  private static final int BATCH_MESSAGES = 1000;

  private static final int BATCH_BYTES = 2 * 1024 * 1024;

  private final Database database;
  private final Ids ids;
  private final Applying applying;

  Intake(Database database, Ids ids, Applying applying) {
    this.database = database;
    this.ids = ids;
    this.applying = applying;
  }

  /** One verdict for each arrival, in their order, under the id by which it is to be found. */
  List<Verdict> take(Trust trust, UUID transmission, List<Arrival> arrivals) {
    List<Verdict> verdicts = new ArrayList<>(arrivals.size());
    int position = 1;
    List<Piece> batch = new ArrayList<>();
    int bytes = 0;
    for (Arrival arrival : arrivals) {
      batch.add(piece(trust, arrival, position++));
      bytes += arrival.raw().length;
      if (batch.size() == BATCH_MESSAGES || bytes >= BATCH_BYTES) {
        verdicts.addAll(takeBatch(trust, transmission, batch));
        batch = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!batch.isEmpty()) {
      verdicts.addAll(takeBatch(trust, transmission, batch));
    }
    return verdicts;
  }

  private Piece piece(Trust trust, Arrival arrival, int position) {
    return new Piece(
        arrival,
        ids.next(),
        position,
        trust.sourceOf(arrival),
        Credential.sha256(arrival.identity()));
  }

  private List<Verdict> takeBatch(Trust trust, UUID transmission, List<Piece> pieces) {
    Map<UUID, Earlier> earlier = store(trust, transmission, pieces);
    Map<UUID, Piece> open = new HashMap<>();
    for (Piece piece : pieces) {
      Earlier before = earlier.get(piece.id());
      if (before == null) {
        open.put(piece.id(), piece);
      } else if (before.outcome() != Outcome.APPLIED) {
        // Sent again because it was quarantined, or because its first reply never came: tried anew.
        open.putIfAbsent(
            before.message(),
            new Piece(
                piece.arrival(), before.message(), piece.position(), piece.source(), piece.hash()));
      }
    }
    Map<UUID, Verdict> verdicts = applying.apply(trust, List.copyOf(open.values()));
    return pieces.stream().map(piece -> verdict(piece, earlier.get(piece.id()), verdicts)).toList();
  }

  private static Verdict verdict(
      Piece piece, @Nullable Earlier earlier, Map<UUID, Verdict> verdicts) {
    if (earlier == null) {
      return verdicts.getOrDefault(piece.id(), Verdict.of(piece.id(), Outcome.RECEIVED));
    }
    Verdict now =
        verdicts.getOrDefault(earlier.message(), Verdict.of(earlier.message(), Outcome.KNOWN));
    boolean applied = now.outcome() == Outcome.APPLIED;
    // Applied now though it waited in quarantine is news; applied while its first sender still
    // waits for the answer is that sender's news.
    return applied && earlier.outcome() != Outcome.QUARANTINED
        ? Verdict.of(earlier.message(), Outcome.KNOWN)
        : now;
  }

  /** Stores raw messages and commits. Gives those that were stored before. */
  private Map<UUID, Earlier> store(Trust trust, UUID transmission, List<Piece> pieces) {
    return database.inTransaction(transaction -> {
      MessageStore messages = new MessageStore(transaction);
      Set<UUID> first = messages.firstSeen(pieces);
      String carrier = trust.carrier().id();
      List<Piece> fresh = pieces.stream().filter(piece -> first.contains(piece.id())).toList();
      messages.insert(transmission, carrier, fresh, Map.of());
      if (fresh.size() == pieces.size()) {
        return Map.of();
      }
      List<Piece> again = pieces.stream().filter(piece -> !first.contains(piece.id())).toList();
      Map<UUID, Earlier> earlier = messages.earlier(again);
      messages.insert(transmission, carrier, again, earlier);
      return earlier;
    });
  }
}
