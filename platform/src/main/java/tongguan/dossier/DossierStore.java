package tongguan.dossier;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tongguan.access.Sight;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.audit.ReadTogether;
import tongguan.base.Limits;
import tongguan.base.database.Database;
import tongguan.base.database.SharedRead;
import tongguan.base.database.Sql;
import tongguan.record.key.Readings;
import tongguan.record.key.RecordKind;

/** SQL of the look-up: one statement for a dossier, a second one only where nothing was found. */
final class DossierStore {
  private final Database database;
  private final Audit audit;
  private final DossierSql sql = new DossierSql();
  private final Map<Set<RecordKind>, SharedRead<LookUp, Optional<byte[]>>> reads =
      new ConcurrentHashMap<>();

  DossierStore(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** What was typed, and what its reader may see. */
  record Asked(Readings readings, Sight sight) {}

  /** The same, and who that is. */
  record LookUp(Asked asked, Entry entry) {}

  /**
   * The JSON of the dossier, or of the candidates, as UTF-8, and then the entry is in the log;
   * empty when no record that the reader may see has such a key.
   */
  Optional<byte[]> find(LookUp lookUp) {
    return reads.computeIfAbsent(lookUp.asked().readings().kinds(), this::shared).read(lookUp);
  }

  private SharedRead<LookUp, Optional<byte[]>> shared(Set<RecordKind> kinds) {
    return new SharedRead<>(
        Limits.LOOK_UP_LANES,
        Limits.LOOK_UPS_TOGETHER,
        lookUps ->
            audit.answers(
                database,
                new ReadTogether(
                    sql.statement(kinds),
                    (connection, statement) ->
                        bind(
                            connection,
                            statement,
                            kinds,
                            lookUps.stream().map(LookUp::asked).toList())),
                lookUps.stream().map(one -> one.entry().found(1)).toList()));
  }

  /**
   * The same for several of one kind, as one reader takes them along; the entry for all of them is
   * that reader's matter.
   */
  static List<Optional<byte[]>> together(Connection connection, DossierSql sql, List<Asked> asked)
      throws SQLException {
    Set<RecordKind> kinds = asked.getFirst().readings().kinds();
    try (PreparedStatement statement = connection.prepareStatement(sql.statement(kinds))) {
      bind(connection, statement, kinds, asked);
      List<Optional<byte[]>> found =
          new ArrayList<>(Collections.nCopies(asked.size(), Optional.empty()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.set(row.getInt(1) - 1, Optional.ofNullable(row.getBytes(2)));
        }
      }
      return found;
    }
  }

  /** In the order of {@link DossierSql#columns}. */
  private static int bind(
      Connection connection,
      PreparedStatement statement,
      Set<RecordKind> kinds,
      List<Asked> lookUps)
      throws SQLException {
    int parameter = 1;
    for (DossierSql.Column column : DossierSql.columns(kinds)) {
      Object[] keys = new Object[lookUps.size()];
      for (int i = 0; i < keys.length; i++) {
        Object[] texts = column.keys().apply(lookUps.get(i).readings()).toArray();
        keys[i] = connection.createArrayOf("text", texts).toString();
      }
      statement.setArray(parameter++, connection.createArrayOf("text", keys));
    }
    Object[] districts = lookUps.stream().map(one -> one.sight().districts()).toArray();
    Object[] clearances = lookUps.stream().map(one -> (short) one.sight().clearance()).toArray();
    statement.setArray(parameter++, connection.createArrayOf("int4", districts));
    statement.setArray(parameter++, connection.createArrayOf("int2", clearances));
    return parameter;
  }

  /**
   * The house bills of a master that no message has stated itself, as candidates: JSON as UTF-8;
   * empty where there are none.
   */
  static Optional<byte[]> housesOf(Connection connection, List<String> masters, Sight sight)
      throws SQLException {
    return Sql.of(connection, HOUSES, masters, sight.districts(), sight.clearance())
        .first(row -> row.getBytes(1));
  }

  private static final String HOUSES =
      """
      select json_object('candidates': json_agg(json_object('kind': 'bill', 'key': h.key,
        'about': concat_ws(' · ', h.goods, h.consignee)) order by h.key) returning text)
      from (
        select distinct on (b.key) b.key, b.goods, b.consignee
        from (select ?::text[], ?::int, ?::int) q(masters, districts, clearance)
        join record.bill b on b.master = any (q.masters) and b.house is not null
        where %s
        order by b.key
        limit 51) h
      having count(*) > 0
      """
          .formatted(Seen.row("b"));

  /** Which of these container numbers are on record, as far as the reader may see. */
  static List<String> knownContainers(Connection connection, List<String> numbers, Sight sight)
      throws SQLException {
    return Sql.of(connection, KNOWN_CONTAINERS, numbers, sight.districts(), sight.clearance())
        .rows(row -> row.getString(1));
  }

  private static final String KNOWN_CONTAINERS =
      """
      select k.number
      from (select ?::text[], ?::int, ?::int) q(numbers, districts, clearance)
      join record.container k on k.number = any (q.numbers)
      where %s
      order by k.number
      limit 10
      """
          .formatted(Seen.container("k.number"));
}
