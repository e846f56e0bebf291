package tongguan.clearance;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;
import tongguan.base.database.SqlFailure;
import tongguan.core.CoreSystem;

/**
 * What operators watch of commands, for each core system: how many are open in which state, and how
 * old the oldest is. They are of the whole installation, whichever node is asked; whether a system
 * is left to rest is of the node.
 */
final class CommandFigures {
  private static final long FRESH = Duration.ofSeconds(5).toNanos();

  private final Database database;
  private @Nullable Map<String, Long> last;
  private long readAt;

  CommandFigures(Database database) {
    this.database = database;
  }

  /** The figures of a core system, from now on with the others. */
  void watch(CoreSystem system, MeterRegistry registry) {
    for (CommandState state : CommandState.values()) {
      if (state.isOpen()) {
        String key = system.name() + ' ' + state.code();
        Gauge.builder("commands_open", this, figures -> figures.of(key))
            .tag("system", system.name())
            .tag("state", state.code())
            .register(registry);
      }
    }
    Gauge.builder("commands_oldest_seconds", this, figures -> figures.of(system.name()))
        .tag("system", system.name())
        .register(registry);
    Gauge.builder("core_resting", system, one -> one.health().resting() ? 1 : 0)
        .tag("system", system.name())
        .register(registry);
    Gauge.builder("core_alarm", system, one -> one.health().alarm() == null ? 0 : 1)
        .tag("system", system.name())
        .register(registry);
  }

  /** Not a number while the database does not answer. */
  private double of(String key) {
    Map<String, Long> figures = figures();
    return figures == null ? Double.NaN : figures.getOrDefault(key, 0L);
  }

  /** One question for all figures of a collection. */
  private synchronized @Nullable Map<String, Long> figures() {
    long now = System.nanoTime();
    if (last == null || now - readAt > FRESH) {
      try {
        last = database.query(CommandFigures::read);
      } catch (SqlFailure | Problem databaseAway) {
        last = null;
      }
      readAt = now;
    }
    return last;
  }

  private static Map<String, Long> read(Connection connection) throws SQLException {
    Map<String, Long> figures = new HashMap<>();
    for (Figure one :
        Sql.of(connection, OPEN)
            .rows(row ->
                new Figure(
                    row.getString("system"),
                    row.getString("state"),
                    row.getLong("count"),
                    row.getLong("oldest")))) {
      figures.put(one.system() + ' ' + one.state(), one.count());
      figures.merge(one.system(), one.oldest(), Math::max);
    }
    return figures;
  }

  private record Figure(String system, String state, long count, long oldest) {}

  // On the partial indexes command_due and command_parked.
  private static final String OPEN =
      """
      select system, state, count(*) as count, extract(epoch from clock_timestamp() - min(confirmed_at))::bigint as oldest
      from (
        select system, state, confirmed_at from clearance.command
        where state in ('waiting', 'sending', 'sent', 'unknown')
        union all
        select system, state, confirmed_at from clearance.command where state = 'parked') c
      group by system, state
      """;
}
