package tongguan.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.audit.ChainStore.Link;
import tongguan.audit.tree.Growth;
import tongguan.audit.tree.Sha256;
import tongguan.base.Limits;
import tongguan.base.database.Database;

/**
 * Puts entries into one order without gaps, after they were written, so that writers never wait for
 * each other. One node at a time does it; each round is one transaction, and what a round knows of
 * the tree's edge is read again when another node did the last one.
 */
final class Sequencer {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Database database;
  private final Leaf leaf = new Leaf();
  private final Sha256 sha = new Sha256();
  private @Nullable Growth known;

  Sequencer(Database database) {
    this.database = database;
  }

  /** Puts in order what can be; returns how many entries that were. */
  int round() {
    boolean done = false;
    try {
      int count = database.inTransaction(this::round);
      done = true;
      return count;
    } finally {
      if (!done) {
        // The tree in memory may be ahead of the one that is stored.
        known = null;
      }
    }
  }

  private int round(Connection transaction) throws SQLException {
    ChainStore store = new ChainStore(transaction);
    if (!store.takeTurn()) {
      return 0;
    }
    Optional<Link> last = store.last();
    List<Logged> entries =
        store.following(
            last.map(Link::xid).orElse(0L),
            last.map(Link::entry).orElse(BEFORE_ALL),
            Limits.AUDIT_ROUND);
    if (entries.isEmpty()) {
      return 0;
    }
    long size = last.map(link -> link.seq() + 1).orElse(0L);
    Growth growth = known == null || known.size() != size ? new Growth(size, store) : known;
    known = growth;
    List<Link> links = new ArrayList<>(entries.size());
    List<Growth.Full> full = new ArrayList<>();
    byte[] before = last.map(Link::chain).orElse(new byte[Sha256.BYTES]);
    for (Logged entry : entries) {
      byte[] hash = leaf.hash(entry);
      before = sha.link(before, hash);
      links.add(new Link(growth.size(), entry.id(), entry.xid(), hash, before));
      full.addAll(growth.add(hash));
    }
    store.add(links);
    store.addFull(full);
    return links.size();
  }
}
