package tongguan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongguan.OpenApi;
import tools.jackson.databind.JsonNode;

/** Real answers of a platform with a record, by the schemas that clients are built from. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersFitOpenApiTest {
  private final OpenApi openApi = new OpenApi();
  private Node node;
  private JsonNode posted;

  @BeforeAll
  void load() {
    node = Node.start();
    String messages = String.join("\n", LinkedSet.of(new Random(7), 40)) + "\n{broken";
    posted = Node.json(node.post("application/x-ndjson", messages));
    assertThat(posted.path("applied").intValue()).isGreaterThan(100);
  }

  @AfterAll
  void stop() {
    node.close();
  }

  private JsonNode fits(String schema, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode json = Node.json(response);
    assertThat(openApi.faults(schema, json)).isEmpty();
    return json;
  }

  @ParameterizedTest
  @CsvSource({
    "flow, DeclarationRowPage, true",
    "declarations, DeclarationRowPage, true",
    "releases, DeclarationRowPage, true",
    "permits, PermitRowPage, true",
    "movements, MovementPage, true",
    "bonded-checks, BondedCheckRowPage, true",
    "examinations, ExaminationPage, true",
    "voyages, VoyageRowPage, true",
    "manifest?voyage=9074729/0123E, ManifestRowPage, false",
    "messages, MessagePage, true"
  })
  void lists(String path, String schema, boolean filled) {
    JsonNode page = fits(schema, node.get("/api/v1/" + path));

    assertThat(!page.path("items").isEmpty()).isEqualTo(filled);
  }

  @Test
  void dossiersOfEveryKindThatHasARecord() {
    List<List<String>> keys =
        node.rows(
            """
            select number from record.container union all select number from record.declaration
            union all select key from record.voyage union all select number from record.permit
            union all select distinct number from record.seal union all select number from record.company
            union all select number from record.examination union all select number from record.bonded_check
            union all select distinct key from record.bill
            """);
    assertThat(keys).hasSizeGreaterThan(30);

    for (List<String> key : keys) {
      String coded = URLEncoder.encode(key.getFirst(), StandardCharsets.UTF_8);
      HttpResponse<String> response = node.get("/api/v1/dossiers?key=" + coded);
      boolean candidates = Node.json(response).has("candidates");
      fits(candidates ? "Candidates" : "Dossier", response);
    }
  }

  @Test
  void whatBecameOfATransmissionAndItsMessages() {
    assertThat(openApi.faults("TransmissionResult", posted)).isEmpty();
    for (String outcome : List.of("applied", "quarantined")) {
      JsonNode page = fits("MessagePage", node.get("/api/v1/messages?outcome=" + outcome));
      String id = page.path("items").path(0).path("id").stringValue();
      fits("MessageDetail", node.get("/api/v1/messages/" + id));
    }
  }

  @Test
  void theSmallOnes() {
    fits("Me", node.get("/api/v1/me"));
    fits("Reference", node.get("/api/v1/reference"));
    fits("SchemaList", node.get("/api/v1/schemas"));
    fits("Health", node.get("/health/live"));
    fits("Health", node.get("/health/ready"));
  }

  @Test
  void refusals() {
    HttpResponse<String> unknown = node.get("/api/v1/dossiers?key=MSKU9999997");

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(openApi.faults("UnknownKey", Node.json(unknown))).isEmpty();
    for (String path :
        List.of("/api/v1/dossiers?key=", "/api/v1/flow?limit=x", "/api/v1/nothing")) {
      assertThat(openApi.faults("Problem", Node.json(node.get(path)))).as(path).isEmpty();
    }
  }
}
