package tongguan.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonTest {
  private static JsonNode read(String text) throws Json.Malformed {
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":1,\"a\":2}",
        "{} {}",
        "[1,]",
        "{'a':1}",
        "NaN",
        "01",
        "\"\u0001\"",
        "// note\n1",
        "nul",
        "\"\\x\"",
        "\"\\ud8\"",
        "{a:1}"
      })
  void whatIsNotExactlyOneJsonValueIsMalformed(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(Json.Malformed.class);
  }

  @Test
  void whatGoesBeyondTheLimitsIsMalformedAndWhatReachesThemIsNot() throws Exception {
    int depth = Limits.JSON_DEPTH;
    assertThat(read("[".repeat(depth) + "]".repeat(depth)).isArray()).isTrue();
    assertThat(read("1".repeat(Limits.JSON_NUMBER_CHARACTERS)).isNumber()).isTrue();

    assertBeyond("[".repeat(depth + 1) + "]".repeat(depth + 1));
    assertBeyond("[".repeat(1_000_000));
    assertBeyond("1".repeat(Limits.JSON_NUMBER_CHARACTERS + 1));
    assertBeyond("\"" + "x".repeat(Limits.JSON_STRING_CHARACTERS + 1) + "\"");
    assertBeyond("{\"" + "x".repeat(Limits.JSON_NAME_CHARACTERS + 1) + "\":1}");
  }

  private static void assertBeyond(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(Json.Malformed.class);
  }

  @Test
  void saysWhereItWentWrong() {
    assertThatThrownBy(() -> read("{\"a\": 1, \"b\": !}"))
        .isInstanceOfSatisfying(
            Json.Malformed.class, malformed -> assertThat(malformed.offset()).isBetween(13L, 15L));
  }

  @Test
  void amountsKeepEveryDigit() throws Exception {
    assertThat(read("[12345678901234567.89, 0.10]")).hasToString("[12345678901234567.89,0.10]");
  }
}
