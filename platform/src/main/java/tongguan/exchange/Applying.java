package tongguan.exchange;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.database.SqlFailure;
import tongguan.exchange.Senders.Trust;
import tongguan.exchange.message.Origin;
import tongguan.exchange.message.Reading;
import tongguan.exchange.message.Rejection;
import tongguan.record.Record;

/**
 * Brings stored messages into the record: many in one transaction, and where the database refuses
 * the many, each half by itself, so that the bad one is found and the others are applied.
 */
final class Applying {
  private static final Logger LOG = LoggerFactory.getLogger(Applying.class);
  private static final int TRIES = 6;
  private static final int FIRST_PAUSE_MILLIS = 15;

  private final Database database;
  private final Record record;

  Applying(Database database, Record record) {
    this.database = database;
    this.record = record;
  }

  private record Told(UUID message, Reading.Facts reading) {}

  /** What became of each, by its id. Every piece is stored and committed already. */
  Map<UUID, Verdict> apply(Trust trust, List<Piece> pieces) {
    List<Told> told = new ArrayList<>();
    List<Verdict> refused = new ArrayList<>();
    for (Piece piece : pieces) {
      switch (read(trust, piece)) {
        case Reading.Facts reading -> told.add(new Told(piece.id(), reading));
        case Reading.Refused reading ->
            refused.add(Verdict.quarantined(piece.id(), reading.reason()));
      }
    }
    Map<UUID, Verdict> verdicts = new HashMap<>();
    apply(told, refused, verdicts);
    return verdicts;
  }

  /**
   * One message in the caller's transaction. What the database refuses undoes the message and not
   * the transaction.
   */
  Verdict apply(Connection transaction, Trust trust, Piece piece) throws SQLException {
    return switch (read(trust, piece)) {
      case Reading.Facts reading -> {
        Told told = new Told(piece.id(), reading);
        Savepoint before = transaction.setSavepoint();
        try {
          yield inTransaction(transaction, List.of(told), List.of()).getFirst();
        } catch (SQLException e) {
          if (!SqlFailure.isAboutData(e)) {
            throw e;
          }
          transaction.rollback(before);
          yield inTransaction(transaction, List.of(), List.of(refusedByDatabase(told, e)))
              .getFirst();
        }
      }
      case Reading.Refused reading ->
          inTransaction(
                  transaction,
                  List.of(),
                  List.of(Verdict.quarantined(piece.id(), reading.reason())))
              .getFirst();
    };
  }

  private static Reading read(Trust trust, Piece piece) {
    String kind = piece.kind();
    Optional<Rejection> objection = trust.objection(piece.source(), kind);
    if (objection.isPresent()) {
      return Reading.refused(objection.get());
    }
    Origin origin =
        Origin.of(piece.id(), piece.source(), trust.rankOf(piece.source(), kind), piece.hash());
    try {
      return piece.arrival().reader().apply(origin);
    } catch (RuntimeException fault) {
      // A fault of ours in reading one message must not keep the others from being applied.
      LOG.atError().addKeyValue("message", piece.id()).setCause(fault).log("unreadable message");
      return Reading.refused(Rejection.at("", "unreadable", null, null));
    }
  }

  private void apply(List<Told> told, List<Verdict> refused, Map<UUID, Verdict> verdicts) {
    try {
      inRepeatedTransaction(told, refused).forEach(v -> verdicts.put(v.message(), v));
    } catch (SqlFailure failure) {
      if (told.size() > 1) {
        int half = told.size() / 2;
        apply(told.subList(0, half), refused, verdicts);
        apply(told.subList(half, told.size()), List.of(), verdicts);
      } else if (told.size() == 1 && failure.isAboutData()) {
        apply(
            List.of(),
            plus(refused, refusedByDatabase(told.getFirst(), failure.getCause())),
            verdicts);
      } else {
        throw notNow(failure);
      }
    }
  }

  private static List<Verdict> plus(List<Verdict> refused, Verdict one) {
    List<Verdict> all = new ArrayList<>(refused);
    all.add(one);
    return all;
  }

  private static Verdict refusedByDatabase(Told told, @Nullable Throwable failure) {
    LOG.atWarn().addKeyValue("message", told.message()).setCause(failure).log("refused message");
    String state = failure instanceof SQLException cause ? cause.getSQLState() : "unknown";
    return Verdict.quarantined(
        told.message(),
        Rejection.at("", "refused-by-database", null, "values in range (SQL state " + state + ")"));
  }

  private List<Verdict> inRepeatedTransaction(List<Told> told, List<Verdict> refused) {
    for (int attempt = 1; ; attempt++) {
      try {
        return database.inTransaction(transaction -> inTransaction(transaction, told, refused));
      } catch (SqlFailure failure) {
        if (!failure.mayBeRepeated() || attempt == TRIES) {
          throw failure;
        }
        pause(FIRST_PAUSE_MILLIS << attempt);
      }
    }
  }

  private List<Verdict> inTransaction(
      Connection transaction, List<Told> told, List<Verdict> refused) throws SQLException {
    MessageStore messages = new MessageStore(transaction);
    List<UUID> ids = told.stream().map(Told::message).toList();
    Set<UUID> claimed = ids.isEmpty() ? Set.of() : messages.claim(ids);
    record.apply(
        transaction,
        told.stream()
            .filter(message -> claimed.contains(message.message()))
            .flatMap(message -> message.reading().facts().stream())
            .toList());
    messages.quarantine(refused);
    List<Verdict> verdicts = new ArrayList<>(refused);
    List<Verdict> applied =
        told.stream()
            .filter(message -> claimed.contains(message.message()))
            .map(message -> Verdict.applied(message.message(), message.reading().warnings()))
            .toList();
    messages.warn(applied);
    verdicts.addAll(applied);
    if (claimed.size() < ids.size()) {
      verdicts.addAll(messages.verdicts(ids.stream().filter(id -> !claimed.contains(id)).toList()));
    }
    return verdicts;
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(millis) + 1L);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notNow(e);
    }
  }

  /** The messages are stored; the worker will apply them, and a repeat finds out. */
  private static Problem notNow(Throwable cause) {
    return Problem.unavailable(
            "stored-not-applied",
            5,
            "訊息已儲存，但目前無法套用，稍後將自動處理。",
            "The messages are stored but cannot be applied now; they will be. Send again to learn the outcome.")
        .because(cause);
  }
}
