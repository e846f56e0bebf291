package tongguan.dossier;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tongguan.base.database.Database;
import tongguan.record.key.Readings;
import tongguan.record.key.RecordKind;

/** SQL of the look-up: one statement for a dossier, a second one only where nothing was found. */
final class DossierStore {
  private final Database database;
  private final DossierSql sql = new DossierSql();

  DossierStore(Database database) {
    this.database = database;
  }

  /**
   * The JSON of the dossier, or of the candidates, as UTF-8; empty when no record has such a key.
   */
  Optional<byte[]> find(Readings readings) {
    Set<RecordKind> kinds = readings.kinds();
    return database.query(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(sql.statement(kinds))) {
        bind(connection, statement, readings);
        try (ResultSet row = statement.executeQuery()) {
          return row.next() ? Optional.ofNullable(row.getBytes(1)) : Optional.empty();
        }
      }
    });
  }

  /** In the order in which the parts of the statement stand. */
  private static void bind(Connection connection, PreparedStatement statement, Readings readings)
      throws SQLException {
    int parameter = 1;
    for (RecordKind kind : RecordKind.values()) {
      if (!readings.kinds().contains(kind)) {
        continue;
      }
      setTexts(connection, statement, parameter++, readings.keys(kind));
      if (kind == RecordKind.BILL) {
        setTexts(connection, statement, parameter++, readings.keys(kind));
      }
      if (kind == RecordKind.VOYAGE) {
        setTexts(connection, statement, parameter++, readings.registrations());
      }
    }
  }

  private static void setTexts(
      Connection connection, PreparedStatement statement, int parameter, List<String> texts)
      throws SQLException {
    statement.setArray(parameter, connection.createArrayOf("text", texts.toArray()));
  }

  /**
   * The house bills of a master that no message has stated itself, as candidates: JSON as UTF-8;
   * empty where there are none.
   */
  Optional<byte[]> housesOf(List<String> masters) {
    return database.query(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(HOUSES)) {
        setTexts(connection, statement, 1, masters);
        try (ResultSet row = statement.executeQuery()) {
          return row.next() ? Optional.ofNullable(row.getBytes(1)) : Optional.empty();
        }
      }
    });
  }

  private static final String HOUSES =
      """
      select json_object('candidates': json_agg(json_object('kind': 'bill', 'key': h.key,
        'about': concat_ws(' · ', h.goods, h.consignee)) order by h.key) returning text)
      from (
        select distinct on (b.key) b.key, b.goods, b.consignee
        from record.bill b
        where b.master = any (?::text[]) and b.house is not null
        order by b.key
        limit 51) h
      having count(*) > 0
      """;

  /** Which of these container numbers are on record. */
  List<String> knownContainers(List<String> numbers) {
    return database.query(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(KNOWN_CONTAINERS)) {
        setTexts(connection, statement, 1, numbers);
        List<String> known = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            known.add(rows.getString(1));
          }
        }
        return known;
      }
    });
  }

  private static final String KNOWN_CONTAINERS =
      """
      select number from record.container where number = any (?::text[]) order by number limit 10
      """;
}
