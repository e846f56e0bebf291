package tongguan.access.administration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Requests;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.identity.Identity;
import tongguan.identity.Roles;
import tongguan.identity.Units;

/** Roles and what they may, the policy, the tree of units, and what waits for a second person. */
public final class RoleRoutes {
  private final Identity identity;
  private final Requests requests;

  public RoleRoutes(Identity identity, Requests requests) {
    this.identity = identity;
    this.requests = requests;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/roles", Permissions.ROLES_READ, this::roles),
        Route.get("/api/v1/policy", Permissions.POLICY_READ, this::policy),
        Route.get("/api/v1/units", Permissions.UNITS_READ, this::units),
        Route.get("/api/v1/requests", Permissions.SIGNED_IN, this::requests));
  }

  private void roles(Call call) {
    boolean chinese = call.chinese();
    List<Map<String, Object>> functions =
        Permissions.FUNCTIONS.stream()
            .map(function ->
                Map.<String, Object>of(
                    "code", function.code(),
                    "name", chinese ? function.nameZh() : function.nameEn(),
                    "levels", function.levels()))
            .toList();
    call.respondJson(
        200,
        Map.of(
            "functions",
            functions,
            "roles",
            identity.roles().all().stream().map(role -> item(role, chinese)).toList()));
  }

  private static Map<String, Object> item(Roles.Role role, boolean chinese) {
    Map<String, List<String>> grants = new TreeMap<>();
    for (String permission : role.permissions()) {
      String[] parts = permission.split("\\.");
      grants.computeIfAbsent(parts[0], function -> new java.util.ArrayList<>()).add(parts[1]);
    }
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("code", role.code());
    item.put("name", chinese ? role.nameZh() : role.nameEn());
    item.put("grants", grants);
    item.put("idleSeconds", role.idleSeconds());
    item.put("sessionHours", role.sessionHours());
    item.put("secondFactor", role.secondFactor());
    item.put("version", role.version());
    return item;
  }

  private void policy(Call call) {
    call.respondJson(
        200,
        Map.of(
            "items",
            identity.roles().policy().stream()
                .map(rule -> {
                  Map<String, Object> item = new LinkedHashMap<>();
                  item.put("code", rule.code());
                  item.put("value", rule.value());
                  item.put("least", rule.least());
                  item.put("most", rule.most());
                  item.put("unit", rule.unit());
                  item.put("name", call.chinese() ? rule.nameZh() : rule.nameEn());
                  item.put("version", rule.version());
                  return item;
                })
                .toList()));
  }

  private void units(Call call) {
    Officer officer = Officer.of(call);
    call.respondJson(
        200,
        Map.of(
            "items",
            identity.units().all().stream()
                .filter(unit ->
                    unit.district() == null
                        || Reach.inDistrict(officer, Permissions.UNITS_READ, unit.district()))
                .map(RoleRoutes::item)
                .toList()));
  }

  private static Map<String, @Nullable Object> item(Units.Unit unit) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    item.put("code", unit.code());
    if (unit.parent() != null) {
      item.put("parent", unit.parent());
    }
    item.put("nameZh", unit.nameZh());
    item.put("nameEn", unit.nameEn());
    item.put("kind", unit.kind());
    if (unit.district() != null) {
      item.put("district", unit.district());
    }
    item.put("version", unit.version());
    return item;
  }

  private void requests(Call call) {
    call.respondJson(200, Map.of("items", requests.list(Officer.of(call), call.chinese())));
  }
}
