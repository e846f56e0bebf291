package tongguan.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.audit.tree.Tree;
import tongguan.audit.witness.Note;
import tongguan.audit.witness.SigningKey;
import tongguan.audit.witness.Witness;
import tongguan.base.database.Database;

/**
 * Signs how far the log has come, and exports it. Before that, the log must still contain what was
 * exported last: where it does not, nothing is signed and the alarm stays on.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private final Database database;
  private final SigningKey key;
  private final Witness witness;
  private volatile Optional<String> alarm = Optional.empty();

  Checkpoints(Database database, SigningKey key, Witness witness) {
    this.database = database;
    this.key = key;
    this.witness = witness;
  }

  /** What is wrong with the log, since the last look. */
  Optional<String> alarm() {
    return alarm;
  }

  void make() {
    try {
      Optional<Note> last = witness.last();
      alarm = database.query(connection -> broken(connection, last));
      if (alarm.isEmpty()) {
        sign();
        export(last.map(Note::size).orElse(0L));
      }
    } catch (ChainStore.TornTree | Witness.Unreadable torn) {
      alarm = Optional.of(String.valueOf(torn.getMessage()));
    }
    alarm.ifPresent(what -> LOG.error("AUDIT ALARM: {}; no checkpoint is signed", what));
  }

  private static Optional<String> broken(Connection connection, Optional<Note> exported)
      throws SQLException {
    Optional<Note> signed = new CheckpointStore(connection).covering(0);
    for (Note note : Stream.concat(exported.stream(), signed.stream()).toList()) {
      Optional<String> broken = broken(new ChainStore(connection), note);
      if (broken.isPresent()) {
        return broken;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> broken(ChainStore store, Note note) throws SQLException {
    long size = store.size();
    if (size < note.size()) {
      return Optional.of(
          "the log has %d entries and had %d at %s".formatted(size, note.size(), note.at()));
    }
    boolean same = Note.Root.of(new Tree(store).root(note.size())).equals(note.root());
    return same
        ? Optional.empty()
        : Optional.of("the first %d entries are not those of %s".formatted(note.size(), note.at()));
  }

  private void sign() {
    boolean _ =
        database.inTransaction(transaction -> {
          CheckpointStore checkpoints = new CheckpointStore(transaction);
          if (!checkpoints.takeTurn()) {
            return false;
          }
          ChainStore store = new ChainStore(transaction);
          long size = store.size();
          if (size == checkpoints.largest()) {
            return false;
          }
          Instant now = checkpoints.now();
          checkpoints.add(Note.sign(size, new Tree(store).root(size), now, key));
          return true;
        });
  }

  /** Also those of other nodes: each node's folder is a witness of the whole. */
  private void export(long after) {
    List<Note> news = database.query(connection -> new CheckpointStore(connection).after(after));
    news.forEach(witness::add);
  }
}
