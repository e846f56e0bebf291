package tongguan.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** A batch of rows on its way into one statement. */
final class Rows {
  private Rows() {}

  /**
   * Runs a statement whose only parameter is the rows as JSON; nothing is sent when there are none.
   */
  static void write(Connection transaction, String sql, List<?> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = transaction.prepareStatement(sql)) {
      statement.setString(1, FactJson.of(rows));
      statement.execute();
    }
  }

  /** Runs a statement whose parameters are arrays of text of equal length. */
  static void writeKeys(Connection transaction, String sql, List<List<String>> columns)
      throws SQLException {
    if (columns.getFirst().isEmpty()) {
      return;
    }
    try (PreparedStatement statement = transaction.prepareStatement(sql)) {
      for (int i = 0; i < columns.size(); i++) {
        statement.setArray(i + 1, transaction.createArrayOf("text", columns.get(i).toArray()));
      }
      statement.execute();
    }
  }
}
