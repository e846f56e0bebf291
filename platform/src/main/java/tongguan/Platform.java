package tongguan;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tongguan.access.Access;
import tongguan.access.Officer;
import tongguan.access.administration.AccountOperations;
import tongguan.access.administration.AccountRoutes;
import tongguan.access.administration.RoleOperations;
import tongguan.access.administration.RoleRoutes;
import tongguan.access.administration.ZoneOperations;
import tongguan.access.administration.ZoneRoutes;
import tongguan.access.channel.ChannelOperations;
import tongguan.access.channel.ChannelRoutes;
import tongguan.access.channel.PolicyOperations;
import tongguan.access.channel.PolicyRoutes;
import tongguan.access.device.CutOff;
import tongguan.access.device.DeviceOperations;
import tongguan.access.device.DeviceRoutes;
import tongguan.access.device.HandOverOperations;
import tongguan.access.device.LoanOperations;
import tongguan.access.device.LossOperations;
import tongguan.access.device.SimOperations;
import tongguan.access.device.StockOperations;
import tongguan.access.device.WipeOperations;
import tongguan.access.door.FactorRoutes;
import tongguan.access.door.LogInRoutes;
import tongguan.access.door.MeRoutes;
import tongguan.access.door.PasskeyRoutes;
import tongguan.access.door.SessionRoutes;
import tongguan.access.door.SignOnRoutes;
import tongguan.access.operation.Confirmed;
import tongguan.access.operation.Operation;
import tongguan.access.operation.Requests;
import tongguan.access.radius.Radius;
import tongguan.access.radius.RadiusSettings;
import tongguan.access.source.Sources;
import tongguan.access.source.Zones;
import tongguan.audit.Audit;
import tongguan.audit.AuditFolder;
import tongguan.audit.AuditRoutes;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.Migrations;
import tongguan.base.http.Call;
import tongguan.base.http.Network;
import tongguan.base.http.Operations;
import tongguan.base.http.Route;
import tongguan.base.http.StaticClient;
import tongguan.base.http.TlsIdentity;
import tongguan.base.http.Traffic;
import tongguan.base.http.WebHost;
import tongguan.bonded.VisitRoutes;
import tongguan.bonded.Visits;
import tongguan.clearance.Clearance;
import tongguan.clearance.ClearanceRoutes;
import tongguan.clearance.work.AssignOperation;
import tongguan.clearance.work.WorkRoutes;
import tongguan.core.Core;
import tongguan.core.CoreRoutes;
import tongguan.dossier.Dossier;
import tongguan.dossier.DossierRoutes;
import tongguan.dossier.ListRoutes;
import tongguan.examination.ExaminationRoutes;
import tongguan.examination.Examinations;
import tongguan.exchange.Exchange;
import tongguan.exchange.ExchangeRoutes;
import tongguan.field.Field;
import tongguan.fleet.Fleet;
import tongguan.fleet.authority.FleetFolder;
import tongguan.fleet.channel.Channel;
import tongguan.fleet.channel.Streams;
import tongguan.identity.Identity;
import tongguan.identity.PasswordCost;
import tongguan.identity.directory.LdapSettings;
import tongguan.identity.directory.OidcSettings;
import tongguan.inspection.Inspection;
import tongguan.inspection.InspectionRoutes;
import tongguan.photo.PhotoRoutes;
import tongguan.photo.Photos;
import tongguan.record.Record;
import tongguan.reference.ReferenceRoutes;

/**
 * The composition root: every room by its constructor, in the order of the floors, and its routes.
 */
public final class Platform implements AutoCloseable {
  /** The rooms that have tables, from the ground up. */
  public static final List<String> ROOMS =
      List.of(
          "base",
          "audit",
          "identity",
          "fleet",
          "access",
          "record",
          "exchange",
          "core",
          "clearance",
          "photo",
          "examination",
          "bonded",
          "field",
          "inspection");

  private static final int CONNECTIONS = 6;

  private final Database database;
  private final Operations operations;
  private final Audit audit;
  private final Identity identity;
  private final Access access;
  private final Radius radius;
  private final Channel channel;
  private final Exchange exchange;
  private final Core core;
  private final Clearance clearance;
  private final List<Route> routes = new ArrayList<>();
  private final WebHost web;
  private final Clock clock;
  private @Nullable ScheduledExecutorService renewal;
  private volatile String doorName = "";

  public Platform(DatabaseUrl url, DatabaseUrl owner, int port, Clock clock) {
    this(url, owner, port, clock, PasswordCost.STANDARD);
  }

