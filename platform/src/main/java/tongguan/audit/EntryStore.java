package tongguan.audit;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import tongguan.base.database.Sql;

/** The SQL that adds entries. The database puts the time and the transaction to each. */
final class EntryStore {
  static final String COLUMNS =
      """
      id, node_at, act, outcome, code, account, name, unit, device, address, session, record,
      results, details, correlation
      """;

  /** Characters of most entries. */
  private static final int ROOM = 400;

  private EntryStore() {}

  static void add(Connection transaction, Line line) throws SQLException {
    List<Object> values = new ArrayList<>(List.of(line.id(), line.nodeAt()));
    values.addAll(line.texts());
    values.addAll(List.of(line.results(), line.details(), line.correlation()));
    Sql.of(transaction, INSERT, values.toArray()).update();
  }

  private static final String INSERT =
      "insert into audit.entry ("
          + COLUMNS
          + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /** Many at once: COPY writes them in half the time of inserts. */
  static void addAll(Connection transaction, List<Line> lines) throws SQLException {
    StringBuilder text = new StringBuilder(lines.size() * ROOM);
    lines.forEach(line -> text(text, line));
    copy(transaction, "copy audit.entry (" + COLUMNS + ") from stdin", text);
  }

  private static void text(StringBuilder text, Line line) {
    text.append(line.id()).append('\t').append(line.nodeAt());
    line.texts().forEach(value -> field(text, value));
    text.append('\t').append(line.results());
    field(text, line.details());
    field(text, line.correlation());
    text.append('\n');
  }

  static void copy(Connection transaction, String statement, CharSequence text)
      throws SQLException {
    var copy = transaction.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
    try {
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      copy.writeToCopy(bytes, 0, bytes.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  // Texts hold no control characters (OneLine), JSON none unescaped; the backslash is left.
  private static void field(StringBuilder out, String value) {
    out.append('\t').append(value.indexOf('\\') < 0 ? value : value.replace("\\", "\\\\"));
  }
}
