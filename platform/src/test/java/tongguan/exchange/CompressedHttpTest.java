package tongguan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.base.Limits;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompressedHttpTest {
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
  void aCompressedTransmissionIsApplied() throws IOException {
    byte[] message = Messages.gateIn("Z-1", "CSQU3054383", TIME).getBytes(StandardCharsets.UTF_8);

    HttpResponse<String> response = post(gzip(message));

    assertThat(Node.json(response).path("applied").intValue()).isEqualTo(1);
  }

  @Test
  void aBombIsRefusedAtTheLimitOfInflatedBytes() throws IOException {
    HttpResponse<String> bomb = post(gzip(new byte[100 * 1024 * 1024]));

    assertThat(bomb.statusCode()).isEqualTo(413);
    assertThat(Node.json(bomb).path("limitBytes").longValue()).isEqualTo(Limits.TRANSMISSION_BYTES);
  }

  @Test
  void brokenAndCutCompressionAndOtherCodingsAreRefused() throws IOException {
    byte[] whole =
        gzip(Messages.gateIn("Z-2", "CSQU3054383", TIME).getBytes(StandardCharsets.UTF_8));

    assertThat(post("plain".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(400);
    assertThat(post(Arrays.copyOf(whole, whole.length - 12)).statusCode()).isEqualTo(400);
    assertThat(node.post("application/json", "{}", "Content-Encoding", "br").statusCode())
        .isEqualTo(415);
    assertThat(node.rows("select 1 from exchange.message where reference = 'Z-2'")).isEmpty();
  }

  private HttpResponse<String> post(byte[] body) {
    return node.postBytes(
        "Bearer " + node.relay.token(), "application/x-ndjson", body, "Content-Encoding", "gzip");
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }
}
