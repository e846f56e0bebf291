package tongguan.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongguan.base.database.Sql;

/** The SQL by which people read the log: newest first, in the order of the log. */
final class AuditSearch {
  private AuditSearch() {}

  /** An entry and its place, where it has one yet. */
  record Found(Logged entry, @Nullable Long seq) {}

  /**
   * One more than a page, so that it shows whether there is another. Each filter rides on its
   * index, which ends in the order; the place of each is looked up for the page only.
   */
  static List<Found> page(Connection connection, AuditFilter filter) throws SQLException {
    List<Object> values = new ArrayList<>(filter.values());
    values.addAll(filter.place());
    values.add(filter.limit() + 1);
    return Sql.of(connection, statement(filter), values.toArray())
        .rows(row -> {
          long seq = row.getLong("seq");
          return new Found(Logged.of(row, 1), row.wasNull() ? null : seq);
        });
  }

  static String statement(AuditFilter filter) {
    List<String> conditions = new ArrayList<>(filter.conditions());
    if (!filter.after().isEmpty()) {
      conditions.add("(e.xid, e.id) < (?::xid8, ?)");
    }
    String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    return """
    select %s, (select c.seq from audit.chain c where c.entry = e.id) as seq
    from (select * from audit.entry e %s order by e.xid desc, e.id desc limit ?) e
    order by e.xid desc, e.id desc
    """
        .formatted(Logged.COLUMNS, where);
  }
}
