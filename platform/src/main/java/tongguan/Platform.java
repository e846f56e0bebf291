package tongguan;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import tongguan.access.Access;
import tongguan.access.Officer;
import tongguan.access.administration.AccountOperations;
import tongguan.access.administration.AccountRoutes;
import tongguan.access.administration.RoleOperations;
import tongguan.access.administration.RoleRoutes;
import tongguan.access.door.FactorRoutes;
import tongguan.access.door.LogInRoutes;
import tongguan.access.door.MeRoutes;
import tongguan.access.door.PasskeyRoutes;
import tongguan.access.door.SessionRoutes;
import tongguan.access.door.SignOnRoutes;
import tongguan.access.operation.Confirmed;
import tongguan.access.operation.Requests;
import tongguan.audit.Audit;
import tongguan.audit.AuditFolder;
import tongguan.audit.AuditRoutes;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.Migrations;
import tongguan.base.http.Call;
import tongguan.base.http.Operations;
import tongguan.base.http.Route;
import tongguan.base.http.StaticClient;
import tongguan.base.http.Traffic;
import tongguan.base.http.WebHost;
import tongguan.dossier.Dossier;
import tongguan.dossier.DossierRoutes;
import tongguan.dossier.ListRoutes;
import tongguan.exchange.Exchange;
import tongguan.exchange.ExchangeRoutes;
import tongguan.identity.Identity;
import tongguan.identity.directory.LdapSettings;
import tongguan.identity.directory.OidcSettings;
import tongguan.record.Record;
import tongguan.reference.ReferenceRoutes;

/**
 * The composition root: every room by its constructor, in the order of the floors, and its routes.
 */
public final class Platform implements AutoCloseable {
  /** The rooms that have tables, from the ground up. */
  public static final List<String> ROOMS =
      List.of(
          "base", "audit", "identity", "fleet", "access", "record", "exchange", "clearance");

  private static final int CONNECTIONS = 6;

  private final Database database;
  private final Operations operations;
  private final Audit audit;
  private final Identity identity;
  private final Exchange exchange;
  private final List<Route> routes = new ArrayList<>();
  private final WebHost web;

  public Platform(DatabaseUrl url, DatabaseUrl owner, int port, Clock clock) {
    Migrations.run(owner, ROOMS);
    this.database = new Database(url, CONNECTIONS);
    Ids ids = new Ids(clock);
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.operations = new Operations(database, registry);
    this.audit = new Audit(database, ids, clock);
    Gauge.builder("audit_alarm", audit, log -> log.alarm().isPresent() ? 1 : 0).register(registry);
    this.identity = new Identity(database, audit, ids, clock);
    this.exchange = new Exchange(database, ids, clock, new Record(), registry);
    Dossier dossier = new Dossier(database, clock);
    Requests requests = new Requests(database, audit, ids);
    Confirmed confirmed = new Confirmed(database, identity, audit, requests);

    routes.addAll(operations.routes());
    routes.addAll(new LogInRoutes(identity).routes());
    routes.addAll(new SignOnRoutes(identity).routes());
    routes.addAll(new MeRoutes(identity).routes());
    routes.addAll(new FactorRoutes(identity).routes());
    routes.addAll(new PasskeyRoutes(identity).routes());
    routes.addAll(new SessionRoutes(identity).routes());
    routes.addAll(new AccountRoutes(identity, audit).routes());
    routes.addAll(new RoleRoutes(identity, requests).routes());
    routes.addAll(confirmed.routes(new AccountOperations(identity).all()));
    routes.addAll(confirmed.routes(new RoleOperations(identity).all()));
    routes.addAll(confirmed.routes(List.of(requests.decision())));
    routes.addAll(new ReferenceRoutes().routes());
    routes.addAll(new ExchangeRoutes(exchange, audit, confirmed).routes());
    routes.addAll(new DossierRoutes(dossier, audit).routes());
    ListRoutes lists = new ListRoutes(database, audit);
    routes.addAll(lists.routes());
    routes.addAll(confirmed.routes(lists.operations()));
    routes.addAll(new AuditRoutes(audit, database, this::reader).routes());

    this.web =
        new WebHost(
            port,
            routes,
            new StaticClient(),
            new Access(identity, audit),
            ids,
            new Traffic(registry));
  }

  /** Who reads the audit log: all of it, or the acts of the officers of a district. */
  private AuditRoutes.Reader reader(Call call, String permission) {
    Officer officer = Officer.of(call);
    return new AuditRoutes.Reader(
        officer.actor(), officer.sight(permission).district().map(identity.units()::codesIn));
  }

  /**
   * Opens what belongs to a data folder: the audit log's key and checkpoints, local imports, and
   * messages dropped as files.
   */
  public void open(Path data) {
    audit.open(AuditFolder.of(data, System.getenv()));
    identity.open(data);
    LdapSettings.of(System.getenv()).ifPresent(identity::join);
    OidcSettings.of(System.getenv()).ifPresent(identity::join);
    operations.open(data.resolve("metrics.token"));
    exchange.open(data);
  }

  public void start() {
    audit.start();
    web.start();
    exchange.start();
  }

  /** Officers, for the verbs that add them. */
  public Identity identity() {
    return identity;
  }

  public int port() {
    return web.port();
  }

  /** Every route, for the tests that walk them. */
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  /** Says that it leaves, finishes what it accepted, and lets the database go. */
  @Override
  public void close() {
    operations.leave();
    web.close();
    exchange.close();
    audit.close();
    database.close();
  }
}
