package tongguan.base.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One statement and its parameters, run on a connection of the caller: the text stays SQL, its
 * {@code ?} are bound in order (texts, numbers, uuids, instants, bytes, lists of texts as {@code
 * text[]}).
 */
public final class Sql {
  private final Connection connection;
  private final String text;
  private final @Nullable Object[] parameters;

  private Sql(Connection connection, String text, @Nullable Object[] parameters) {
    this.connection = connection;
    this.text = text;
    this.parameters = parameters;
  }

  /** What a row is made into. */
  @FunctionalInterface
  public interface Shape<T> {
    T of(ResultSet row) throws SQLException;
  }

  public static Sql of(Connection connection, String text, @Nullable Object... parameters) {
    return new Sql(connection, text, parameters);
  }

  /** Rows changed. */
  public int update() throws SQLException {
    try (PreparedStatement statement = prepare()) {
      return statement.executeUpdate();
    }
  }

  public <T> List<T> rows(Shape<T> shape) throws SQLException {
    try (PreparedStatement statement = prepare();
        ResultSet row = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(shape.of(row));
      }
      return rows;
    }
  }

  /** The first row, where there is one. */
  public <T> Optional<T> first(Shape<T> shape) throws SQLException {
    try (PreparedStatement statement = prepare();
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(shape.of(row)) : Optional.empty();
    }
  }

  public boolean exists() throws SQLException {
    return first(row -> true).isPresent();
  }

  private PreparedStatement prepare() throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    for (int i = 0; i < parameters.length; i++) {
      bind(statement, i + 1, parameters[i]);
    }
    return statement;
  }

  private void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case Instant instant -> statement.setTimestamp(index, Timestamp.from(instant));
      case List<?> texts ->
          statement.setArray(index, connection.createArrayOf("text", texts.toArray()));
      case null, default -> statement.setObject(index, value);
    }
  }

  /** A moment of a row, where it holds one. */
  public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }

  /** A {@code text[]} of a row; empty where it is null. */
  public static List<String> texts(ResultSet row, String column) throws SQLException {
    java.sql.Array array = row.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }
}