  /** With passwords that cost something else, for tests of very many of them. */
  public Platform(DatabaseUrl url, DatabaseUrl owner, int port, Clock clock, PasswordCost cost) {
    Migrations.run(owner, ROOMS);
    this.clock = clock;
    this.database = new Database(url, CONNECTIONS);
    Ids ids = new Ids(clock);
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.operations = new Operations(database, registry);
    this.audit = new Audit(database, ids, clock);
    Gauge.builder("audit_alarm", audit, log -> log.alarm().isPresent() ? 1 : 0).register(registry);
    this.identity = new Identity(database, audit, ids, clock, cost);
    Fleet fleet = new Fleet(database, ids);
    this.radius = new Radius(database, identity, audit, ids, clock, registry);
    this.channel = new Channel(database, fleet, audit, ids, clock);
    Gauge.builder("device_streams", channel.streams(), Streams::count).register(registry);
    this.exchange = new Exchange(database, ids, clock, new Record(), registry);
    this.core = new Core(database, exchange, identity, ids, clock);
    this.clearance = new Clearance(database, audit, ids, core, identity, registry);
    Photos photos = new Photos(database, audit, ids, clock);
    Examinations examinations = new Examinations(database, clearance, photos);
    Visits visits = new Visits(database, audit, ids, clock);
    Dossier dossier = new Dossier(database, audit, clock);
    CutOff cutOff = new CutOff(identity, radius.disconnects());
    Requests requests = new Requests(database, audit, ids);
    Confirmed confirmed = new Confirmed(database, identity, audit, requests);

    Sources sources = new Sources(database, audit, identity.sessions(), registry);
    identity.join(sources);
    this.access = new Access(identity, audit, sources);

    routes.addAll(operations.routes());
    routes.addAll(new LogInRoutes(identity).routes());
    routes.addAll(new SignOnRoutes(identity).routes());
    routes.addAll(new MeRoutes(identity).routes());
    routes.addAll(new FactorRoutes(identity).routes());
    routes.addAll(new PasskeyRoutes(identity).routes());
    routes.addAll(new SessionRoutes(identity, renewals()).routes());
    routes.addAll(new AccountRoutes(database, identity, audit).routes());
    routes.addAll(new RoleRoutes(identity, requests).routes());
    routes.addAll(confirmed.routes(new AccountOperations(identity).all()));
    routes.addAll(confirmed.routes(new RoleOperations(identity).all()));
    routes.addAll(new DeviceRoutes(database, fleet, audit).routes());
    routes.addAll(confirmed.routes(new DeviceOperations(fleet, identity, cutOff).all()));
    routes.addAll(confirmed.routes(new SimOperations(fleet, identity, cutOff).all()));
    routes.addAll(confirmed.routes(new StockOperations(fleet, identity).all()));
    routes.addAll(confirmed.routes(new HandOverOperations(fleet, identity, cutOff).all()));
    routes.addAll(confirmed.routes(new LoanOperations(fleet, identity, cutOff).all()));
    WipeOperations wipes = new WipeOperations(fleet, cutOff, channel.commands()::queue);
    routes.addAll(confirmed.routes(new LossOperations(fleet, cutOff, wipes).all()));
    routes.addAll(confirmed.routes(wipes.all()));
    Zones zones = new Zones(database);
    routes.addAll(new ZoneRoutes(zones).routes());
    routes.addAll(confirmed.routes(new ZoneOperations(zones).all()));
    routes.addAll(new ChannelRoutes(database, channel, identity).routes());
    routes.addAll(new PolicyRoutes(channel.policies(), identity).routes());
    routes.addAll(confirmed.routes(new PolicyOperations(channel.policies(), identity).all()));
    routes.addAll(confirmed.routes(new ChannelOperations(fleet, channel, this::deviceDoor).all()));
    routes.addAll(confirmed.routes(List.of(requests.decision())));
    routes.addAll(radius.routes());
    routes.addAll(confirmed.routes(radius.operations()));
    routes.addAll(new ReferenceRoutes().routes());
    routes.addAll(new ExchangeRoutes(exchange, audit, confirmed).routes());
    routes.addAll(new CoreRoutes(core, database, audit, clock).routes());
    routes.addAll(new ClearanceRoutes(clearance, audit).routes());
    List<Operation> acts = clearance.operations();
    routes.addAll(confirmed.routes(acts));
    routes.addAll(new WorkRoutes(database, audit).routes());
    routes.addAll(confirmed.routes(AssignOperation.all(identity.accounts())));
    routes.addAll(new PhotoRoutes(photos, audit).routes());
    routes.addAll(new ExaminationRoutes(examinations, audit).routes());
    routes.addAll(confirmed.routes(examinations.operations()));
    routes.addAll(new VisitRoutes(visits, audit).routes());
    routes.addAll(confirmed.routes(visits.operations()));
    Inspection inspection = new Inspection(database, clearance, identity, audit, ids, clock);
    routes.addAll(new InspectionRoutes(inspection, audit).routes());
    routes.addAll(confirmed.routes(inspection.operations()));
    Field field = new Field(database, audit, ids, clearance, acts);
    routes.addAll(field.routes());
    routes.addAll(confirmed.routes(field.operations()));
    routes.addAll(new DossierRoutes(dossier).routes());
    ListRoutes lists = new ListRoutes(database, audit);
    routes.addAll(lists.routes());
    routes.addAll(confirmed.routes(lists.operations()));
    routes.addAll(new AuditRoutes(audit, database, this::reader).routes());

    this.web = new WebHost(port, routes, new StaticClient(), access, ids, new Traffic(registry));
  }

