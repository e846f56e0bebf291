package tongguan.access;

import java.util.List;
import java.util.Map;
import tongguan.base.http.Route;
import tongguan.base.http.Viewer;

/** Who the gate takes the caller for. */
public final class MeRoutes {

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/me",
            DevelopmentAccess.READ,
            call -> {
              Viewer viewer = call.viewer();
              call.respondJson(
                  200,
                  Map.of(
                      "id", viewer.id(),
                      "name", call.chinese() ? viewer.nameZh() : viewer.nameEn(),
                      "permissions", viewer.permissions().stream().sorted().toList()));
            }));
  }
}
