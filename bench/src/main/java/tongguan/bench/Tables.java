package tongguan.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** The tables that messages fill, past the application: emptied, counted, copied. */
final class Tables {
  private final Connection owner;

  Tables(Connection owner) {
    this.owner = owner;
  }

  /** Rows of each table in PostgreSQL's binary COPY format. */
  record Rows(Map<String, byte[]> byTable) {}

  private List<String> names() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = owner.createStatement();
        ResultSet row = statement.executeQuery(NAMES)) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  private static final String NAMES =
      """
      select c.oid::regclass::text
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('record', 'exchange') and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> 'sender'
      order by 1
      """;

  void empty() throws SQLException {
    execute("truncate " + String.join(", ", names()));
  }

  long count(String table) throws SQLException {
    try (Statement statement = owner.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  Rows read() throws SQLException, IOException {
    CopyManager copy = owner.unwrap(PGConnection.class).getCopyAPI();
    Map<String, byte[]> rows = new LinkedHashMap<>();
    for (String table : names()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      copy.copyOut("copy (select * from " + table + ") to stdout (format binary)", out);
      rows.put(table, out.toByteArray());
    }
    return new Rows(rows);
  }

  /**
   * Copies the rows into tables of the same columns, in one transaction.
   *
   * @return seconds
   */
  double copyInto(Rows rows, boolean indexed) throws SQLException, IOException {
    execute("drop schema if exists bench cascade; create schema bench");
    Map<String, String> targets = new LinkedHashMap<>();
    for (String table : rows.byTable().keySet()) {
      String target = "bench." + table.replace('.', '_');
      execute(
          "create table %s (like %s %s)"
              .formatted(target, table, indexed ? "including indexes including identity" : ""));
      targets.put(table, target);
    }
    execute("checkpoint");
    CopyManager copy = owner.unwrap(PGConnection.class).getCopyAPI();
    owner.setAutoCommit(false);
    long started = System.nanoTime();
    for (Map.Entry<String, String> target : targets.entrySet()) {
      byte[] bytes = rows.byTable().getOrDefault(target.getKey(), new byte[0]);
      copy.copyIn(
          "copy " + target.getValue() + " from stdin (format binary)",
          new ByteArrayInputStream(bytes),
          1 << 20);
    }
    owner.commit();
    double seconds = (System.nanoTime() - started) / 1e9;
    owner.setAutoCommit(true);
    execute("drop schema bench cascade");
    return seconds;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }
}
