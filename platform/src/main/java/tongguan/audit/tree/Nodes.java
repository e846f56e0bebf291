package tongguan.audit.tree;

import java.util.List;

/** Where a tree finds hashes that are stored: leaves, and the roots of full subtrees above them. */
@FunctionalInterface
public interface Nodes {
  /** Each stored level is eight heights above the one below it: 256 hashes make one. */
  int HEIGHTS = 8;

  int WIDTH = 1 << HEIGHTS;

  /** Hashes {@code from} to {@code from + count - 1} of the level; all within one run of 256. */
  List<byte[]> stored(int level, long from, int count);
}
