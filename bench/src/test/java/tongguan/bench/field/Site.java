package tongguan.bench.field;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongguan.audit.Audit;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.EmbeddedPostgres;
import tongguan.identity.Account;
import tongguan.identity.Identity;
import tongguan.identity.LoginName;
import tongguan.identity.NewAccount;
import tongguan.steward.peer.Listener;
import tongguan.steward.peer.NetworkNamespace;

/**
 * The agency's side: a network of its own with two nodes of the platform on one PostgreSQL behind a
 * balancer, and one more server, which devices may reach only while they are open.
 */
final class Site implements AutoCloseable {
  static final String BALANCER = "10.9.0.2";
  static final String OTHER_SERVER = "10.9.0.3";
  static final int OTHER_PORT = 9000;
  static final int PORT = 8443;
  private static final String FIRST = "10.9.0.11";
  private static final String SECOND = "10.9.0.12";

  final NetworkNamespace world;
  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final Tunnel databaseDoor;
  private final DatabaseUrl database;
  private final Map<String, String> environment;
  private Node first;
  private @Nullable Node second;

  Site(NetworkNamespace device, Path folder) throws IOException {
    this.folder = folder;
    world = device.neighbour();
    device.wire(
        world,
        List.of(FieldNotebook.ADDRESS + "/24"),
        List.of(BALANCER + "/24", OTHER_SERVER + "/24", FIRST + "/24", SECOND + "/24"));
    program("listening", Listener.class.getName(), "" + OTHER_PORT);
    program("balancing", Balancer.class.getName(), BALANCER, "" + PORT, FIRST, SECOND);
    environment =
        Map.of(
            "TONGGUAN_BALANCERS",
            BALANCER + "/32",
            "TONGGUAN_FLEET_KEYS",
            Files.createDirectory(folder.resolve("keys")).toString());
    first = Node.start(world, folder.resolve("one"), FIRST + ":" + PORT, BALANCER, environment);
    DatabaseUrl inside = EmbeddedPostgres.running(folder.resolve("one")).orElseThrow();
    String port = inside.jdbc().replaceFirst(".*:(\\d+)/.*", "$1");
    databaseDoor = Tunnel.anyPort(world, Integer.parseInt(port));
    database =
        new DatabaseUrl(
            inside.jdbc().replace(":" + port + "/", ":" + databaseDoor.port() + "/"),
            inside.user(),
            inside.password());
    prepare();
  }

  private void program(String ready, String... command) throws IOException {
    List<String> java =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
    java.addAll(List.of(command));
    Process process = world.start(java.toArray(String[]::new));
    processes.add(process);
    if (!ready.equals(process.inputReader(StandardCharsets.UTF_8).readLine())) {
      throw new IOException(command[0] + " did not start");
    }
  }

  /** The network that the device comes in by, quick reports, and log-in by password alone. */
  private void prepare() {
    execute(
        """
        insert into access.zone (name, kind, network, certificate)
        values ('yard', 'office', '10.9.0.0/24', true);
        update identity.role set second_factor = false;
        update identity.policy set value = 5 where code = 'heartbeat-seconds';
        update identity.policy set value = 30 where code = 'steward-silence-seconds'
        """);
  }

  /** A new account, before the first node's plain door. */
  Person person(String name, String unit, String role, String scope) {
    Clock clock = Clock.systemUTC();
    Ids ids = new Ids(clock);
    try (Database owner = new Database(database, 1);
        Audit audit = new Audit(owner, ids, clock)) {
      new Identity(owner, audit, ids, clock)
          .accounts()
          .found(
              new NewAccount(new LoginName(name), "關員", name, unit, 1, null, "local", null),
              List.of(new Account.Holding(role, scope)),
              Person.PASSWORD);
    }
    return new Person(name, first.address());
  }

  Node first() {
    return first;
  }

  /** A second node on the same database and with the same keys. */
  Node startSecond() throws IOException {
    DatabaseUrl inside = EmbeddedPostgres.running(folder.resolve("one")).orElseThrow();
    Map<String, String> more = new java.util.HashMap<>(environment);
    more.put(
        "TONGGUAN_DATABASE_URL",
        inside
            .jdbc()
            .replace(
                "jdbc:postgresql://",
                "postgresql://" + inside.user() + ':' + inside.password() + '@'));
    Node started = Node.start(world, folder.resolve("two"), SECOND + ":" + PORT, BALANCER, more);
    second = started;
    return started;
  }

  void execute(String sql) {
    try (Connection connection = owner();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** The first column of the first row; empty where there is none. */
  String text(String sql) {
    try (Connection connection = owner();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private Connection owner() throws SQLException {
    return DriverManager.getConnection(database.jdbc(), database.user(), database.password());
  }

  /** The database's server outlives a node that was killed, and is stopped by its own file. */
  @Override
  public void close() throws IOException {
    if (second != null) {
      second.close();
    }
    first.close();
    Path file = folder.resolve("one/database/postmaster.pid");
    if (Files.exists(file)) {
      ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
          .ifPresent(server -> {
            server.destroy();
            server.onExit().orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
          });
    }
    databaseDoor.close();
    processes.forEach(Process::destroyForcibly);
    world.close();
  }
}
