package tongguan.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tongguan.audit.witness.SigningKey;
import tongguan.audit.witness.Witness;
import tongguan.base.Ids;
import tongguan.base.Limits;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;

/**
 * The log of who did what. Entries are written without any order among writers; a sequencer gives
 * them one, chains them and grows a Merkle tree over them. It has database connections of its own,
 * so that it never waits behind the work that it records.
 */
public final class Audit implements AutoCloseable {
  private static final int MONTHS_AHEAD = 2;

  private final Database lane;
  private final Ids ids;
  private final Clock clock;
  private final Committer committer;
  private final Sequencer sequencer;
  private @Nullable Checkpoints checkpoints;
  private @Nullable Clockwork clockwork;

  public Audit(Database database, Ids ids, Clock clock) {
    this.lane = database.lane(2);
    this.ids = ids;
    this.clock = clock;
    this.committer = new Committer(lane, ids);
    this.sequencer = new Sequencer(lane);
  }

  /** Within the caller's transaction: both stand, or neither does. One statement. */
  public void write(Connection transaction, Entry entry) throws SQLException {
    EntryStore.add(transaction, line(entry));
  }

  /** Several within the caller's transaction, in one statement. */
  public void write(Connection transaction, List<Entry> entries) throws SQLException {
    if (!entries.isEmpty()) {
      EntryStore.addAll(transaction, entries.stream().map(this::line).toList());
    }
  }

  /**
   * In a transaction of its own, which it may share with entries of other callers; it is on the
   * disk when this returns. Not for callers that hold a transaction: theirs is the other one.
   *
   * @throws tongguan.base.Problem 503 when it could not be written: what it was for must not happen
   */
  public void write(Entry entry) {
    committer.write(line(entry));
  }

  /**
   * A read and its entry: the entry is announced while the read runs, and what the read found
   * follows. When this returns, the announcement is on the disk; the entry is in the log some
   * milliseconds later, or, where this node dies before, within two minutes and without a count.
   *
   * @param entry what is asked by whom
   * @param count how many records an answer tells of
   * @throws tongguan.base.Problem 503 when it could not be written: then there is no answer
   */
  public <T> T during(Entry entry, Supplier<T> read, ToLongFunction<T> count) {
    Line line = line(entry);
    Announced announced = committer.announce(line);
    long started = System.nanoTime();
    Optional<Line> whole = Optional.empty();
    try {
      T answer = read.get();
      whole = Optional.of(line.found(count.applyAsLong(answer)));
      return answer;
    } finally {
      committer.await(announced, System.nanoTime() - started);
      committer.follow(
          announced, whole.orElseGet(() -> Line.of(line.id(), line.nodeAt(), entry.unanswered())));
    }
  }

  private Line line(Entry entry) {
    return Line.of(ids.next(), clock.instant(), entry);
  }

  /**
   * Opens what belongs to a data folder: the key that signs checkpoints and the folder that they
   * are exported to. Without it entries are put in order and not signed.
   *
   * @throws tongguan.base.StartFailure where the key cannot be used
   */
  public void open(AuditFolder folder) {
    SigningKey key = SigningKey.in(folder.key());
    folder.publish(key.publicKey());
    checkpoints = new Checkpoints(lane, key, new Witness(folder.checkpoints()));
  }

  /** From here on entries are put in order, and how far that came is signed each minute. */
  public void start() {
    clockwork = new Clockwork(sequencer, this::eachMinute, this::makeMonths);
  }

  private void eachMinute() {
    recover(Limits.AUDIT_ANNOUNCED);
    checkpoint();
  }

  /** Puts into the log what nodes that died had announced; gives the number of entries. */
  long recover(Duration age) {
    return lane.inTransaction(transaction -> AnnouncementStore.recover(transaction, age));
  }

  /** Signs and exports how far the log has come. */
  void checkpoint() {
    if (checkpoints != null) {
      checkpoints.make();
    }
  }

  /** What is wrong with the log as far as the last checkpoint found out; empty when all is well. */
  public Optional<String> alarm() {
    return checkpoints == null ? Optional.empty() : checkpoints.alarm();
  }

  private void makeMonths() {
    boolean _ =
        lane.query(
            connection -> Sql.of(connection, "select audit.make_months(?)", MONTHS_AHEAD).exists());
  }

  /** Puts in order what is written by now; for tests and tools, where nothing runs behind. */
  void sequence() {
    int count;
    do {
      count = sequencer.round();
    } while (count > 0);
  }

  @Override
  public void close() {
    committer.close();
    if (clockwork != null) {
      clockwork.close();
    }
    lane.close();
  }
}
