package tongguan.audit.tree;

import java.util.ArrayList;
import java.util.List;

/** A tree that grows at its right edge, and says which full subtrees come of each leaf. */
public final class Growth {
  /** A full subtree that is to be stored. */
  public record Full(int level, long index, byte[] hash) {}

  private final List<List<byte[]>> open = new ArrayList<>();
  private final Tree tree = new Tree((level, from, count) -> List.of());
  private long size;

  /** Goes on from a tree whose hashes are stored. */
  public Growth(long size, Nodes nodes) {
    this.size = size;
    long there = size;
    for (int level = 0; there > 0; level++) {
      int count = (int) (there % Nodes.WIDTH);
      open.add(
          count == 0
              ? new ArrayList<>()
              : new ArrayList<>(nodes.stored(level, there - count, count)));
      there /= Nodes.WIDTH;
    }
  }

  public long size() {
    return size;
  }

  public List<Full> add(byte[] leaf) {
    List<Full> finished = new ArrayList<>(0);
    byte[] hash = leaf;
    long index = size++;
    for (int level = 0; ; level++) {
      if (level == open.size()) {
        open.add(new ArrayList<>());
      }
      List<byte[]> run = open.get(level);
      run.add(hash);
      if (run.size() < Nodes.WIDTH) {
        return finished;
      }
      hash = tree.full(run);
      run.clear();
      index /= Nodes.WIDTH;
      finished.add(new Full(level + 1, index, hash));
    }
  }

  /**
   * The Merkle tree hash of all leaves so far. A run that is not full stands as one more hash
   * behind the run above it, which is how RFC 6962 splits: at the largest power of two.
   */
  public byte[] root() {
    List<byte[]> row = List.of();
    for (List<byte[]> run : open) {
      List<byte[]> here = new ArrayList<>(run);
      if (!row.isEmpty()) {
        here.add(tree.over(row));
      }
      row = here;
    }
    return row.isEmpty() ? tree.root(0) : tree.over(row);
  }
}
