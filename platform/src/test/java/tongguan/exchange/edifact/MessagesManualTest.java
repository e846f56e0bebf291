package tongguan.exchange.edifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual's samples are right. */
class MessagesManualTest {
  private static final Pattern SAMPLE = Pattern.compile("(?s)```\\n(UN[AB].*?)```");

  @Test
  void everyEdifactSampleOfTheManualIsReadWithoutFault() throws IOException {
    String manual = Files.readString(Path.of("..", "docs", "messages.md"));
    List<String> samples =
        SAMPLE.matcher(manual).results().map((MatchResult found) -> found.group(1)).toList();

    assertThat(samples).hasSizeGreaterThanOrEqualTo(10);
    assertThat(samples)
        .allSatisfy(sample ->
            assertThat(Seeds.facts(sample.getBytes(StandardCharsets.UTF_8))).isNotEmpty());
  }
}
