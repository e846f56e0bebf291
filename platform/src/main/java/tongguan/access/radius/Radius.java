package tongguan.access.radius;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongguan.access.operation.Operation;
import tongguan.audit.Audit;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.base.http.Route;
import tongguan.identity.Identity;

/**
 * The face of the room: who gets onto the private APN, and how to get someone off it. Listens only
 * where it is told to; where it listens it also sends the orders to gateways of all nodes.
 */
public final class Radius implements AutoCloseable {
  static final String KEY = "gateway.key";

  /** Two lanes for each port, and the rounds. */
  private static final int CONNECTIONS = 5;

  private final Database database;
  private final Identity identity;
  private final Audit audit;
  private final Ids ids;
  private final Clock clock;
  private final MeterRegistry registry;
  private final Gateways gateways;
  private final Rounds rounds;
  private final Disconnects disconnects;
  private @Nullable RadiusSettings settings;
  private @Nullable RadiusServer server;
  private @Nullable Database lane;

  public Radius(
      Database database,
      Identity identity,
      Audit audit,
      Ids ids,
      Clock clock,
      MeterRegistry registry) {
    this.database = database;
    this.identity = identity;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
    this.registry = registry;
    this.gateways = new Gateways(database);
    this.rounds = new Rounds(database, gateways, identity.sessions(), audit);
    this.disconnects = new Disconnects(identity.sessions(), ids, rounds);
  }

  /** Opens what belongs to a data folder: the key under which secrets of gateways are sealed. */
  public void open(Path data) {
    gateways.open(data.resolve(KEY));
  }

  /** This node answers gateways there, from its start on. */
  public void listen(RadiusSettings at) {
    settings = at;
  }

  /** Cuts off devices and SIMs, in transactions of other rooms. */
  public Disconnects disconnects() {
    return disconnects;
  }

  public List<Route> routes() {
    return new NetworkRoutes(database, audit).routes();
  }

  public List<Operation> operations() {
    return List.of(new PutGateway(gateways));
  }

  public void start() {
    if (settings != null) {
      // Work of its own lane never waits behind that of officers.
      Database own = database.lane(CONNECTIONS);
      lane = own;
      gateways.refresh();
      Incidents incidents = new Incidents(audit, ids, registry);
      server =
          new RadiusServer(
              settings,
              gateways,
              new Authentication(own, incidents),
              new Accounting(own, identity.sessions(), incidents, rounds, ids, clock),
              clock,
              registry);
    }
    rounds.start(settings == null ? null : new Ordering(clock, settings.address()));
  }

  /** Where this node listens for Access-Requests; 0 where it does not. */
  public int authenticationPort() {
    return server == null ? 0 : server.authenticationPort();
  }

  public int accountingPort() {
    return server == null ? 0 : server.accountingPort();
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    rounds.close();
    if (lane != null) {
      lane.close();
    }
  }
}
