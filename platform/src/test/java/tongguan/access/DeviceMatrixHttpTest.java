package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.base.http.Route;
import tongguan.identity.Secret;

/**
 * Suite S3: four roles × officers of three units × five states of the device × every route. What
 * must come of it stands in docs/permissions.md and is read from there; a route is in it by being
 * mounted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceMatrixHttpTest {
  private static final List<String> ROLES =
      List.of(
          "headquarters-administrator",
          "district-administrator",
          "officer",
          "anti-smuggling-officer");

  /** The unit itself, one below it, and another one; in the order of the published rows. */
  private static final List<String> UNITS = List.of("A-1", "A-1-1", "B");

  /** In the order of the published columns. */
  private enum State {
    OWN,
    OTHERS,
    ON_LOAN,
    LOST,
    UNKNOWN;

    boolean isOneOfOurs() {
      return this != LOST && this != UNKNOWN;
    }
  }

  /** A device with its connection, and the session of each officer on it. */
  private record Placed(
      State state, HttpClient client, String device, String network, String from) {}

  private record Combination(String role, String unit, Placed placed) {
    @Override
    public String toString() {
      return role + " of " + unit + " on " + placed.state();
    }
  }

  private Field field;
  private final List<Placed> devices = new ArrayList<>();
  private final Map<String, UUID> accounts = new HashMap<>();
  private final Map<String, Set<String>> permissions = new HashMap<>();
  private boolean[][] published = new boolean[0][];

  @BeforeAll
  void start() throws IOException {
    field = new Field();
    field.execute(
        """
        insert into identity.unit (code, parent, name_zh, name_en, kind, district) values
          ('A-1', 'A', '甲', 'One', 'branch', 'A'), ('A-1-1', 'A-1', '甲一', 'One one', 'section', 'A')
        """);
    for (String role : ROLES) {
      permissions.put(
          role,
          new HashSet<>(
              List.of(
                  field
                      .value(
                          "select array_to_string(permissions, ' ') from identity.role where code = '"
                              + role
                              + "'")
                      .split(" ", -1))));
      for (String unit : UNITS) {
        String name = role + '.' + unit.toLowerCase(java.util.Locale.ROOT);
        accounts.put(
            role + ' ' + unit, SignedIn.account(field.platform, name, unit, 1, role, "all"));
      }
    }
    place(State.OWN, ready().of("A-1"));
    place(State.OTHERS, ready().of("D"));
    place(State.ON_LOAN, ready().of("D").lentTo("A-1"));
    place(State.LOST, ready().of("A-1").lost());
    devices.add(
        new Placed(
            State.UNKNOWN,
            field.client("127.20.0.9", field.authority.client("made up")),
            "",
            "",
            "127.20.0.9"));
    published = published();
  }

  private TestDevice ready() {
    return field.aDevice().assigned().withSim().online();
  }

  private void place(State state, TestDevice device) {
    devices.add(
        new Placed(
            state,
            device.client(),
            device.id.toString(),
            device.network.toString(),
            device.address));
  }

  /** The rows of the published table: which of the states are let in. */
  private static boolean[][] published() throws IOException {
    List<String> rows =
        Files.readString(Path.of("../docs/permissions.md"))
            .lines()
            .dropWhile(line -> !line.startsWith("| the officer's unit is"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    boolean[][] table = new boolean[rows.size()][State.values().length];
    for (int row = 0; row < table.length; row++) {
      String[] cells = rows.get(row).split("\\|", -1);
      for (int column = 0; column < table[row].length; column++) {
        table[row][column] = cells[column + 2].strip().equals("✓");
      }
    }
    return table;
  }

  @AfterAll
  void stop() {
    field.close();
  }

  @Test
  void thePublishedTableHasARowForEachUnitAndLetsSomeoneInAndSomeoneNot() {
    assertThat(published).hasDimensions(UNITS.size(), State.values().length);
    assertThat(published[0][0]).isTrue();
    assertThat(published[2]).containsOnly(false);
  }

  @Test
  void s3everyRouteForEveryUnitAndDeviceInOneRoleAfterTheOther() throws Exception {
    int role = 0;
    List<Combination> some = new ArrayList<>();
    for (Placed placed : devices) {
      for (String unit : UNITS) {
        some.add(new Combination(ROLES.get(role++ % ROLES.size()), unit, placed));
      }
    }
    check(some);
  }

  @Tag("slow")
  @Test
  void s3everyRouteForEveryRoleUnitAndDevice() throws Exception {
    List<Combination> all = new ArrayList<>();
    for (Placed placed : devices) {
      for (String unit : UNITS) {
        ROLES.forEach(role -> all.add(new Combination(role, unit, placed)));
      }
    }
    check(all);
  }

  /** Those of one account one after the other, because it can end its other sessions. */
  private void check(List<Combination> combinations) throws Exception {
    Map<String, List<Combination>> ofAccounts =
        combinations.stream().collect(Collectors.groupingBy(one -> one.role() + one.unit()));
    try (ExecutorService lanes = Executors.newFixedThreadPool(4)) {
      List<Future<?>> running = new ArrayList<>();
      ofAccounts
          .values()
          .forEach(some -> running.add(lanes.submit(() -> some.forEach(this::check))));
      for (Future<?> one : running) {
        try {
          one.get();
        } catch (ExecutionException failed) {
          throw new AssertionError(failed.getMessage(), failed);
        }
      }
    }
  }

  private void check(Combination one) {
    String token = Secret.random();
    UUID session = UUID.randomUUID();
    try (Connection connection =
            DriverManager.getConnection(field.url.jdbc(), field.url.user(), field.url.password());
        PreparedStatement alive =
            connection.prepareStatement(
                "update identity.session set ended_at = null, ended_why = null, locked_at = null, token = ? where id = ?")) {
      begin(connection, session, token, one);
      alive.setBytes(1, Secret.digest(token));
      alive.setObject(2, session);
      SignedIn officer = field.stranger("x", one.placed().client());
      for (Route route : field.platform.routes()) {
        // Each route has a session to refuse, also where the one before has ended it.
        alive.executeUpdate();
        officer.hold(token);
        String outcome = outcome(ask(officer, route));
        assertThat(outcome)
            .as("%s at %s %s", one, route.method(), route.path())
            .isEqualTo(expected(one, route));
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void begin(Connection connection, UUID session, String token, Combination one)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into identity.session
              (id, token, account, stage, place, device, network, address, agent, ends_at, idle_seconds)
            values (?, ?, ?, 'full', 'test', ?, ?, ?, '', now() + interval '1 hour', 3600)
            """)) {
      insert.setObject(1, session);
      insert.setBytes(2, Secret.digest(token));
      insert.setObject(3, accounts.get(one.role() + ' ' + one.unit()));
      insert.setString(4, one.placed().device());
      insert.setString(5, one.placed().network());
      insert.setString(6, one.placed().from());
      insert.executeUpdate();
    }
  }

  private static HttpResponse<String> ask(SignedIn officer, Route route) {
    String path = route.path().replaceAll("\\{[^}]*\\}", "none");
    if (path.endsWith("/stream")) {
      return officer.begin(path);
    }
    if (route.method().equals("GET")) {
      return officer.get(path);
    }
    return route.consumes().contains("application/octet-stream")
        ? officer.post(path, new byte[0])
        : officer.post(path, Map.of());
  }

  private static String outcome(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isLessThan(500);
    if (response.statusCode() != 403) {
      return response.statusCode() == 401 && response.body().contains("not-signed-in")
          ? "not-signed-in"
          : "in";
    }
    String code = SignedIn.code(response);
    return code.equals("not-from-here") || code.equals("not-permitted") ? code : "in";
  }

  private String expected(Combination one, Route route) {
    State state = one.placed().state();
    boolean asksTheDevice =
        switch (route.source()) {
          case ANYWHERE, NO_DEVICE_YET -> true;
          case LOST_DEVICES_TOO -> state != State.UNKNOWN;
          case PROVEN -> state.isOneOfOurs();
        };
    if (!asksTheDevice) {
      return "not-from-here";
    }
    if (Set.of(Route.OPEN, Permissions.DEVICE).contains(route.need())) {
      // Enrolment asks for the network alone, and a lost device's SIM is blocked.
      return route.source() == Route.Source.NO_DEVICE_YET && state == State.LOST
          ? "not-from-here"
          : "in";
    }
    if (!published[UNITS.indexOf(one.unit())][state.ordinal()]) {
      return "not-from-here";
    }
    return !route.need().contains(".")
            || permissions.getOrDefault(one.role(), Set.of()).contains(route.need())
        ? "in"
        : "not-permitted";
  }
}
