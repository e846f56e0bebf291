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
  private static final String COLUMNS =
      """
      id, node_at, act, outcome, code, account, name, unit, device, address, session, record,
      results, details, correlation
      """;

  private EntryStore() {}

  static void add(Connection transaction, Line line) throws SQLException {
    List<Object> values = new ArrayList<>(List.of(line.id(), line.nodeAt()));
    values.addAll(line.texts());
    values.addAll(List.of(line.entry().results(), line.details(), line.correlation()));
    Sql.of(transaction, INSERT, values.toArray()).update();
  }

  private static final String INSERT =
      "insert into audit.entry ("
          + COLUMNS
          + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /** Many at once: COPY writes them in half the time of inserts. */
  static void addAll(Connection transaction, List<Line> lines) throws SQLException {
    StringBuilder text = new StringBuilder(lines.size() * 400);
    for (Line line : lines) {
      text.append(line.id()).append('\t').append(line.nodeAt());
      line.texts().forEach(value -> field(text, value));
      text.append('\t').append(line.entry().results());
      field(text, line.details());
      field(text, line.correlation());
      text.append('\n');
    }
    copy(transaction, "copy audit.entry (" + COLUMNS + ") from stdin", text);
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
