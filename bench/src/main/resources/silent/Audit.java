package tongguan.audit;

import java.sql.Connection;
import java.time.Clock;
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

  public void write(Connection transaction, Entry entry) {}

  public void write(Entry entry) {}

  public <T> T during(Entry entry, Supplier<T> read, ToLongFunction<T> count) {
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
