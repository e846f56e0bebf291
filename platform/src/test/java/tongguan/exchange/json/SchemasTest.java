package tongguan.exchange.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tongguan.base.Json;
import tongguan.exchange.message.Arrival;
import tongguan.exchange.message.Origin;
import tongguan.exchange.message.Reading;
import tongguan.exchange.message.Rejection;
import tools.jackson.databind.JsonNode;

class SchemasTest {
  private final Schemas schemas = new Schemas();
  private final JsonMessages messages = new JsonMessages(schemas);

  @ParameterizedTest
  @EnumSource(JsonKind.class)
  void everyKindHasAPublishedSchemaThatAllowsNoUnknownFields(JsonKind kind) throws Exception {
    JsonNode schema = Json.read(schemas.published(kind.code()).orElseThrow());

    assertThat(schema.at("/properties/kind/const").stringValue()).isEqualTo(kind.code());
    assertThat(schema.path("$schema").stringValue())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertClosed(schema);
  }

  @Test
  void theSharedPartsAreClosedToo() throws Exception {
    assertClosed(Json.read(schemas.published("common").orElseThrow()));
    assertClosed(Json.read(schemas.published("envelope").orElseThrow()));
    assertThat(schemas.published("../../openapi")).isEmpty();
  }

  /** Every object with properties says that there are no others. */
  private static void assertClosed(JsonNode node) {
    boolean isObjectSchema =
        node.path("properties").isObject() && node.path("type").asString("").equals("object");
    if (isObjectSchema) {
      assertThat(node.path("additionalProperties").isBoolean()).as(node.toString()).isTrue();
    }
    node.forEach(SchemasTest::assertClosed);
  }

  @Test
  void theReasonNamesThePlaceTheValueAndWhatWasExpected() {
    assertThat(rejection(movement("\"seals\":[\"OK1\",\"not ok\"]")))
        .isEqualTo(Rejection.at("/payload/seals/1", "wrong-form", "not ok", "A–Z 0–9 - ×1–15"));
    assertThat(rejection(movement("\"colour\":\"red\"")).where()).isEqualTo("/payload/colour");
    assertThat(rejection(movement("\"co/l~our\":\"red\"")).where())
        .isEqualTo("/payload/co~1l~0our");
    assertThat(rejection(movement("\"voyage\":{\"imo\":\"9074720\",\"voyageNumber\":\"1E\"}")))
        .returns("/payload/voyage/imo", Rejection::where)
        .returns("9074720", Rejection::value);
    assertThat(rejection(movement("\"voyage\":{\"flight\":\"CI61\"}")))
        .returns("missing", Rejection::code)
        .returns("/payload/voyage/date", Rejection::where);
    assertThat(rejection(movement("\"grossKg\":100000000000")).code())
        .isEqualTo("number-out-of-range");
  }

  /** Nobody at a counter reads regular expressions. */
  @Test
  void noRuleOfAnySchemaIsShownInTheSchemasOwnSyntax() throws Exception {
    List<String> rules = new ArrayList<>();
    for (JsonKind kind : JsonKind.values()) {
      collectRules(Json.read(schemas.published(kind.code()).orElseThrow()), rules);
    }
    collectRules(Json.read(schemas.published("common").orElseThrow()), rules);
    collectRules(Json.read(schemas.published("envelope").orElseThrow()), rules);

    assertThat(rules)
        .hasSizeGreaterThan(60)
        .allSatisfy(
            rule -> assertThat(rule).doesNotContainPattern("[\\[\\]{}^$\\\\\"]").isNotBlank());
    assertThat(rules)
        .contains(
            "A–Z ×2 + A–Z 0–9 ×3",
            "ASCII ×1–35",
            "discharge, load, gate-in, gate-out, transfer, seal, unseal");
  }

  private static void collectRules(JsonNode schema, List<String> into) {
    for (String keyword :
        List.of("enum", "const", "type", "pattern", "format", "minimum", "maxLength", "maxItems")) {
      JsonNode rule = schema.path(keyword);
      if (rule.isValueNode() || rule.isArray()) {
        into.add(Expected.of(keyword, rule));
      }
    }
    schema.forEach(each -> collectRules(each, into));
  }

  @Test
  void aChannelStepNeedsItsChannel() {
    String reply =
        """
        {"kind":"declaration-reply","reference":"R","sender":"S","eventTime":"2026-11-20T08:30:00Z",
         "payload":{"declaration":"AA  99KEEL0001","step":"%s"}}\
        """;

    assertThat(read(reply.formatted("channel"))).isInstanceOf(Reading.Refused.class);
    assertThat(read(reply.formatted("accepted"))).isInstanceOf(Reading.Facts.class);
  }

  @Test
  void anAmountWithMorePlacesThanTheDatabaseKeepsIsRefusedInEitherForm() {
    assertThat(rejection(movement("\"grossKg\":\"1.1234567\"")).code()).isEqualTo("wrong-form");
    assertThat(rejection(movement("\"grossKg\":1.1234567")).code())
        .isEqualTo("number-out-of-range");
  }

  private Rejection rejection(String message) {
    return read(message) instanceof Reading.Refused refused
        ? refused.reason()
        : Rejection.at("", "accepted", null, null);
  }

  private Reading read(String message) {
    Arrival arrival = messages.look(message.getBytes(StandardCharsets.UTF_8));
    assertThat(arrival.fault()).isEqualTo(Optional.empty());
    return arrival.reader().apply(new Origin(new UUID(1, 1), "S", 3, 7));
  }

  private static String movement(String field) {
    return """
    {"kind":"container-movement","reference":"R","sender":"S","eventTime":"2026-11-20T08:30:00Z",
     "payload":{"container":"CSQU3054383","movement":"gate-in","place":"TWKEL-E12",%s}}\
    """
        .formatted(field);
  }
}
