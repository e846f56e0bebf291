package tongguan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExchangeHttpTest {
  private Node node;

  @BeforeAll
  void start() {
    node = Node.start();
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void aMessageIsAppliedAndItsFactsAreInTheRecord() {
    JsonNode reply =
        node.send(Messages.gateIn("REF-1", "CSQU3054383", "2026-11-20T08:30:00+08:00"));

    assertThat(reply.path("applied").intValue()).isEqualTo(1);
    assertThat(node.rows("select container, movement, place from record.movement"))
        .contains(List.of("CSQU3054383", "gate-in", "TWKEL-E12"));
  }

  @Test
  void theSameMessageTwiceChangesNothingAndIsKnown() {
    String message = Messages.gateIn("REF-2", "MSKU0000011", "2026-11-20T09:00:00+08:00");
    node.send(message);
    List<List<String>> before = node.recordDump();

    JsonNode again = node.send(message);

    assertThat(again.path("known").intValue()).isEqualTo(1);
    assertThat(again.path("applied").intValue()).isZero();
    assertThat(node.recordDump()).isEqualTo(before);
  }

  @Test
  void aBadMessageInABatchIsQuarantinedAndTheOthersAreApplied() {
    String bad =
        Messages.gateIn("REF-4", "TGHU0000003", "2026-11-20T09:00:00+08:00")
            .replace("gate-in", "fly-in");
    HttpResponse<String> response =
        node.post(
            "application/x-ndjson",
            Messages.gateIn("REF-3", "TGHU0000002", "2026-11-20T09:00:00+08:00")
                + "\n"
                + bad
                + "\n{broken\n"
                + Messages.gateIn("REF-5", "TGHU0000004", "2026-11-20T09:00:00+08:00"));

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode reply = Node.json(response);
    assertThat(reply.path("applied").intValue()).isEqualTo(2);
    assertThat(reply.path("quarantined").intValue()).isEqualTo(2);
    JsonNode reason = reply.path("messages").path(1).path("reason");
    assertThat(reason.path("where").stringValue()).isEqualTo("/payload/movement");
    assertThat(reason.path("code").stringValue()).isEqualTo("not-allowed");
    assertThat(reason.path("value").stringValue()).isEqualTo("fly-in");
    assertThat(reason.path("expected").stringValue()).contains("gate-out");
  }

  @Test
  void aWrongCredentialIsRefusedWithoutSayingWhy() {
    assertThat(node.postAs("Bearer nobody.secret", "application/json", "{}").statusCode())
        .isEqualTo(401);
    assertThat(node.postAs("Bearer relay.wrong", "application/json", "{}").statusCode())
        .isEqualTo(401);
    assertThat(node.postAs("", "application/json", "{}").statusCode()).isEqualTo(401);
  }

  @Test
  void outcomesAreCounted(@TempDir Path folder) throws IOException {
    node.send(Messages.gateIn("REF-9", "TGHU9999990", "2026-11-20T09:00:00+08:00"));

    assertThat(node.get("/metrics").statusCode()).isEqualTo(401);
    node.platform.open(folder);
    String token = Files.readString(folder.resolve("metrics.token")).strip();
    assertThat(node.get("/metrics", "Authorization", "Bearer " + token).body())
        .containsPattern("exchange_messages_total\\{outcome=\"applied\"\\} [1-9]");
  }

  @Test
  void schemasArePublishedWithTheirTag() {
    assertThat(Node.json(node.get("/api/v1/schemas")).path("items").size()).isEqualTo(11);
    HttpResponse<String> schema = node.get("/api/v1/schemas/NX5105");
    assertThat(schema.statusCode()).isEqualTo(200);
    assertThat(schema.headers().firstValue("ETag")).isPresent();
    assertThat(Node.json(schema).path("title").stringValue()).contains("進口報單");
    assertThat(node.get("/api/v1/schemas/nothing").statusCode()).isEqualTo(404);
  }
}
