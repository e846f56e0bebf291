package tongguan.audit.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roots and proofs against published values, and against the RFC's definitions written plainly. */
class TreeTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final Sha256 SHA = new Sha256();

  /** The eight leaves that certificate transparency's implementations are tested with. */
  private static final List<String> PUBLISHED_LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  @ParameterizedTest
  @CsvSource({
    "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
  })
  void rootsAreThePublishedOnes(int size, String root) {
    Stored stored = new Stored(0);
    PUBLISHED_LEAVES.subList(0, size).forEach(leaf -> stored.add(SHA.leaf(HEX.parseHex(leaf))));

    assertThat(HEX.formatHex(new Tree(stored).root(size))).isEqualTo(root);
    assertThat(HEX.formatHex(stored.growth.root())).isEqualTo(root);
  }

  @Test
  void rootsAreThoseOfTheDefinitionAtEverySizeAcrossTheStoredLevels() {
    Stored stored = new Stored(0);
    List<byte[]> leaves = new ArrayList<>();
    for (int size = 0; size <= 1100; size++) {
      byte[] expected = plainRoot(leaves);
      assertThat(stored.growth.root()).as("size %d", size).isEqualTo(expected);
      assertThat(new Tree(stored).root(size)).as("size %d", size).isEqualTo(expected);
      byte[] leaf = SHA.leaf(("leaf " + size).getBytes(StandardCharsets.UTF_8));
      leaves.add(leaf);
      stored.add(leaf);
    }
  }

  @Test
  void growthGoesOnFromWhatIsStored() {
    Stored stored = new Stored(70_000);

    Growth resumed = new Growth(70_000, stored);

    assertThat(resumed.root()).isEqualTo(stored.growth.root());
    assertThat(stored.full(2, 0)).isNotEmpty();
  }

  @Test
  void consistencyIsProvenBetweenAnyTwoSizes() {
    Stored stored = new Stored(70_000);
    Tree tree = new Tree(stored);
    int[] sizes = {1, 2, 3, 255, 256, 257, 511, 512, 1000, 65_535, 65_536, 65_537, 69_999, 70_000};
    for (int before : sizes) {
      for (int size : sizes) {
        if (before <= size) {
          List<byte[]> proof = tree.consistency(before, size);
          byte[] old = tree.root(before);
          byte[] now = tree.root(size);
          assertThat(RfcCheck.consistent(before, size, old, now, proof))
              .as("%d in %d", before, size)
              .isTrue();
          if (before < size) {
            byte[] forked = SHA.plain(old);
            assertThat(RfcCheck.consistent(before, size, forked, now, proof)).isFalse();
          }
        }
      }
    }
  }

  /** RFC 6962 §2.1, word for word. */
  private static byte[] plainRoot(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      return SHA.plain(new byte[0]);
    }
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int k = 1;
    while (2 * k < leaves.size()) {
      k *= 2;
    }
    return SHA.node(plainRoot(leaves.subList(0, k)), plainRoot(leaves.subList(k, leaves.size())));
  }

  /** What the database keeps, in memory. */
  private static final class Stored implements Nodes {
    private final List<byte[]> leaves = new ArrayList<>();
    private final Map<String, byte[]> full = new HashMap<>();
    final Growth growth = new Growth(0, this);

    Stored(int size) {
      for (int i = 0; i < size; i++) {
        add(SHA.leaf(("leaf " + i).getBytes(StandardCharsets.UTF_8)));
      }
    }

    void add(byte[] leaf) {
      leaves.add(leaf);
      growth.add(leaf).forEach(f -> full.put(f.level() + "/" + f.index(), f.hash()));
    }

    byte[] full(int level, long index) {
      return Objects.requireNonNull(full.get(level + "/" + index));
    }

    @Override
    public List<byte[]> stored(int level, long from, int count) {
      List<byte[]> hashes = new ArrayList<>();
      for (long i = from; i < from + count; i++) {
        hashes.add(level == 0 ? leaves.get((int) i) : full(level, i));
      }
      return hashes;
    }
  }
}
