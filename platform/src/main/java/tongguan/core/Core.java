package tongguan.core;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import tongguan.base.Ids;
import tongguan.base.Problem.Texts;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;
import tongguan.core.agency.AgencySystem;
import tongguan.core.air.AirSystem;
import tongguan.core.customs.CustomsSystem;
import tongguan.core.sea.SeaSystem;
import tongguan.exchange.Exchange;
import tongguan.identity.Identity;

/**
 * The core systems of the settings, and officers' own sign-ins there. A further system is a folder,
 * a line in {@link #connect}, and a member in the settings.
 */
public final class Core implements AutoCloseable {
  private final Database database;
  private final Exchange exchange;
  private final Clock clock;
  private final UUID node;
  private final CoreSessions sessions;
  private final Map<String, Connected> systems = new LinkedHashMap<>();

  /** A system with its settings and what fetches its events. */
  private record Connected(SystemSettings settings, CoreSystem system, EventsLoop events) {}

  public Core(Database database, Exchange exchange, Identity identity, Ids ids, Clock clock) {
    this.database = database;
    this.exchange = exchange;
    this.clock = clock;
    this.node = ids.next();
    this.sessions = new CoreSessions(identity.sessions(), clock);
  }

  /**
   * Reads which systems there are; asks none of them.
   *
   * @throws StartFailure where the settings cannot work
   */
  public void open(Path data, Map<String, String> environment) {
    for (SystemSettings settings : CoreSettings.of(data, environment)) {
      CoreSystem system = connect(settings, clock);
      systems.put(
          settings.name(),
          new Connected(
              settings, system, new EventsLoop(database, exchange, system, settings, node)));
      settings.own().refuseTheUnread();
    }
  }

  static CoreSystem connect(SystemSettings settings, Clock clock) {
    return switch (settings.kind()) {
      case "sea" -> new SeaSystem(settings, clock);
      case "air" -> new AirSystem(settings, clock);
      case "customs" -> new CustomsSystem(settings, clock);
      case "agency" -> new AgencySystem(settings, clock);
      default ->
          throw StartFailure.usage(
              "The core system \"%s\" has the kind \"%s\", which is none of sea, air, customs, agency."
                  .formatted(settings.name(), settings.kind()));
    };
  }

  /** From here on events are fetched, and sign-ins of ended sessions forgotten. */
  public void start() {
    sessions.start();
    systems.values().forEach(one -> one.events().start());
  }

  public List<CoreSystem> systems() {
    return systems.values().stream().map(Connected::system).toList();
  }

  public Optional<CoreSystem> system(String name) {
    return Optional.ofNullable(systems.get(name)).map(Connected::system);
  }

  /** How long one answer of it may take. */
  public Duration time(CoreSystem system) {
    return Objects.requireNonNull(systems.get(system.name())).settings().time();
  }

  Texts title(CoreSystem system) {
    Connected known = systems.get(system.name());
    return known == null ? new Texts(system.name(), system.name()) : known.settings().title();
  }

  public CoreSessions sessions() {
    return sessions;
  }

  /** When events of each system last came, on whichever node; those without any are not there. */
  Map<String, Instant> eventsAt() {
    return database.query(Core::eventsAt);
  }

  private static Map<String, Instant> eventsAt(Connection connection) throws SQLException {
    Map<String, Instant> at = new LinkedHashMap<>();
    Sql.of(connection, "select system, moved_at from core.cursor where moved_at is not null")
        .rows(row ->
            at.put(
                row.getString("system"),
                row.getObject("moved_at", java.time.OffsetDateTime.class).toInstant()));
    return at;
  }

  @Override
  public void close() {
    List<Connected> all = new ArrayList<>(systems.values());
    together(all, one -> one.events().close());
    together(all, one -> one.system().close());
    sessions.close();
  }

  /** At the same time, so that a system which hangs does not hold up the end of the others. */
  private static void together(List<Connected> all, Consumer<Connected> work) {
    List<Thread> threads =
        all.stream().map(one -> Thread.ofVirtual().start(() -> work.accept(one))).toList();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
