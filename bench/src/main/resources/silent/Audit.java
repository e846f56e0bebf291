package tongguan.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import tongguan.base.Ids;
import tongguan.base.database.Database;

/**
 * The log with nothing behind its face, for measuring what the real one costs. Compiled by the
 * bench and put before the platform on the class path of a process of the bench's own: there is no
 * switch that turns the real one off.
 */
public final class Audit implements AutoCloseable {
  public Audit(Database database, Ids ids, Clock clock) {}

  public void write(Connection transaction, Entry entry) throws SQLException {}

  public void write(Connection transaction, List<Entry> entries) throws SQLException {}

  public void write(Entry entry) {}

  public <T> T recorded(
      Entry entry, Database database, Database.Work<T> read, ToLongFunction<T> count) {
    return database.query(read);
  }

  public List<Optional<byte[]>> answers(
      Database database, ReadTogether reads, List<Entry> entries) {
    return database.query(connection -> {
      List<Optional<byte[]>> answers =
          new ArrayList<>(Collections.nCopies(entries.size(), Optional.empty()));
      try (PreparedStatement statement = connection.prepareStatement(reads.statement())) {
        int _ = reads.binding().bind(connection, statement);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            answers.set(row.getInt(1) - 1, Optional.ofNullable(row.getBytes(2)));
          }
        }
      }
      return answers;
    });
  }

  public <T> T attempted(Entry entry, Supplier<T> read) {
    return read.get();
  }

  public void open(AuditFolder folder) {}

  public void start() {}

  public Optional<String> alarm() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
