package tongguan.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.audit.tree.Tree;
import tongguan.audit.witness.Note;
import tongguan.base.database.Sql;

/** That an entry is in the log that a checkpoint stands for (RFC 6962 §2.1.1). */
sealed interface Proof {
  /** No entry has that id. */
  record Unknown() implements Proof {}

  /** It has a place, or will have one in a moment, and no checkpoint covers it yet. */
  record NotSealed() implements Proof {}

  /**
   * @param leafInput the bytes that were hashed, so that a third party needs no knowledge of ours
   * @param path from the leaf's neighbour to the root
   */
  record Inclusion(
      Logged entry, long leafIndex, byte[] leafInput, byte[] leafHash, List<byte[]> path, Note note)
      implements Proof {

    Map<String, Object> json() {
      Base64.Encoder base64 = Base64.getEncoder();
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("entry", entry.id());
      json.put("leafIndex", leafIndex);
      json.put("treeSize", note.size());
      json.put("leafInput", base64.encodeToString(leafInput));
      json.put("leafHash", base64.encodeToString(leafHash));
      json.put("path", path.stream().map(base64::encodeToString).toList());
      json.put("rootHash", note.root().base64());
      json.put("checkpoint", note.toString());
      return json;
    }
  }

  /**
   * Reads some hashes for each doubling of the log's size.
   *
   * @param units of whose officers entries are known to the asker; empty for all
   */
  static Proof of(Connection connection, UUID id, Optional<List<String>> units)
      throws SQLException {
    Optional<Logged> entry =
        Sql.of(connection, "select " + Logged.COLUMNS + " from audit.entry e where e.id = ?", id)
            .first(row -> Logged.of(row, 1));
    if (entry.isEmpty() || (units.isPresent() && !units.get().contains(entry.get().unit()))) {
      return new Unknown();
    }
    ChainStore store = new ChainStore(connection);
    Optional<Long> seq = store.seqOf(id);
    Optional<Note> note =
        seq.isEmpty() ? Optional.empty() : new CheckpointStore(connection).covering(seq.get() + 1);
    if (note.isEmpty()) {
      return new NotSealed();
    }
    Leaf leaf = new Leaf();
    return new Inclusion(
        entry.get(),
        seq.orElseThrow(),
        leaf.bytes(entry.get()),
        leaf.hash(entry.get()),
        new Tree(store).inclusion(seq.get(), note.get().size()),
        note.get());
  }
}
