package tongguan.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SenderVerbTest {
  private Node node;
  private Database database;

  @BeforeAll
  void start() {
    node = Node.start();
    database = new Database(node.url, 1);
  }

  @AfterAll
  void stop() {
    database.close();
    node.close();
  }

  @Test
  void anAddedSenderMaySendUntilItIsDisabled() {
    String token = run("add", "CAT1", "--rank", "2").lines().findFirst().orElseThrow();
    String message =
        Messages.gateIn("S-1", "CSQU3054383", "2026-11-20T08:30:00+08:00")
            .replace("TWCUS-KEEL", "CAT1");
    assertThat(node.postAs("Bearer " + token, "application/json", message).statusCode())
        .isEqualTo(200);

    run("disable", "CAT1");
    assertThat(node.postAs("Bearer " + token, "application/json", message).statusCode())
        .isEqualTo(401);

    run("enable", "CAT1");
    assertThat(node.postAs("Bearer " + token, "application/json", message).statusCode())
        .isEqualTo(200);
  }

  @Test
  void addingASenderAgainGivesItANewSecretAndTheOldOneIsDead() {
    String first = run("add", "CAT2").lines().findFirst().orElseThrow();
    String second = run("add", "CAT2").lines().findFirst().orElseThrow();

    assertThat(node.postAs("Bearer " + first, "application/json", "{}").statusCode())
        .isEqualTo(401);
    assertThat(node.postAs("Bearer " + second, "application/json", "{}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void theListShowsTraitsAndNeverSecrets() {
    String token =
        run("add", "HUB", "--relay", "--rank", "3", "--name-zh", "轉接")
            .lines()
            .findFirst()
            .orElseThrow();

    assertThat(run("list"))
        .contains("HUB  rank 3, relay  轉接")
        .doesNotContain(token.substring("HUB.".length()));
    assertThat(
            node.rows("select encode(secret, 'escape') from exchange.sender where id = 'HUB'")
                .getFirst()
                .getFirst())
        .doesNotContain(token.substring("HUB.".length()));
  }

  @Test
  void wrongWordsAreUsage() {
    for (List<String> wrong :
        List.of(
            List.<String>of(),
            List.of("remove", "x"),
            List.of("add"),
            List.of("add", "a.b"),
            List.of("add", "A", "--rank", "9"),
            List.of("add", "A", "--kinds"),
            List.of("disable"))) {
      assertThatThrownBy(() -> run(wrong.toArray(String[]::new)))
          .as(wrong.toString())
          .isInstanceOfSatisfying(
              StartFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2));
    }
    assertThatThrownBy(() -> run("disable", "NOBODY")).hasMessageContaining("NOBODY");
  }

  private String run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SenderVerb.run(List.of(words), database, new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }
}
