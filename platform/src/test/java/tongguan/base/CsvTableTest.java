package tongguan.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.base.CsvTable.Read;
import tongguan.base.CsvTable.Row;

class CsvTableTest {
  private static Read read(String text) {
    return CsvTable.read(text, 3, 3, 10);
  }

  private static Read.Table table(String text) {
    return (Read.Table) read(text);
  }

  @Test
  void readsMarksQuotesAndAnyLineEnd() {
    Read.Table table = table("\uFEFFa,b\r\n1,\"x, \"\"y\"\"\"\n\n\"two\nlines\",\r3,4");

    assertThat(table.names()).containsExactly("a", "b");
    assertThat(table.rows())
        .containsExactly(
            new Row(2, List.of("1", "x, \"y\"")),
            new Row(4, List.of("two\nlines", "")),
            new Row(5, List.of("3", "4")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\na,b",
        "a\n\"open",
        "a\n\"x\"y",
        "a,b,c,d",
        "a\n12345678901",
        "a\n1\n2\n3\n4"
      })
  void saysInWhichRowItCannotReadOn(String text) {
    assertThat(read(text)).isInstanceOf(Read.Broken.class);
  }

  @Test
  void whateverComesItEndsAndLosesNothing() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String alphabet = "a,\"\r\n \uFEFF";
    for (int i = 0; i < 20_000; i++) {
      String text =
          IntStream.range(0, random.nextInt(30))
              .mapToObj(at -> alphabet.substring(random.nextInt(7)).substring(0, 1))
              .reduce("", String::concat);
      Read read = CsvTable.read(text, 100, 100, 100);
      if (read instanceof Read.Table table) {
        long letters =
            table.rows().stream()
                    .flatMap(row -> row.cells().stream())
                    .flatMapToInt(String::chars)
                    .filter(c -> c == 'a')
                    .count()
                + table.names().stream().flatMapToInt(String::chars).filter(c -> c == 'a').count();
        assertThat(letters)
            .as("seed %d: %s", seed, text)
            .isEqualTo(text.chars().filter(c -> c == 'a').count());
      }
    }
  }
}