  /** Sign-ins at core systems go with the session that they were made in. */
  private SessionRoutes.Followers renewals() {
    return new SessionRoutes.Followers() {
      @Override
      public void renewed(UUID session, String oldToken, String newToken) {
        core.sessions().renewed(session, oldToken, newToken);
      }

      @Override
      public void ended(UUID session) {
        core.sessions().ended(session);
      }
    };
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
    open(data, System.getenv());
  }

  /** The same, with other settings than the process was started with. */
  public void open(Path data, Map<String, String> environment) {
    audit.open(AuditFolder.of(data, environment));
    identity.open(data);
    channel.open(FleetFolder.of(data, environment));
    LdapSettings.of(environment).ifPresent(identity::join);
    OidcSettings.of(environment).ifPresent(identity::join);
    radius.open(data);
    RadiusSettings.of(environment).ifPresent(radius::listen);
    operations.open(data.resolve("metrics.token"));
    exchange.open(data);
    core.open(data, environment);
  }

  /** The door that the settings ask for; after {@link #open}, before the start. */
  void listen(DoorSettings settings) {
    DoorIdentity door = new DoorIdentity(settings, channel.authority(), clock);
    TlsIdentity first = door.now();
    listen(settings.address(), first, door.names(first), settings.balancers());
    renewal =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("certificate").factory());
    var _ =
        renewal.scheduleWithFixedDelay(
            () -> door.renewed().ifPresent(web::identify), 1, 1, TimeUnit.MINUTES);
  }

  /**
   * Opens a door with TLS for devices and offices, before the start.
   *
   * @param names under which this server is asked there, as they stand in its certificate
   * @param balancers from whose addresses the PROXY protocol is demanded, and believed
   */
  public void listen(
      InetSocketAddress address,
      TlsIdentity server,
      Collection<String> names,
      List<Network> balancers) {
    access.serve(names);
    doorName = names.iterator().next();
    web.listen(address, server, balancers);
  }

  /** Where devices reach this platform; empty where it has no door for them. */
  private Optional<URI> deviceDoor() {
    return web.securePort() < 0
        ? Optional.empty()
        : Optional.of(URI.create("https://" + doorName + ":" + web.securePort()));
  }

  public void start() {
    audit.start();
    radius.start();
    channel.start();
    web.start();
    exchange.start();
    core.start();
    clearance.start();
  }

  /** Officers, for the verbs that add them. */
  public Identity identity() {
    return identity;
  }

  /** The core systems, for tests that look at what they were told. */
  public Core core() {
    return core;
  }

  /** The private APN, for the rooms that cut devices off it. */
  public Radius radius() {
    return radius;
  }

  public int port() {
    return web.port();
  }

  /** The line to the devices: their certificates and orders. */
  public Channel channel() {
    return channel;
  }

  /** The port of the door with TLS; -1 where there is none. */
  public int securePort() {
    return web.securePort();
  }

  /** Every route, for the tests that walk them. */
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  /** Says that it leaves, finishes what it accepted, and lets the database go. */
  @Override
  public void close() {
    operations.leave();
    if (renewal != null) {
      renewal.shutdownNow();
    }
    channel.leave();
    clearance.leave();
    web.close();
    clearance.close();
    core.close();
    radius.close();
    channel.close();
    exchange.close();
    audit.close();
    database.close();
  }
}
