package tongguan.base.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that people take away: no cell of them is a formula (P17). */
class CsvTest {

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"})
  void aCellThatASpreadsheetWouldCalculateIsMadePlain(String cell) {
    assertThat(Csv.cell(cell).replace("\"", "")).startsWith("'");
  }

  @Test
  void numbersStayNumbers() {
    assertThat(Csv.cell("-12.5")).isEqualTo("-12.5");
    assertThat(Csv.cell("12000.5")).isEqualTo("12000.5");
  }

  @Test
  void rowsAreQuotedWhereNeededAndReadAsUtf8() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Csv csv = new Csv(out)) {
      csv.row(List.of("放行", "a,b", "say \"hi\"", "two\nlines", ""));
    }

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("\uFEFF放行,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n");
  }
}
