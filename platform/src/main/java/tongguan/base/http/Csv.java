package tongguan.base.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Comma-separated values (RFC 4180) for spreadsheets: with a byte order mark, so that Chinese is
 * read as such, and with cells that a spreadsheet would take for a formula made plain by an
 * apostrophe.
 */
public final class Csv implements AutoCloseable {
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private final Writer out;

  public Csv(OutputStream stream) throws IOException {
    this.out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
    out.write('\uFEFF');
  }

  public void row(List<String> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(cell(cells.get(i)));
    }
    out.write("\r\n");
  }

  static String cell(String text) {
    boolean formula =
        !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 && !isNumber(text);
    String safe = formula ? "'" + text : text;
    boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  private static boolean isNumber(String text) {
    return text.matches("-?[0-9]{1,18}(\\.[0-9]{1,9})?");
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
