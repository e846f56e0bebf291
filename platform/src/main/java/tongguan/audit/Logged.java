package tongguan.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * An entry as it stands in the log.
 *
 * @param xid the transaction that wrote it
 * @param at the database's time
 * @param nodeAt the time of the node that wrote it
 * @param texts act, outcome, code, account, name, unit, device, address, session, record
 */
record Logged(
    UUID id,
    long xid,
    Instant at,
    Instant nodeAt,
    List<String> texts,
    long results,
    String details,
    String correlation) {

  /** In the order in which {@link #of} reads them. */
  static final String COLUMNS =
      """
      e.id, e.xid::text::bigint, e.at, e.node_at, e.act, e.outcome, e.code, e.account, e.name,
      e.unit, e.device, e.address, e.session, e.record, e.results, e.details, e.correlation
      """;

  private static final int TEXTS = 10;
  private static final int UNIT = 5;

  String unit() {
    return texts.get(UNIT);
  }

  static Logged of(ResultSet row, int first) throws SQLException {
    int column = first;
    UUID id = row.getObject(column++, UUID.class);
    long xid = row.getLong(column++);
    Instant at = row.getObject(column++, OffsetDateTime.class).toInstant();
    Instant nodeAt = row.getObject(column++, OffsetDateTime.class).toInstant();
    String[] texts = new String[TEXTS];
    for (int i = 0; i < TEXTS; i++) {
      texts[i] = row.getString(column++);
    }
    return new Logged(
        id,
        xid,
        at,
        nodeAt,
        List.of(texts),
        row.getLong(column),
        row.getString(column + 1),
        row.getString(column + 2));
  }
}
