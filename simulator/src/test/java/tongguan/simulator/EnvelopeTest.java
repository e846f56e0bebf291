package tongguan.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Interchanges as their reader finds them. */
class EnvelopeTest {
  @TempDir static Path scratch;
  private static WrittenWorld world;
  private static Set<String> broken;

  @BeforeAll
  static void live() throws IOException {
    world =
        WrittenWorld.of(
            scratch.resolve("world"),
            "--containers",
            "4000",
            "--until",
            "2026-11-20",
            "--seed",
            "5");
    broken = new HashSet<>();
    for (JsonNode one : world.index.path("broken")) {
      broken.add(one.path("reference").asString(""));
    }
  }

  @Test
  void everySoundMessageCountsItsSegments() {
    for (EdifactFile interchange : world.interchanges) {
      for (EdifactFile.Message message : interchange.messages()) {
        if (!isBroken(interchange, message)) {
          EdifactFile.Segment last = message.segments().getLast();
          assertThat(last.value(1, 0)).isEqualTo(String.valueOf(message.segments().size()));
          assertThat(last.value(2, 0)).isEqualTo(message.reference());
        }
      }
    }
  }

  @Test
  void everyInterchangeThatIsNotCutOffCountsItsMessages() {
    int cutOff = 0;
    for (EdifactFile interchange : world.interchanges) {
      EdifactFile.Segment first = interchange.segments().getFirst();
      EdifactFile.Segment last = interchange.segments().getLast();
      assertThat(first.tag()).isEqualTo("UNB");
      if (!last.tag().equals("UNZ")) {
        cutOff++;
        continue;
      }
      assertThat(last.value(1, 0)).isEqualTo(String.valueOf(interchange.messages().size()));
      assertThat(last.value(2, 0)).isEqualTo(first.value(5, 0));
    }
    assertThat(cutOff).isLessThanOrEqualTo(1);
  }

  @Test
  void theIndexNamesEveryBrokenMessage() {
    long miscounted =
        world.interchanges.stream()
            .flatMap(interchange ->
                interchange.messages().stream().filter(message -> isBroken(interchange, message)))
            .count();
    assertThat(miscounted).isGreaterThan(2);
    assertThat(world.index.path("broken").size())
        .isEqualTo(world.index.path("quarantined").asInt());
    assertThat(broken.size()).isGreaterThan((int) miscounted);
  }

  @Test
  void sendersWriteInEveryManner() throws IOException {
    Set<String> charsets =
        world.interchanges.stream().map(EdifactFile::charset).collect(Collectors.toSet());
    Set<String> starts = new TreeSet<>();
    boolean wrapped = false;
    for (EdifactFile interchange : world.interchanges) {
      List<String> lines =
          new String(Files.readAllBytes(interchange.path()), "ISO-8859-1").lines().toList();
      starts.add(lines.getFirst().substring(0, Math.min(9, lines.getFirst().length())));
      wrapped |= lines.size() > 3 && lines.get(1).length() == 80 && lines.get(2).length() == 80;
    }

    assertThat(charsets).contains("UTF-8", "x-windows-950", "ISO-8859-1");
    assertThat(starts).contains("UNA;|.? ~", "UNA:+,? '", "UNA:+.? '", "UNB+UNOC:");
    assertThat(wrapped).isTrue();
  }

  @Test
  void freeTextKeepsTheCharactersThatAreMarksElsewhere() {
    assertThat(world.contains("O'BRIEN & SONS: TIMBER")).isTrue();
    assertThat(world.contains("QUAY 7 TRADING? YES LTD")).isTrue();
    assertThat(world.contains("LONE STAR GRAIN + FEED")).isTrue();
    assertThat(world.contains("SØNDERBY DAIRY A/S")).isTrue();
    assertThat(world.contains("股份有限公司")).isTrue();
  }

  private static boolean isBroken(EdifactFile interchange, EdifactFile.Message message) {
    String reference = interchange.segments().getFirst().value(5, 0);
    return broken.contains(reference + '/' + message.reference());
  }
}
