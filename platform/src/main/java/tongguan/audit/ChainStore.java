package tongguan.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tongguan.audit.tree.Growth;
import tongguan.audit.tree.Nodes;
import tongguan.base.database.Sql;
import tongguan.base.database.SqlFailure;

/** The SQL of the order, the chain and the tree. */
final class ChainStore implements Nodes {
  private static final HexFormat HEX = HexFormat.of();

  private final Connection connection;

  ChainStore(Connection connection) {
    this.connection = connection;
  }

  /** One link of the chain. */
  record Link(long seq, UUID entry, long xid, byte[] leaf, byte[] chain) {}

  /** Whether this transaction is the one that puts entries in order; the others leave it to it. */
  boolean takeTurn() throws SQLException {
    return Sql.of(connection, "select pg_try_advisory_xact_lock(hashtext('audit.sequencer'))")
        .first(row -> row.getBoolean(1))
        .orElse(false);
  }

  Optional<Link> last() throws SQLException {
    return Sql.of(connection, LINKS + " order by seq desc limit 1").first(ChainStore::link);
  }

  private static final String LINKS =
      "select seq, entry, xid::text::bigint as xid, leaf, chain from audit.chain";

  private static Link link(java.sql.ResultSet row) throws SQLException {
    return new Link(
        row.getLong("seq"),
        row.getObject("entry", UUID.class),
        row.getLong("xid"),
        row.getBytes("leaf"),
        row.getBytes("chain"));
  }

  long size() throws SQLException {
    return last().map(link -> link.seq() + 1).orElse(0L);
  }

  Optional<Long> seqOf(UUID entry) throws SQLException {
    return Sql.of(connection, "select seq from audit.chain where entry = ?", entry)
        .first(row -> row.getLong(1));
  }

  /**
   * What follows the given place. Entries of transactions that may still be at work, or that began
   * after one that is, wait: after them an earlier one could come. Rides on entry_in_order.
   */
  List<Logged> following(long xid, UUID id, int limit) throws SQLException {
    return Sql.of(connection, FOLLOWING, String.valueOf(xid), id, limit)
        .rows(row -> Logged.of(row, 1));
  }

  private static final String FOLLOWING =
      "select "
          + Logged.COLUMNS
          + """
          from audit.entry e
          where (e.xid, e.id) > (?::xid8, ?) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
          order by e.xid, e.id
          limit ?
          """;

  void add(List<Link> links) throws SQLException {
    StringBuilder text = new StringBuilder(links.size() * 200);
    for (Link link : links) {
      text.append(link.seq()).append('\t').append(link.entry()).append('\t').append(link.xid());
      HEX.formatHex(text.append("\t\\\\x"), link.leaf());
      HEX.formatHex(text.append("\t\\\\x"), link.chain());
      text.append('\n');
    }
    EntryStore.copy(connection, "copy audit.chain (seq, entry, xid, leaf, chain) from stdin", text);
  }

  void addFull(List<Growth.Full> subtrees) throws SQLException {
    for (Growth.Full full : subtrees) {
      Sql.of(
              connection,
              "insert into audit.subtree (level, index, hash) values (?, ?, ?)",
              full.level(),
              full.index(),
              full.hash())
          .update();
    }
  }

  @Override
  public List<byte[]> stored(int level, long from, int count) {
    try {
      List<byte[]> hashes =
          level == 0
              ? Sql.of(connection, LEAVES, from, from + count).rows(row -> row.getBytes(1))
              : Sql.of(connection, SUBTREES, level, from, from + count)
                  .rows(row -> row.getBytes(1));
      if (hashes.size() != count) {
        throw new TornTree(level, from, count, hashes.size());
      }
      return hashes;
    } catch (SQLException e) {
      throw SqlFailure.within(e);
    }
  }

  private static final String LEAVES =
      "select leaf from audit.chain where seq >= ? and seq < ? order by seq";

  private static final String SUBTREES =
      "select hash from audit.subtree where level = ? and index >= ? and index < ? order by index";

  /** Rows of the chain or the tree are missing: somebody took them out. */
  static final class TornTree extends RuntimeException {
    private static final long serialVersionUID = 1;

    TornTree(int level, long from, int expected, int found) {
      super(
          "the audit log lacks hashes: level %d from %d, %d of %d are there"
              .formatted(level, from, found, expected));
    }
  }
}
