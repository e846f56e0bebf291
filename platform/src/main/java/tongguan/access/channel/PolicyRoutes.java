package tongguan.access.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.fleet.channel.DevicePolicy;
import tongguan.fleet.channel.Policies;
import tongguan.identity.Identity;

/** What devices are told to be like. */
public final class PolicyRoutes {
  private final Policies policies;
  private final Identity identity;

  public PolicyRoutes(Policies policies, Identity identity) {
    this.policies = policies;
    this.identity = identity;
  }

  public List<Route> routes() {
    return List.of(Route.get("/api/v1/device-policies", Permissions.DEVICES_READ, this::list));
  }

  /** Those that hold for all, and those of units within reach. */
  private void list(Call call) {
    Officer officer = Officer.of(call);
    Optional<List<String>> units = units(officer, Permissions.DEVICES_READ);
    Optional<List<String>> own = units(officer, Permissions.DEVICES_ADMINISTER);
    boolean may = officer.may(Permissions.DEVICES_ADMINISTER);
    List<Map<String, Object>> items =
        policies.all().stream()
            .filter(policy -> policy.unit() == null || reaches(units, policy))
            .map(policy -> item(policy, may && reaches(own, policy)))
            .toList();
    call.respondJson(200, Map.of("items", items, "interfaces", DevicePolicy.INTERFACES));
  }

  /** Those of the officer's district; empty for all there are. */
  private Optional<List<String>> units(Officer officer, String permission) {
    return officer.sight(permission).district().map(identity.units()::codesIn);
  }

  private static boolean reaches(Optional<List<String>> units, DevicePolicy policy) {
    return units.isEmpty() || (policy.unit() != null && units.get().contains(policy.unit()));
  }

  private static Map<String, Object> item(DevicePolicy policy, boolean changeable) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", policy.id());
    if (policy.unit() != null) {
      item.put("unit", policy.unit());
    }
    if (policy.kind() != null) {
      item.put("kind", policy.kind());
    }
    item.put("interfaces", policy.interfaces());
    item.put("lockHours", policy.lockHours());
    item.put("wipeDays", policy.wipeDays());
    item.put("idleSeconds", policy.idleSeconds());
    item.put("position", policy.position());
    item.put("revision", policy.revision());
    item.put("changedAt", policy.changedAt().toString());
    item.put("changedBy", policy.changedBy());
    item.put("changeable", changeable);
    return item;
  }
}
