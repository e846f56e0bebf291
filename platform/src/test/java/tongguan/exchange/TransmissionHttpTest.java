package tongguan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.base.Limits;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransmissionHttpTest {
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
  void anArrayAndLinesCarryTheSameMessages() {
    String one = Messages.gateIn("T-1", "CSQU3054383", TIME);
    String two = Messages.gateIn("T-2", "CSQU3054383", "2026-11-20T09:30:00+08:00");

    String array = " [ " + one + " ,\n " + two + " ] ";
    assertThat(Node.json(node.post("application/json", array)).path("applied").intValue())
        .isEqualTo(2);
    String lines = one + "\r\n\n" + two;
    assertThat(Node.json(node.post("application/x-ndjson", lines)).path("known").intValue())
        .isEqualTo(2);
  }

  @Test
  void theSameKeyGivesTheSameReplyAndAnotherBodyUnderItIsRefused() {
    String message = Messages.gateIn("T-3", "TGHU2222221", TIME);

    String first = node.post("application/json", message, "Idempotency-Key", "key-1").body();
    String second = node.post("application/json", message, "Idempotency-Key", "key-1").body();
    HttpResponse<String> other =
        node.post("application/json", message + " ", "Idempotency-Key", "key-1");

    assertThat(second).isEqualTo(first).contains("\"applied\":1");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(
            node.post("application/json", message, "Idempotency-Key", "x".repeat(101)).statusCode())
        .isEqualTo(400);
  }

  @Test
  void aKeyWhoseFirstRequestDiedIsWorkedThroughAgain() {
    String message = Messages.gateIn("T-4", "TGHU3333337", TIME);
    node.post("application/json", message, "Idempotency-Key", "key-2");
    node.execute("update exchange.answered set reply = null where key = 'key-2'");

    HttpResponse<String> again = node.post("application/json", message, "Idempotency-Key", "key-2");

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(Node.json(again).path("known").intValue()).isEqualTo(1);
  }

  @Test
  void whatIsTooLargeIsRefused() {
    byte[] zeros = new byte[(int) Limits.TRANSMISSION_BYTES + 1];

    HttpResponse<String> large =
        node.postBytes("Bearer " + node.relay.token(), "application/edifact", zeros);
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(Node.json(large).path("limitBytes").longValue())
        .isEqualTo(Limits.TRANSMISSION_BYTES);
  }

  /** As many programs do: everything is sent before anything is read. */
  @Test
  void whoSendsAllOfWhatIsTooLargeBeforeListeningHearsWhyItWasRefused() throws IOException {
    byte[] zeros = new byte[(int) Limits.TRANSMISSION_BYTES + 1];
    String head =
        """
        POST /api/v1/messages HTTP/1.1\r
        Host: 127.0.0.1\r
        Authorization: Bearer %s\r
        Content-Type: application/edifact\r
        Content-Length: %d\r
        Connection: close\r
        \r
        """
            .formatted(node.relay.token(), zeros.length);
    try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      sender.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      sender.getOutputStream().write(zeros);
      String answer = new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer)
          .startsWith("HTTP/1.1 413 ")
          .contains("\"limitBytes\":" + Limits.TRANSMISSION_BYTES);
    }
  }

  @Test
  void aLineOverTheLimitOfAMessageIsQuarantinedAndTheOthersAreApplied() {
    String large =
        Messages.gateIn("T-5", "TGHU4444442", TIME)
            .replace("TWKEL-E12", "X".repeat(Limits.JSON_MESSAGE_BYTES));

    HttpResponse<String> response =
        node.post(
            "application/x-ndjson", large + "\n" + Messages.gateIn("T-6", "TGHU5555558", TIME));

    assertThat(Node.json(response).path("applied").intValue()).isEqualTo(1);
    assertThat(Node.json(response).at("/messages/0/reason/code").stringValue())
        .isEqualTo("message-too-large");
  }

  @Test
  void otherMediaTypesAndCharsetsAreRefused() {
    String message = Messages.gateIn("T-7", "TGHU6666663", TIME);

    assertThat(node.post("application/xml", message).statusCode()).isEqualTo(415);
    assertThat(node.post("application/json; charset=big5", message).statusCode()).isEqualTo(415);
    byte[] big5 = message.replace("TWKEL-E12", "基隆").getBytes(Charset.forName("Big5"));
    HttpResponse<String> wrong =
        node.postBytes("Bearer " + node.relay.token(), "application/json", big5);
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(Node.json(wrong).path("code").stringValue()).isEqualTo("charset");
    assertThat(Node.json(wrong).at("/reason/offset").longValue()).isPositive();
  }

  @Test
  void aBodyThatHoldsNoMessageIsKeptAndRefused() {
    assertThat(node.post("application/x-ndjson", "\n \n").statusCode()).isEqualTo(400);
    assertThat(node.post("application/json", "[]").statusCode()).isEqualTo(400);
    HttpResponse<String> broken = node.post("application/json", "{\"kind\":");
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(
            node.rows(
                "select encode(raw, 'escape') from exchange.transmission where raw is not null"))
        .anySatisfy(row -> assertThat(row).containsExactly("{\"kind\":"));
  }

  @Test
  void aBrokenArrayKeepsWhatStandsBeforeTheBreak() {
    String array = "[" + Messages.gateIn("T-8", "TGHU7777779", TIME) + ",{\"kind\": tru";

    HttpResponse<String> response = node.post("application/json", array);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Node.json(response).path("applied").intValue()).isEqualTo(1);
    assertThat(Node.json(response).path("quarantined").intValue()).isEqualTo(1);
    assertThat(Node.json(response).at("/messages/1/reason/code").stringValue())
        .isEqualTo("not-json");
  }
}
