package tongguan.inspection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tongguan.access.Sight;
import tongguan.base.Limits;
import tongguan.base.database.Sql;
import tongguan.record.key.RecordKind;

/** SQL of batches: each is one statement, for one number as for five hundred. */
final class BatchStore {
  private final Connection connection;

  BatchStore(Connection connection) {
    this.connection = connection;
  }

  /** What is known of each number, in their order: JSON as UTF-8. */
  byte[] lookUp(List<Scanned> batch, Sight sight) throws SQLException {
    return Sql.of(connection, BatchSql.LOOK_UP, parameters(batch, sight, false))
        .first(row -> row.getBytes(1))
        .orElseThrow();
  }

  /** That the number at this place stands for this declaration; places begin with 0. */
  record Meant(int place, String declaration) {}

  /** One more than a batch may come to where there are more. */
  List<Meant> declarations(List<Scanned> batch, Sight sight) throws SQLException {
    return Sql.of(connection, BatchSql.DECLARATIONS, parameters(batch, sight, true))
        .rows(row -> new Meant(row.getInt("place") - 1, row.getString("number")));
  }

  private static Object[] parameters(List<Scanned> batch, Sight sight, boolean limited) {
    List<String> places = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      for (RecordKind kind : Scanned.KINDS) {
        for (String key : batch.get(i).keys(kind)) {
          places.add(String.valueOf(i + 1));
          kinds.add(kind.code());
          keys.add(key);
        }
      }
    }
    List<Object> parameters =
        new ArrayList<>(
            List.of(
                sight.districts(),
                sight.clearance(),
                batch.stream().map(Scanned::check).toList(),
                places,
                kinds,
                keys));
    if (limited) {
      parameters.add(Limits.BATCH_RECORDS + 1);
    }
    return parameters.toArray();
  }
}
