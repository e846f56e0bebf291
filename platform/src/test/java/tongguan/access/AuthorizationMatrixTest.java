package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.PermissionsVerb;
import tongguan.Platform;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.base.http.Route;

/**
 * Every route for every role (suite S3; with units and devices {@link DeviceMatrixHttpTest}): what
 * the table of docs/permissions.md says is what happens, and a route that declares nothing known
 * fails the build.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationMatrixTest {
  private static final List<String> ROLES =
      List.of(
          "headquarters-administrator",
          "district-administrator",
          "officer",
          "anti-smuggling-officer");

  /** Routes that answer without a session, and why; nothing else may. */
  private static final Set<String> OPEN =
      Set.of(
          "GET /health/live",
          "GET /health/ready",
          "GET /metrics",
          "GET /api/v1/login",
          "POST /api/v1/login",
          // A browser goes to the sign-on service and comes back.
          "GET /api/v1/login/oidc",
          "GET /api/v1/login/oidc/callback",
          "POST /api/v1/login/passkey/options",
          "POST /api/v1/login/passkey",
          "POST /api/v1/setup",
          // A device has no certificate before it is enrolled; it has a one-time code.
          "POST /api/v1/device/enrol",
          // Senders have credentials of their own.
          "POST /api/v1/messages");

  private DatabaseUrl url;
  private Platform platform;
  private final Map<String, SignedIn> officers = new LinkedHashMap<>();

  private static final List<String> SCOPES = List.of("own", "all");

  @BeforeAll
  void start() {
    url = TestDatabase.empty();
    platform = new Platform(url, url, 0, Clock.systemUTC());
    platform.start();
    TestDatabase.execute(url, "update identity.role set second_factor = false");
    for (String role : ROLES) {
      for (String scope : SCOPES) {
        String name = role + '-' + scope;
        SignedIn.account(platform, name, "A", 1, role, scope);
        officers.put(name, SignedIn.stranger(platform, name).in());
      }
    }
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  @Test
  void everyRouteDeclaresWhatItNeedsAndOnlyTheKnownFewAreOpen() {
    Set<String> open = new TreeSet<>();
    for (Route route : platform.routes()) {
      String name = route.method() + ' ' + route.path();
      if (route.need().equals(Route.OPEN)) {
        open.add(name);
      } else {
        assertThat(route.need())
            .as(name)
            .matches(need ->
                Permissions.ALL.contains(need)
                    || Set.of(
                            Permissions.SIGNED_IN,
                            Permissions.HALF,
                            Permissions.SESSION,
                            Permissions.DEVICE)
                        .contains(need));
      }
    }
    assertThat(open).isEqualTo(new TreeSet<>(OPEN));
  }

  @Test
  void everyRoleGetsThroughExactlyWhereItsPermissionsReach() {
    for (Route route : platform.routes()) {
      if (route.need().equals(Route.OPEN)
          || route.path().contains("logout")
          || route.path().contains("session/lock")) {
        continue;
      }
      String path = route.path().replaceAll("\\{[^}]*\\}", "none");
      if (route.need().equals(Permissions.DEVICE)) {
        officers.forEach((name, officer) ->
            assertThat(SignedIn.code(ask(officer, route, path)))
                .as(name + " at " + path)
                .isEqualTo("not-from-here"));
        continue;
      }
      assertThat(ask(SignedIn.stranger(platform, "nobody"), route, path).statusCode())
          .as("nobody at " + path)
          .isEqualTo(401);
      officers.forEach((name, officer) -> {
        HttpResponse<String> response = ask(officer, route, path);
        int end = name.lastIndexOf('-');
        boolean may = mayBy(name.substring(0, end), name.substring(end + 1), route.need());
        boolean refused = response.statusCode() == 403 && response.body().contains("not-permitted");
        assertThat(refused)
            .as("%s at %s %s: %s", name, route.method(), path, response.body())
            .isEqualTo(!may);
        assertThat(response.statusCode()).as(path).isLessThan(500);
      });
    }
  }

  private static HttpResponse<String> ask(SignedIn officer, Route route, String path) {
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

  private boolean mayBy(String role, String scope, String need) {
    if (scope.equals("own") && Permissions.NATIONWIDE.contains(need)) {
      return false;
    }
    return !need.contains(".")
        || TestDatabase.text(
                url,
                "select permissions @> array['"
                    + need
                    + "'] from identity.role where code = '"
                    + role
                    + "'")
            .equals("t");
  }

  @Test
  void thePublishedTableIsTheOneInForce() throws IOException {
    assertThat(Files.readString(Path.of("../docs/permissions.md")))
        .isEqualTo(PermissionsVerb.table(platform));
  }
}
