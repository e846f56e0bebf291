package tongguan.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdifactHttpTest {
  private Node node;

  @BeforeAll
  void start() {
    node = Node.start();
  }

  @AfterAll
  void stop() {
    node.close();
  }

  private static String gateIn(String reference, String container, String time) {
    return """
    UNH+%s+CODECO:D:95B:UN'BGM+34+GATE%s+9'DTM+137:202611201000:203'TDT+20+0123E+1++COSU:172:20+++9074729:146:11:EVER'\
    LOC+165+TWKEL-E12'EQD+CN+%s+22G1:102:5++3+5'DTM+7:%s:203'CNT+16:1'UNT+9+%s'\
    """
        .formatted(reference, reference, container, time, reference);
  }

  private static String interchange(String control, String... messages) {
    return "UNA:+.? 'UNB+UNOC:3+KEELT1+TWCUSTOMS+261120:1000+"
        + control
        + "'"
        + String.join("", messages)
        + "UNZ+"
        + messages.length
        + "+"
        + control
        + "'";
  }

  @Test
  void aBadMessageInAnInterchangeIsQuarantinedAndTheOthersAreApplied() {
    HttpResponse<String> response =
        node.post(
            "application/edifact",
            interchange(
                "X1",
                gateIn("1", "CSQU3054383", "202611200900"),
                gateIn("2", "CSQU3054384", "never"),
                gateIn("3", "TGHU1111116", "202611200910")));

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode reply = Node.json(response);
    assertThat(reply.path("applied").intValue()).as(response.body()).isEqualTo(2);
    assertThat(reply.path("quarantined").intValue()).isEqualTo(1);
    JsonNode reason = reply.at("/messages/1/reason");
    assertThat(reason.path("where").stringValue()).contains("DTM");
    assertThat(reason.path("value").stringValue()).contains("never");
    assertThat(node.rows("select container from record.movement"))
        .contains(List.of("CSQU3054383"), List.of("TGHU1111116"))
        .doesNotContain(List.of("CSQU3054384"));
    assertThat(node.rows("select told_rank / 10 from record.movement group by 1"))
        .containsExactly(List.of("2"));
  }

  @Test
  void aMessageInAnotherInterchangeIsKnown() {
    String message = gateIn("9", "TGHU2222221", "202611200920");
    node.post("application/edifact", interchange("X2", message));

    HttpResponse<String> again = node.post("application/edifact", interchange("X3", message));

    assertThat(Node.json(again).path("known").intValue()).isEqualTo(1);
  }

  @Test
  void aStoredMessageIsAppliedByTheWorkerWithTheSameRank() {
    node.post("application/edifact", interchange("X4", gateIn("4", "TGHU3333337", "202611200930")));
    List<List<String>> before = node.recordDump();
    node.execute(
        "update exchange.message set outcome = 'received', applied_at = null, received_at = now() - "
            + "interval '1 hour' where reference = 'X4/4'");

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            node.rows("select outcome from exchange.message where reference = 'X4/4'")
                .equals(List.of(List.of("applied"))));

    assertThat(node.recordDump()).isEqualTo(before);
  }

  @Test
  void whatIsLeftOutOfAnAppliedMessageIsToldToItsSenderAndShownWithIt() {
    String message = gateIn("6", "TGHU5555558", "202611200950").replace("9074729", "9074720");

    JsonNode reply = Node.json(node.post("application/edifact", interchange("X6", message)));

    assertThat(reply.path("applied").intValue()).isEqualTo(1);
    JsonNode warning = reply.at("/messages/0/warnings/0");
    assertThat(warning.path("code").stringValue()).isEqualTo("voyage-left-out");
    assertThat(warning.path("text").stringValue()).contains("9074720").contains("TDT");
    JsonNode shown =
        Node.json(node.get("/api/v1/messages/" + reply.at("/messages/0/id").stringValue()));
    assertThat(shown.path("warnings")).isEqualTo(reply.at("/messages/0/warnings"));
  }

  @Test
  void aBrokenPieceOfAnInterchangeKeepsItsReasonWhenItIsTriedAgain() {
    String whole = gateIn("7", "TGHU6666663", "202611200955");
    String broken = whole.substring(0, whole.indexOf("UNT+"));
    JsonNode reply =
        Node.json(
            node.post(
                "application/edifact",
                interchange("X7", broken, gateIn("8", "TGHU7777779", "202611200956"))));
    JsonNode first = reply.at("/messages/0");
    assertThat(first.at("/reason/code").stringValue()).isEqualTo("unt-missing");

    JsonNode again = Node.json(node.replay(first.path("id").stringValue())).at("/messages/0");

    assertThat(again.path("reason")).isEqualTo(first.path("reason"));
  }

  @Test
  void anEmptyOfTheManifestIsOnItsVoyageAndKeepsTheCellThatAnOlderBayPlanToldOf() {
    String plan =
        """
        UNH+1+BAPLIE:D:95B:UN:SMDG22'BGM++P8+9'DTM+137:202611180905:203'TDT+20+0123E+1++COSU+++9074729:146:11:SHIP'\
        LOC+147+0120486'LOC+9+CNSHA'EQD+CN+TGHU8888884+22G1+++4'UNT+8+1'\
        """;
    String manifest =
        """
        UNH+1+CUSCAR:D:95B:UN'BGM+85+DOC8+9'DTM+137:202611190905:203'TDT+20+0123E+1++COSU+++9074729:146:11:SHIP'\
        EQD+CN+TGHU8888884+22G1+++4'EQD+CN+TGHU9999990+22G1+++4'CNI+1'RFF+BM:EMPT1'UNT+9+1'\
        """;

    // The newer one first: what is told does not hang on the order of arrival.
    for (String message : List.of(manifest, plan)) {
      JsonNode reply = Node.json(node.post("application/edifact", interchange("X8", message)));
      assertThat(reply.path("applied").intValue()).as(reply.toString()).isEqualTo(1);
    }

    assertThat(
            node.rows(
                "select container, voyage, cell, full_load from record.stowage order by container"))
        .extracting(Object::toString)
        .containsExactly(
            "[TGHU8888884, 9074729/0123E, 0120486, f]", "[TGHU9999990, 9074729/0123E, null, f]");
  }

  @Test
  void anInterchangeThatAsksForItGetsAnAcknowledgement() {
    String asking =
        interchange("X5", gateIn("5", "TGHU4444442", "202611200940"))
            .replace("+X5'UNH", "+X5++++1'UNH");

    JsonNode reply = Node.json(node.post("application/edifact", asking));

    assertThat(reply.at("/control/0").stringValue()).contains("CONTRL").contains("UCI+X5+");
  }

  @Test
  void whatIsNoInterchangeIsRefused() {
    assertThat(node.post("application/edifact", "hello, world").statusCode()).isEqualTo(400);
    assertThat(node.post("text/plain", "").statusCode()).isEqualTo(400);
  }
}
