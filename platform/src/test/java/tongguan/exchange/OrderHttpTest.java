package tongguan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderHttpTest {

  /** The columns that name the message by its id differ between two stores, and nothing else. */
  private static List<String> state(Node node) {
    return node.recordDump().stream()
        .map(row ->
            row.toString().replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f-]{17}", "id"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyOrderGivesTheSameState(long seed) {
    List<String> messages = LinkedSet.of(new Random(seed), 60);
    List<String> shuffled = new ArrayList<>(messages);
    shuffled.addAll(messages.subList(0, 40));
    Collections.shuffle(shuffled, new Random(seed + 1000));

    try (Node inOrder = Node.start();
        Node outOfOrder = Node.start()) {
      inOrder.post("application/x-ndjson", String.join("\n", messages));
      Random random = new Random(seed + 2000);
      for (int from = 0; from < shuffled.size(); ) {
        int to = Math.min(shuffled.size(), from + 1 + random.nextInt(20));
        outOfOrder.post("application/x-ndjson", String.join("\n", shuffled.subList(from, to)));
        from = to;
      }

      assertThat(state(outOfOrder)).isEqualTo(state(inOrder)).hasSizeGreaterThan(100);
      assertThat(
              outOfOrder.rows(
                  "select count(*) from exchange.message where outcome = 'quarantined'"))
          .containsExactly(List.of("0"));
    }
  }

  @Test
  void twoNodesThatGetTheSameMessagesAtOnceApplyEachOnce() throws Exception {
    List<String> messages = LinkedSet.of(new Random(9), 40);
    String body = String.join("\n", messages);
    try (Node one = Node.start();
        Node two = one.beside();
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> applied = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Node node = i % 2 == 0 ? one : two;
        applied.add(senders.submit(() -> appliedBy(node, body)));
      }

      assertThat(sum(applied)).isEqualTo(messages.size());
      assertThat(one.rows("select outcome, count(*) from exchange.message group by 1 order by 1"))
          .containsExactly(
              List.of("applied", String.valueOf(messages.size())),
              List.of("known", String.valueOf(7 * messages.size())));
      assertThat(
              one.rows(
                  "select message, subject, key, what, at from record.fact group by 1, 2, 3, 4, 5 having count(*) > 1"))
          .isEmpty();
    }
  }

  private static int appliedBy(Node node, String body) {
    return Node.json(node.post("application/x-ndjson", body)).path("applied").intValue();
  }

  private static int sum(List<Future<Integer>> counts)
      throws InterruptedException, ExecutionException {
    int sum = 0;
    for (Future<Integer> count : counts) {
      sum += count.get();
    }
    return sum;
  }
}
