package tongguan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.access.SignedIn;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuarantineHttpTest {
  private static final String TIME = "2026-11-20T08:30:00+08:00";
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
  void aQuarantinedMessageIsListedShownAndReplayedAfterTheFix() {
    Credential terminal =
        Node.addSender(
            node.url,
            new Sender("KEELT1", "基隆一號碼頭", "Keelung one", 2, false, Set.of("CODECO"), true));
    String message = Messages.gateIn("Q-1", "CSQU3054383", TIME).replace("TWCUS-KEEL", "KEELT1");
    JsonNode refused =
        Node.json(node.postAs("Bearer " + terminal.token(), "application/json", message));
    String id = refused.at("/messages/0/id").stringValue();
    assertThat(refused.at("/messages/0/reason/code").stringValue()).isEqualTo("kind-not-permitted");

    JsonNode list = Node.json(node.get("/api/v1/messages?outcome=quarantined&sender=KEELT1"));
    assertThat(list.at("/items/0/id").stringValue()).isEqualTo(id);
    JsonNode shown = Node.json(node.get("/api/v1/messages/" + id));
    assertThat(shown.path("raw").stringValue()).isEqualTo(message);
    assertThat(shown.at("/reason/text").stringValue()).contains("container-movement");
    assertThat(Node.json(node.replay(id)).path("quarantined").intValue()).isEqualTo(1);

    node.execute("update exchange.sender set kinds = null where id = 'KEELT1'");
    JsonNode replayed = Node.json(node.replay(id));

    assertThat(replayed.path("applied").intValue()).isEqualTo(1);
    assertThat(node.rows("select container from record.movement where source = 'KEELT1'"))
        .containsExactly(List.of("CSQU3054383"));
    assertThat(Node.json(node.get("/api/v1/messages/" + id)).at("/facts/0/what").stringValue())
        .isEqualTo("gate-in");
    assertThat(Node.json(node.replay(id)).path("known").intValue()).isEqualTo(1);
  }

  /** Its raw text tells what its records tell; also of one that was refused. */
  @Test
  void aSecretMessageIsThereForWhoIsClearedForItOnly() {
    String secret =
        """
        {"kind":"examination","reference":"Q-S%d","sender":"TWCUS-KEEL","eventTime":"2026-11-20T08:30:00+08:00",
         "classification":"%s","payload":{"examination":"EXS1","declaration":"AA  1512345678",
         "containers":["CSQU3054383"],"method":"X","result":"%s"}}
        """;
    String applied =
        node.send(secret.formatted(1, "secret", "conform")).at("/messages/0/id").stringValue();
    String refused =
        node.send(secret.formatted(2, "secret", "nonsense")).at("/messages/0/id").stringValue();
    String unknown =
        node.send(secret.formatted(3, "top", "conform")).at("/messages/0/id").stringValue();
    SignedIn.account(node.platform, "ordinary", "HQ", 0, "officer", "all");
    SignedIn.account(node.platform, "cleared", "HQ", 1, "officer", "all");
    SignedIn ordinary = SignedIn.stranger(node.platform, "ordinary").in();
    SignedIn cleared = SignedIn.stranger(node.platform, "cleared").in();

    assertThat(ordinary.get("/api/v1/messages").body()).doesNotContain(applied, refused, unknown);
    assertThat(ordinary.get("/api/v1/messages/" + applied).statusCode()).isEqualTo(404);
    assertThat(ordinary.get("/api/v1/messages/" + refused).statusCode()).isEqualTo(404);
    assertThat(ordinary.get("/api/v1/dossiers?key=EXS1").statusCode()).isEqualTo(404);
    assertThat(cleared.get("/api/v1/messages").body())
        .contains(applied, refused)
        .doesNotContain(unknown);
    assertThat(cleared.get("/api/v1/messages/" + applied).body()).contains("EXS1");
    assertThat(cleared.get("/api/v1/dossiers?key=EXS1").statusCode()).isEqualTo(200);
    assertThat(Node.json(node.get("/api/v1/messages/" + unknown)).at("/reason/where").stringValue())
        .contains("classification");
  }

  @Test
  void aSenderSpeaksForItselfOnly() {
    Credential carrier =
        Node.addSender(node.url, new Sender("COSCO", "中遠", "Cosco", 1, false, null, true));

    JsonNode reply =
        Node.json(
            node.postAs(
                "Bearer " + carrier.token(),
                "application/json",
                Messages.gateIn("Q-2", "CSQU3054383", TIME)));

    assertThat(reply.path("quarantined").intValue()).isEqualTo(1);
    assertThat(reply.at("/messages/0/reason/code").stringValue()).isEqualTo("foreign-sender");
    assertThat(reply.at("/messages/0/reason/value").stringValue()).isEqualTo("TWCUS-KEEL");
  }

  @Test
  void aDisabledSenderIsRefusedLikeAnUnknownOne() {
    Credential gone =
        Node.addSender(node.url, new Sender("GONE", "已停", "Gone", 1, false, null, false));

    String disabled = node.postAs("Bearer " + gone.token(), "application/json", "{}").body();
    String unknown = node.postAs("Bearer NOBODY.abc", "application/json", "{}").body();

    assertThat(withoutCorrelation(disabled)).isEqualTo(withoutCorrelation(unknown));
  }

  private static String withoutCorrelation(String problem) {
    return problem.replaceAll("\"correlation\":\"[^\"]*\"", "");
  }

  @Test
  void aMessageSentAgainAfterItWasQuarantinedIsTriedAnew() {
    Credential port =
        Node.addSender(node.url, new Sender("PORT", "港", "Port", 2, false, Set.of("CODECO"), true));
    String message = Messages.gateIn("Q-3", "TGHU1111116", TIME).replace("TWCUS-KEEL", "PORT");
    node.postAs("Bearer " + port.token(), "application/json", message);
    node.execute("update exchange.sender set kinds = null where id = 'PORT'");

    JsonNode again = Node.json(node.postAs("Bearer " + port.token(), "application/json", message));

    assertThat(again.path("applied").intValue()).isEqualTo(1);
  }

  @Test
  void theListIsPagedAndRefusesWrongParameters() {
    for (int i = 0; i < 5; i++) {
      node.send("{\"kind\":\"nonsense-" + i + "\"}");
    }

    JsonNode first = Node.json(node.get("/api/v1/messages?outcome=quarantined&limit=2"));
    JsonNode second =
        Node.json(
            node.get(
                "/api/v1/messages?outcome=quarantined&limit=2&after="
                    + first.path("next").stringValue()));

    assertThat(first.path("items").size()).isEqualTo(2);
    assertThat(second.at("/items/0/id").stringValue())
        .isLessThan(first.at("/items/1/id").stringValue());
    for (String wrong :
        List.of(
            "outcome=lost", "limit=0", "limit=x", "from=yesterday", "after=!!", "to=2026-13-01")) {
      assertThat(node.get("/api/v1/messages?" + wrong).statusCode()).as(wrong).isEqualTo(400);
    }
    assertThat(node.get("/api/v1/messages/not-an-id").statusCode()).isEqualTo(404);
    assertThat(node.get("/api/v1/messages/0199a000-0000-7000-8000-000000000000").statusCode())
        .isEqualTo(404);
  }
}
