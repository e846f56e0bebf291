package tongguan;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tongguan.access.Permissions;
import tongguan.base.http.Route;
import tongguan.identity.Roles;

/** The verb {@code permissions}: who may use which route, as the table in docs/permissions.md. */
public final class PermissionsVerb {
  private PermissionsVerb() {}

  /** Markdown: a row for each route, a column for each role as it is shipped. */
  public static String table(Platform platform) {
    List<Roles.Role> roles = platform.identity().roles().all();
    StringBuilder table = new StringBuilder();
    table.append("# Who may do what\n\n");
    table.append(
        "Printed by `./tongguan permissions` from the routes and the roles as they are shipped; a test holds it against both."
            + " `open` needs no session, `session` any, also a locked one, `half-signed-in` a log-in that may still lack its second factor,"
            + " `signed-in` whoever is in, `device` a device by its own certificate. Headquarters can change the roles; a role held with the scope `own` reaches the records of one district, and what is marked `all` not at all.\n\n");
    table.append("| route | needs |");
    roles.forEach(role -> table.append(' ').append(role.nameEn()).append(" |"));
    table.append("\n| --- | --- |").append(" --- |".repeat(roles.size())).append('\n');
    Map<String, Route> sorted =
        platform.routes().stream()
            .collect(
                Collectors.toMap(
                    route -> route.path() + ' ' + route.method(),
                    route -> route,
                    (one, other) -> one,
                    TreeMap::new));
    sorted
        .values()
        .forEach(route -> {
          table
              .append("| ")
              .append(route.method())
              .append(" `")
              .append(route.path())
              .append("` | ");
          table
              .append(route.need())
              .append(Permissions.NATIONWIDE.contains(route.need()) ? " (`all`) |" : " |");
          roles.forEach(role -> table.append(may(role, route.need()) ? " ✓ |" : " – |"));
          table.append('\n');
        });
    return table.toString();
  }

  private static boolean may(Roles.Role role, String need) {
    boolean everyone = !need.contains(".") && !need.equals(Permissions.DEVICE);
    return everyone || role.permissions().contains(need);
  }
}
