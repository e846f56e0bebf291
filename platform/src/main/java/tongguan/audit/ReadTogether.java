package tongguan.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A statement that answers several reads at once.
 *
 * @param statement a select whose columns are {@code place}, the read's place from 1 on, and {@code
 *     answer}, bytes of text, null where there is none; its place-holders come first
 */
public record ReadTogether(String statement, Binding binding) {
  /** Gives the select its values; returns the number of the place-holder after them. */
  @FunctionalInterface
  public interface Binding {
    int bind(Connection connection, PreparedStatement statement) throws SQLException;
  }
}
