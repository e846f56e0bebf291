package tongguan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The row JSON of "Malformed inputs", over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedJsonHttpTest {
  private static final String GOOD =
      Messages.gateIn("M-1", "CSQU3054383", "2026-11-20T08:30:00+08:00");
  private static final int MUTATIONS = 20_000;
  private static final int IN_ONE_TRANSMISSION = 1_000;

  private Node node;

  @BeforeAll
  void start() {
    node = Node.start();
  }

  @AfterAll
  void stop() {
    node.close();
  }

  /** Texts that RFC 8259 does not allow, and some that it leaves to us. */
  static Stream<String> notJson() {
    return Stream.of(
        "",
        " ",
        "\n",
        "{",
        "}",
        "[",
        "]",
        "{]",
        "[}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\" \"b\"}",
        "{a:1}",
        "{'a':1}",
        "nul",
        "tru",
        "True",
        "NaN",
        "[NaN]",
        "Infinity",
        "-Infinity",
        "undefined",
        "[01]",
        "[+1]",
        "[1.]",
        "[.5]",
        "[1e]",
        "[1e+]",
        "[-]",
        "[--1]",
        "[0x10]",
        "[1_000]",
        "\"abc",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\uD8\"",
        "\"tab\there\"",
        "\"line\nbreak\"",
        "\"nul\u0000\"",
        "/* c */ {}",
        "{} // c",
        "{}{}",
        "{} {}",
        "[] []",
        "{\"a\":1} x",
        "{\"a\":1,\"a\":2}",
        "\ufeff",
        "\u0001",
        "\u00a0{}",
        "{\"a\":1}\u0000",
        "{\"a\":\"\u0007\"}",
        "[\"a\",\n4\n,1,",
        "{\"x\"::\"b\"}",
        "{:\"b\"}",
        "{1:1}",
        "{\"a\":1;\"b\":2}",
        "<xml/>",
        "%PDF-1.7",
        "UNB+UNOA:1'",
        "{\"a\":\"b\"}}",
        "[[]",
        "{\"a\":[}",
        "{\"id\":0,,,,,}",
        "[\"\\a\"]",
        "[\\n]",
        "[1,,2]",
        "[\"x\"]]",
        "[3[4]]",
        "[1:2]",
        "[-2.]",
        "[0.e1]",
        "[2.e3]",
        "[9.3e+]",
        "[0e]",
        "[1eE2]",
        "[1e1.5]",
        "[-01]",
        "[-.123]",
        "[-NaN]",
        "[1+2]",
        "[\u00e9]",
        "[\u200b]",
        "{\"kind\":\"NX5105\"",
        "*",
        "{\"a\"/*b*/:1}");
  }

  @ParameterizedTest
  @MethodSource
  void notJson(String text) {
    HttpResponse<String> response = node.post("application/json", text);

    // An array that breaks keeps what stood before the break, so it may be 200 with all in
    // quarantine.
    if (response.statusCode() == 200) {
      JsonNode reply = Node.json(response);
      assertThat(reply.path("applied").intValue() + reply.path("known").intValue()).isZero();
      assertThat(reply.path("quarantined").intValue()).isPositive();
    } else {
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(Node.json(response).path("code").stringValue()).isNotEmpty();
    }
  }

  /** JSON, but no message. */
  static Stream<String> noMessage() {
    String deep = "[".repeat(60) + "]".repeat(60);
    return Stream.of(
        "{}",
        "1",
        "true",
        "null",
        "\"text\"",
        "{\"kind\":null}",
        "{\"kind\":5}",
        "{\"kind\":\"\"}",
        "{\"kind\":\"nx5105\"}",
        with("payload", "[]"),
        with("payload", "null"),
        with("payload", "\"x\""),
        with("payload", deep),
        with("payload", "{\"container\":1e400}"),
        with("payload", "{\"a\":1e99999}"),
        with("payload", "{\"a\":-1e-99999}"),
        with("payload", "{\"grossKg\":1" + "0".repeat(60) + "}"),
        GOOD.replace("12000.5", "-1"),
        GOOD.replace("12000.5", "\"1e3\""),
        GOOD.replace("12000.5", "1e11"),
        GOOD.replace("12000.5", "true"),
        GOOD.replace("12000.5", "\"\""),
        GOOD.replace("12000.5", "null"),
        GOOD.replace("12000.5", "1E+2147483647"),
        GOOD.replace("true", "\"true\""),
        GOOD.replace("true", "1"),
        GOOD.replace("TWKEL-E12", "\\u0000"),
        GOOD.replace("TWKEL-E12", "\\ud800"),
        GOOD.replace("TWKEL-E12", "\\udc00x"),
        GOOD.replace("TWKEL-E12", "a".repeat(5000)),
        GOOD.replace("TWKEL-E12", ""),
        GOOD.replace("TWKEL-E12", "基隆"),
        GOOD.replace("CSQU3054383", ""),
        GOOD.replace("CSQU3054383", "'; drop table record.movement; --"),
        GOOD.replace("CSQU3054383", "<script>alert(1)</script>"),
        GOOD.replace("CSQU3054383", "A".repeat(31)),
        GOOD.replace("\"place\"", "\"Place\""),
        GOOD.replace("\"place\"", "\"__proto__\""),
        GOOD.replace("\"place\":\"TWKEL-E12\",", ""),
        GOOD.replace("M-1", ""),
        GOOD.replace("M-1", "x".repeat(36)),
        GOOD.replace("M-1", "a b"),
        GOOD.replace("2026-11-20T08:30:00+08:00", "2026-11-20"),
        GOOD.replace("2026-11-20T08:30:00+08:00", "2026-02-30T08:30:00+08:00"),
        GOOD.replace("2026-11-20T08:30:00+08:00", "2026-11-20T08:30:00"),
        GOOD.replace("2026-11-20T08:30:00+08:00", "9999-11-20T08:30:00Z"),
        GOOD.replace("2026-11-20T08:30:00+08:00", "2026-11-20T25:30:00Z"),
        GOOD.replace("2026-11-20T08:30:00+08:00", "+12026-11-20T08:30:00Z"),
        GOOD.replace("TWCUS-KEEL", "not a sender"),
        GOOD.replace("TWCUS-KEEL", ""),
        GOOD.replace("\"kind\"", "\"extra\":1,\"kind\""),
        GOOD.replace("gate-in", "GATE-IN"));
  }

  private static String with(String name, String value) {
    return """
    {"kind":"container-movement","reference":"M-2","sender":"X","eventTime":"2026-11-20T08:30:00Z","%s":%s}\
    """
        .formatted(name, value);
  }

  @ParameterizedTest
  @MethodSource
  void noMessage(String text) {
    HttpResponse<String> response = node.post("application/json", text);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode reply = Node.json(response);
    assertThat(reply.path("quarantined").intValue()).as(response.body()).isEqualTo(1);
    assertThat(reply.at("/messages/0/reason/code").stringValue())
        .isNotEqualTo("unreadable")
        .isNotEqualTo("refused-by-database");
    assertThat(reply.at("/messages/0/reason/text").stringValue()).isNotEmpty();
  }

  @Test
  void depthAndNamesAndNumbersBeyondTheLimitsAreRefusedQuickly() {
    for (String bomb :
        List.of(
            "[".repeat(100_000),
            "{\"a\":".repeat(100_000),
            "[" + "[".repeat(100_000) + "]".repeat(100_000) + "]",
            "{\"" + "n".repeat(100_000) + "\":1}",
            "{\"a\":" + "9".repeat(100_000) + "}",
            "{\"a\":\"" + "s".repeat(1_000_001) + "\"}")) {
      long started = System.nanoTime();
      HttpResponse<String> response = node.post("application/json", bomb);

      assertThat(response.statusCode() == 400 || quarantinedOnly(response)).isTrue();
      assertThat((System.nanoTime() - started) / 1e9).isLessThan(5);
    }
  }

  private static boolean quarantinedOnly(HttpResponse<String> response) {
    JsonNode reply = Node.json(response);
    return response.statusCode() == 200
        && reply.path("received").intValue() == reply.path("quarantined").intValue();
  }

  /** Big5, UTF-16 and UTF-32, overlong and surrogate bytes: whatever is no UTF-8. */
  @Test
  void otherEncodingsAreRefusedWithThePlace() throws Exception {
    List<byte[]> bodies = new ArrayList<>();
    for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-32")) {
      bodies.add(GOOD.getBytes(charset));
    }
    bodies.add(GOOD.replace("TWKEL-E12", "基隆港").getBytes("Big5"));
    for (int[] bytes :
        new int[][] {{0xC0, 0xAF}, {0xED, 0xA0, 0x80}, {0xF5, 0x80, 0x80, 0x80}, {0xFF}}) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes("{\"kind\":\"".getBytes(StandardCharsets.US_ASCII));
      for (int b : bytes) {
        body.write(b);
      }
      body.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
      bodies.add(body.toByteArray());
    }
    for (byte[] body : bodies) {
      HttpResponse<String> response =
          node.postBytes("Bearer " + node.relay.token(), "application/json", body);
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(Node.json(response).path("code").stringValue()).isEqualTo("charset");
    }
  }

  /**
   * Bytes flipped, cut out and doubled in good messages, a thousand to a transmission: each gets an
   * outcome, none a failure of ours, and a good message among them is always applied.
   */
  @Test
  void mutatedMessagesAreAppliedOrQuarantinedAndNeverAFailure() {
    Random random = new Random(42);
    List<String> seeds = LinkedSet.of(new Random(43), 3);
    for (int sent = 0; sent < MUTATIONS; sent += IN_ONE_TRANSMISSION) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int i = 0; i < IN_ONE_TRANSMISSION; i++) {
        byte[] seed = seeds.get(random.nextInt(seeds.size())).getBytes(StandardCharsets.UTF_8);
        body.writeBytes(mutated(seed, random));
        body.write('\n');
      }
      String witness = Messages.gateIn("W-" + sent, "CSQU3054383", "2026-11-20T08:30:00+08:00");
      body.writeBytes(witness.getBytes(StandardCharsets.UTF_8));

      HttpResponse<String> response =
          node.postBytes(
              "Bearer " + node.relay.token(), "application/x-ndjson", body.toByteArray());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(
              node.rows(
                  "select outcome from exchange.message where reference = 'W-%d'".formatted(sent)))
          .containsExactly(List.of("applied"));
    }
    assertThat(
            node.rows(
                "select reason ->> 'code', count(*) from exchange.message "
                    + "where reason ->> 'code' in ('unreadable', 'refused-by-database') group by 1"))
        .isEmpty();
    assertThat(node.rows("select count(*) from exchange.message where outcome = 'received'"))
        .containsExactly(List.of("0"));
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes =
          switch (random.nextInt(4)) {
            case 0 -> flipped(bytes, at, random);
            case 1 -> without(bytes, at, 1 + random.nextInt(8));
            case 2 -> doubled(bytes, at);
            default -> exchanged(bytes, at, "{}[]\",:0e-\\".charAt(random.nextInt(11)));
          };
      if (bytes.length == 0) {
        return new byte[] {'{'};
      }
    }
    return noLineBreaks(bytes);
  }

  private static byte[] flipped(byte[] bytes, int at, Random random) {
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private static byte[] exchanged(byte[] bytes, int at, char with) {
    bytes[at] = (byte) with;
    return bytes;
  }

  private static byte[] without(byte[] bytes, int at, int length) {
    int end = Math.min(bytes.length, at + length);
    byte[] shorter = new byte[bytes.length - (end - at)];
    System.arraycopy(bytes, 0, shorter, 0, at);
    System.arraycopy(bytes, end, shorter, at, bytes.length - end);
    return shorter;
  }

  private static byte[] doubled(byte[] bytes, int at) {
    byte[] longer = new byte[bytes.length + 1];
    System.arraycopy(bytes, 0, longer, 0, at + 1);
    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
    return longer;
  }

  private static byte[] noLineBreaks(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        bytes[i] = ' ';
      }
    }
    return bytes;
  }
}
