package tongguan.audit.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * Roots and proofs of RFC 6962 §2.1 over stored hashes. A root or a proof reads a number of hashes
 * that grows with the logarithm of the size.
 */
public final class Tree {
  private final Nodes nodes;
  private final Sha256 sha = new Sha256();

  public Tree(Nodes nodes) {
    this.nodes = nodes;
  }

  /** The Merkle tree hash of the first {@code size} leaves; that of none is the hash of nothing. */
  public byte[] root(long size) {
    return size == 0 ? sha.plain(new byte[0]) : range(0, size);
  }

  /** From the leaf's neighbour up to the root (§2.1.1). */
  public List<byte[]> inclusion(long leaf, long size) {
    if (leaf < 0 || leaf >= size) {
      throw new IllegalArgumentException("leaf " + leaf + " of " + size);
    }
    List<byte[]> path = new ArrayList<>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long middle = from + split(to - from);
      if (leaf < middle) {
        path.add(range(middle, to));
        to = middle;
      } else {
        path.add(range(from, middle));
        from = middle;
      }
    }
    return path.reversed();
  }

  /** That the tree of {@code before} leaves is the beginning of that of {@code size} (§2.1.2). */
  public List<byte[]> consistency(long before, long size) {
    if (before < 1 || before > size) {
      throw new IllegalArgumentException(before + " of " + size);
    }
    List<byte[]> proof = new ArrayList<>();
    long from = 0;
    long to = size;
    boolean whole = true;
    while (before != to) {
      long middle = from + split(to - from);
      if (before <= middle) {
        proof.add(range(middle, to));
        to = middle;
      } else {
        proof.add(range(from, middle));
        from = middle;
        whole = false;
      }
    }
    if (!whole) {
      proof.add(range(from, to));
    }
    return proof.reversed();
  }

  /** The largest power of two below the count. */
  private static long split(long count) {
    return Long.highestOneBit(count - 1);
  }

  private byte[] range(long from, long to) {
    long count = to - from;
    if (Long.bitCount(count) == 1) {
      return full(Long.numberOfTrailingZeros(count), from / count);
    }
    long middle = from + split(count);
    return sha.node(range(from, middle), range(middle, to));
  }

  /** The root of a full subtree of {@code 2^height} leaves. */
  private byte[] full(int height, long index) {
    int above = height % Nodes.HEIGHTS;
    return full(nodes.stored(height / Nodes.HEIGHTS, index << above, 1 << above));
  }

  /** The root over a power of two of hashes. */
  byte[] full(List<byte[]> hashes) {
    List<byte[]> row = hashes;
    while (row.size() > 1) {
      List<byte[]> above = new ArrayList<>(row.size() / 2);
      for (int i = 0; i < row.size(); i += 2) {
        above.add(sha.node(row.get(i), row.get(i + 1)));
      }
      row = above;
    }
    return row.getFirst();
  }

  /** The root over any number of hashes but none. */
  byte[] over(List<byte[]> hashes) {
    if (Integer.bitCount(hashes.size()) == 1) {
      return full(hashes);
    }
    int middle = (int) split(hashes.size());
    return sha.node(over(hashes.subList(0, middle)), over(hashes.subList(middle, hashes.size())));
  }
}
