package tongguan.access.administration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tongguan.access.Permissions;
import tongguan.access.source.Zones;
import tongguan.base.http.Call;
import tongguan.base.http.Route;

/** From which networks one is let in. */
public final class ZoneRoutes {
  private final Zones zones;

  public ZoneRoutes(Zones zones) {
    this.zones = zones;
  }

  public List<Route> routes() {
    return List.of(Route.get("/api/v1/network/zones", Permissions.NETWORK_READ, this::list));
  }

  private void list(Call call) {
    call.respondJson(200, Map.of("items", zones.all().stream().map(ZoneRoutes::item).toList()));
  }

  private static Map<String, Object> item(Zones.Zone zone) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("name", zone.name());
    item.put("kind", zone.kind());
    item.put("network", zone.network());
    item.put("certificate", zone.certificate());
    item.put("version", zone.version());
    return item;
  }
}
