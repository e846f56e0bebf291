package tongguan.dossier;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tongguan.base.database.Database;

/**
 * SQL of the lists: the listing's own parts, the conditions that were asked for, and the place
 * where the page begins.
 */
final class ListStore {
  private final Database database;

  ListStore(Database database) {
    this.database = database;
  }

  /** A row's JSON and its place in the list. */
  record Row(String json, List<String> place) {}

  /** One row more than the limit where there are more. */
  List<Row> page(Connection connection, Listing listing, ListQuery query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql(listing, query))) {
      bind(statement, query);
      return rows(statement);
    }
  }

  List<Row> page(Listing listing, ListQuery query) {
    return database.query(connection -> page(connection, listing, query));
  }

  /** How many rows there are, counted no further than {@code most}. */
  long count(Connection connection, Listing listing, ListQuery query, int most)
      throws SQLException {
    String sql = "select count(*) from (select 1" + from(listing, query) + "\nlimit ?) counted";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, query.startingAfter(List.of(), most - 1));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  long count(Listing listing, ListQuery query, int most) {
    return database.query(connection -> count(connection, listing, query, most));
  }

  private static String sql(Listing listing, ListQuery query) {
    StringBuilder sql =
        new StringBuilder("select ")
            .append(listing.item())
            .append(", to_char(")
            .append(listing.time())
            .append(" at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), ")
            .append(listing.key())
            .append(from(listing, query));
    if (!query.after().isEmpty()) {
      sql.append("\n  and (%s, %s) < (?::timestamptz, ?)".formatted(listing.time(), listing.key()));
    }
    return sql.append(
            "\norder by %s desc, %s desc\nlimit ?".formatted(listing.time(), listing.key()))
        .toString();
  }

  private static String from(Listing listing, ListQuery query) {
    StringBuilder sql =
        new StringBuilder("\nfrom (select ?::int, ?::int) q(districts, clearance) cross join ")
            .append(listing.from())
            .append("\nwhere ")
            .append(listing.where());
    query.conditions().forEach(condition -> sql.append("\n  and ").append(condition));
    return sql.toString();
  }

  private static void bind(PreparedStatement statement, ListQuery query) throws SQLException {
    statement.setInt(1, query.sight().districts());
    statement.setInt(2, query.sight().clearance());
    int parameter = 3;
    for (Object value : query.values()) {
      statement.setObject(parameter++, value);
    }
    for (String value : query.after()) {
      statement.setString(parameter++, value);
    }
    statement.setInt(parameter, query.limit() + 1);
  }

  private static List<Row> rows(PreparedStatement statement) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        String time = result.getString(2);
        rows.add(
            new Row(
                result.getString(1),
                List.of(time == null ? "-infinity" : time, result.getString(3))));
      }
    }
    return rows;
  }

  /**
   * Whether a voyage is on record, so that an unknown one is not answered with an empty manifest.
   */
  boolean knowsVoyage(String key) {
    return database.query(connection -> knowsVoyage(connection, key));
  }

  private static boolean knowsVoyage(Connection connection, String key) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select from record.voyage where key = ?")) {
      statement.setString(1, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
