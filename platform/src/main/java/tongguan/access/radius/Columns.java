package tongguan.access.radius;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows as arrays, one for each column, for statements that write many of them. */
record Columns(Connection connection, int rows) {

  <R> Array texts(List<R> of, Function<R, @Nullable String> value) throws SQLException {
    return array("text", of, value);
  }

  <R> Array uuids(List<R> of, Function<R, @Nullable UUID> value) throws SQLException {
    return array("uuid", of, value);
  }

  <R> Array numbers(List<R> of, Function<R, @Nullable Long> value) throws SQLException {
    return array("int8", of, value);
  }

  <R> Array flags(List<R> of, Function<R, @Nullable Boolean> value) throws SQLException {
    return array("bool", of, value);
  }

  private <R> Array array(String type, List<R> of, Function<R, ?> value) throws SQLException {
    @Nullable Object[] values = new Object[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = value.apply(of.get(i));
    }
    return connection.createArrayOf(type, values);
  }
}
