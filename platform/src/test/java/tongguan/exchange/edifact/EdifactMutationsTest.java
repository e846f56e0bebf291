package tongguan.exchange.edifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tongguan.exchange.message.Reading;
import tongguan.exchange.message.Rejection;
import tongguan.record.Fact;

/** The EDIFACT row of the malformed inputs: 50,000 mutations, each in the middle of a batch. */
class EdifactMutationsTest {
  private static final long SEED = Long.getLong("tongguan.seed", 20_261_120L);
  private static final int MUTATIONS = 50_000;

  @Test
  void noMutationThrowsLosesBytesOrHarmsItsNeighbours() {
    System.out.println("EDIFACT mutations: seed " + SEED + ", count " + MUTATIONS);
    Mutations mutations = new Mutations(SEED);
    TreeMap<String, Integer> outcomes = new TreeMap<>();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] before = mutations.seed();
      byte[] broken = mutations.next();
      byte[] after = mutations.seed();
      try {
        check(before, broken, after, outcomes);
      } catch (RuntimeException | AssertionError failed) {
        String hex = HexFormat.of().formatHex(broken);
        throw new AssertionError("seed " + SEED + ", mutation " + i + ": " + hex, failed);
      }
    }
    System.out.println("EDIFACT mutations: " + outcomes);
    assertThat(outcomes.getOrDefault("read", 0)).isPositive();
    assertThat(outcomes.keySet()).hasSizeGreaterThan(25);
    // What StAEDI would stop at is found, and told better, before it is asked.
    assertThat(outcomes).doesNotContainKey(Fault.NOT_TOKENISED.code());
  }

  private static void check(
      byte[] before, byte[] broken, byte[] after, TreeMap<String, Integer> outcomes) {
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    batch.writeBytes(before);
    batch.writeBytes(broken);
    int afterStart = batch.size();
    batch.writeBytes(after);
    byte[] body = batch.toByteArray();

    List<Part> parts = Interchanges.split(body);
    List<Fact> told = new ArrayList<>();
    List<Optional<Rejection>> rejections = new ArrayList<>();
    for (Part part : parts) {
      Reading reading = Seeds.read(part);
      if (reading instanceof Reading.Refused refused) {
        assertActionable(refused.reason(), part);
        rejections.add(Optional.of(refused.reason()));
        outcomes.merge(refused.reason().code(), 1, Integer::sum);
      } else if (reading instanceof Reading.Facts read) {
        rejections.add(Optional.empty());
        outcomes.merge("read", 1, Integer::sum);
        if (part.offset() < before.length || part.offset() >= afterStart) {
          told.addAll(read.facts());
        }
      }
    }
    List<Fact> expected = new ArrayList<>(Seeds.facts(before));
    expected.addAll(Seeds.facts(after));
    assertThat(told.equals(expected)).as("the neighbours' facts: %s", parts).isTrue();
    Coverage.assertWhole(body);
    Contrl.replies(parts, rejections, java.time.Instant.EPOCH);
  }

  private static void assertActionable(Rejection reason, Part part) {
    if (Fault.of(reason.code()).isEmpty()
        || reason.where().isEmpty()
        || (part instanceof Part.Message && reason.position() == null)
        || (reason.offset() != null
            && (reason.offset() < 0 || reason.offset() > part.raw().length))) {
      throw new AssertionError("not actionable: " + reason);
    }
  }
}
