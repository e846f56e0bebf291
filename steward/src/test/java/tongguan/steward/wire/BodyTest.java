package tongguan.steward.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
  private static WireInput input(byte[] bytes) {
    return new WireInput(new ByteArrayInputStream(bytes));
  }

  private static WireInput input(String text) {
    return input(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String whole(Framing framing, String wire) throws IOException {
    return new String(Body.whole(framing, input(wire), 1000), StandardCharsets.ISO_8859_1);
  }

  @Test
  void bodiesEndWhereTheirFramingSays() throws IOException {
    assertThat(whole(new Framing.None(), "abc")).isEmpty();
    assertThat(whole(new Framing.Length(2), "abc")).isEqualTo("ab");
    assertThat(whole(new Framing.UntilClose(), "abc")).isEqualTo("abc");
    assertThat(whole(new Framing.Chunked(), "2\r\nab\r\nA\r\n0123456789\r\n0\r\n\r\nnext"))
        .isEqualTo("ab0123456789");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2\r\nabc\r\n0\r\n\r\n",
        "2;x=y\r\nab\r\n0\r\n\r\n",
        "0x2\r\nab\r\n0\r\n\r\n",
        "-1\r\nab\r\n0\r\n\r\n",
        "+2\r\nab\r\n0\r\n\r\n",
        " 2\r\nab\r\n0\r\n\r\n",
        "2\nab\n0\n\n",
        "2\r\nab\r\n0\r\nX: y\r\n\r\n",
        "2\r\nab\r\n",
        "2\r\na",
        "fffffffff\r\nab\r\n0\r\n\r\n",
        "\r\nab\r\n0\r\n\r\n"
      })
  void chunksThatTwoReadersCouldReadDifferentlyAreRefused(String wire) {
    assertThatThrownBy(() -> whole(new Framing.Chunked(), wire)).isInstanceOf(IOException.class);
  }

  @Test
  void aBodyThatBreaksOffIsNoShortBody() {
    assertThatThrownBy(() -> whole(new Framing.Length(4), "abc")).isInstanceOf(IOException.class);
  }

  @Test
  void passedOnInAnyPiecesItIsTheSame() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] content = new byte[100_000];
    random.nextBytes(content);
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (int from = 0; from < content.length; ) {
      int size = Math.min(1 + random.nextInt(30_000), content.length - from);
      wire.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      wire.write(content, from, size);
      wire.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      from += size;
    }
    wire.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    Body.pass(new Framing.Chunked(), input(wire.toByteArray()), passed);

    assertThat(Body.whole(new Framing.Chunked(), input(passed.toByteArray()), 200_000))
        .isEqualTo(content);
  }

  /** Whatever comes: a head, or an exception that says it is none; never anything else. */
  @Test
  void noNoiseBreaksTheReader() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    String good = "GET /a HTTP/1.1\r\nHost: 127.0.0.1:1\r\nX: y\r\nContent-Length: 3\r\n\r\nabc";
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.getBytes(StandardCharsets.ISO_8859_1);
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        WireInput in = input(bytes);
        Head head = Head.read(in);
        Body.whole(Framing.ofRequest(head.fields()), in, 1000);
        assertThat(new String(head.bytes(), StandardCharsets.ISO_8859_1))
            .doesNotContain("\0")
            .endsWith("\r\n\r\n");
      } catch (IOException refused) {
        assertThat(refused.getMessage()).isNotNull();
      }
    }
  }
}
