package tongguan.base;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tongguan.base.Problem.Texts;

/**
 * A table out of a text of comma-separated values (RFC 4180): the first row names the columns; a
 * byte order mark, quotes, quoted line ends and any kind of line end are understood, rows with
 * nothing in them are left out.
 */
public final class CsvTable {
  private final String text;
  private final int mostRows;
  private final int mostColumns;
  private final int mostCharacters;
  private final List<Row> rows = new ArrayList<>();
  private int at;

  private CsvTable(String text, int mostRows, int mostColumns, int mostCharacters) {
    this.text = text;
    this.mostRows = mostRows;
    this.mostColumns = mostColumns;
    this.mostCharacters = mostCharacters;
  }

  /** A row and its number as a spreadsheet counts: the row of names is 1. */
  public record Row(int number, List<String> cells) {
    public Row {
      cells = List.copyOf(cells);
    }

    private boolean isBlank() {
      return cells.stream().allMatch(String::isBlank);
    }
  }

  /** What the text was read as. */
  public sealed interface Read {
    record Table(List<String> names, List<Row> rows) implements Read {}

    /** It cannot be read on from this row. */
    record Broken(int row, Texts expected) implements Read {}
  }

  public static Read read(String text, int mostRows, int mostColumns, int mostCharacters) {
    return new CsvTable(text, mostRows, mostColumns, mostCharacters).read();
  }

  private Read read() {
    if (text.startsWith("\uFEFF")) {
      at = 1;
    }
    for (int number = 1; at < text.length(); number++) {
      List<String> cells = new ArrayList<>();
      Optional<Texts> fault = row(cells);
      if (fault.isPresent()) {
        return new Read.Broken(number, fault.get());
      }
      Row row = new Row(number, cells);
      if (!row.isBlank()) {
        rows.add(row);
      }
      if (rows.size() > mostRows + 1) {
        return new Read.Broken(
            number,
            new Texts("至多 %,d 列".formatted(mostRows), "at most %,d rows".formatted(mostRows)));
      }
    }
    if (rows.isEmpty() || rows.getFirst().number() != 1) {
      return new Read.Broken(1, new Texts("第一列為欄位名稱", "the names of the columns in the first row"));
    }
    return new Read.Table(rows.getFirst().cells(), rows.subList(1, rows.size()));
  }

  /** One row from here to behind its line end. */
  private Optional<Texts> row(List<String> cells) {
    while (true) {
      StringBuilder cell = new StringBuilder();
      Optional<Texts> fault =
          at < text.length() && text.charAt(at) == '"' ? quoted(cell) : plain(cell);
      if (fault.isPresent()) {
        return fault;
      }
      if (cell.length() > mostCharacters) {
        return Optional.of(
            new Texts(
                "每格至多 %d 字".formatted(mostCharacters),
                "at most %d characters a cell".formatted(mostCharacters)));
      }
      cells.add(cell.toString());
      if (cells.size() > mostColumns) {
        return Optional.of(
            new Texts(
                "至多 %d 欄".formatted(mostColumns), "at most %d columns".formatted(mostColumns)));
      }
      if (at >= text.length() || text.charAt(at) != ',') {
        skipLineEnd();
        return Optional.empty();
      }
      at++;
    }
  }

  private void skipLineEnd() {
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
  }

  private Optional<Texts> plain(StringBuilder cell) {
    int start = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    cell.append(text, start, at);
    return Optional.empty();
  }

  private Optional<Texts> quoted(StringBuilder cell) {
    for (at++; at < text.length(); at++) {
      if (text.charAt(at) != '"') {
        cell.append(text.charAt(at));
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
        cell.append('"');
        at++;
      } else {
        at++;
        return at >= text.length() || ",\r\n".indexOf(text.charAt(at)) >= 0
            ? Optional.empty()
            : Optional.of(
                new Texts("引號之後為逗號或換行", "a comma or the end of the line after the quotes"));
      }
    }
    return Optional.of(new Texts("引號須成對", "a quotation mark that ends the cell"));
  }
}
