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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
  private static final int MONTHS_AHEAD = 2;

  private final Database lane;
  private final Ids ids;
  private final Clock clock;
  private final Committer committer;
  private final Beside beside = new Beside();
  private final Sequencer sequencer;
  private @Nullable Checkpoints checkpoints;
  private @Nullable Clockwork clockwork;

  public Audit(Database database, Ids ids, Clock clock) {
    this.lane = database.lane(2);
    this.ids = ids;
    this.clock = clock;
    this.committer = new Committer(lane);
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
   * A read and its entry, which tells how many records it found, in one transaction: nobody has an
   * answer of which the log knows nothing. A read that fails is in the log, too.
   *
   * @param entry what is asked by whom
   * @param count how many records an answer tells of
   */
  public <T> T recorded(
      Entry entry, Database database, Database.Work<T> read, ToLongFunction<T> count) {
    return attempted(
        entry,
        () ->
            database.inTransaction(transaction -> {
              T answer = read.with(transaction);
              write(transaction, entry.found(count.applyAsLong(answer)));
              return answer;
            }));
  }

  /**
   * Several readers' reads by one statement, and the entries of those that it answers, in one
   * transaction and one trip to the database. Whoever gets no answer here looks on elsewhere, and
   * writes the entry there.
   *
   * @param entries of each read, as it will be when there is an answer
   */
  public List<Optional<byte[]>> answers(
      Database database, ReadTogether reads, List<Entry> entries) {
    return beside.answers(database, reads, entries.stream().map(this::line).toList());
  }

  /** A read that writes its own entry; where it fails, that is written. */
  public <T> T attempted(Entry entry, Supplier<T> read) {
    boolean done = false;
    try {
      T answer = read.get();
      done = true;
      return answer;
    } finally {
      if (!done) {
        unanswered(entry);
      }
    }
  }

  /**
   * What made the read fail is what its reader hears of; that it is not in the log comes second.
   */
  private void unanswered(Entry entry) {
    try {
      write(entry.unanswered());
    } catch (RuntimeException alsoFailed) {
      LOG.warn("a read that failed is not in the log", alsoFailed);
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

  /**
   * Puts into the log what nodes of the version before had announced when they died; gives the
   * number of entries.
   */
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
