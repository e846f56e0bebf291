package tongguan.access.device;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Input;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.http.Call;
import tongguan.base.http.Cursor;
import tongguan.base.http.Route;
import tongguan.fleet.Device;
import tongguan.fleet.Fleet;

/** Devices and SIMs as officers look them up: those of their district, or all. */
public final class DeviceRoutes {
  private final Database database;
  private final Fleet fleet;
  private final Audit audit;

  public DeviceRoutes(Database database, Fleet fleet, Audit audit) {
    this.database = database;
    this.fleet = fleet;
    this.audit = audit;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/devices", Permissions.DEVICES_READ, this::devices),
        Route.get("/api/v1/devices/{id}", Permissions.DEVICES_READ, this::device),
        Route.get("/api/v1/devices/{id}/loss", Permissions.DEVICES_ACT, this::loss),
        Route.get("/api/v1/me/device", Permissions.SIGNED_IN, this::own),
        Route.get("/api/v1/sims", Permissions.DEVICES_READ, this::sims));
  }

  private void devices(Call call) {
    int limit = limit(call);
    DeviceFilter filter = filter(call);
    List<DeviceViews.Shown> found =
        database.query(connection -> new DeviceViews(connection).devices(filter, limit + 1));
    page(call, "query.devices", found, limit);
  }

  private void sims(Call call) {
    int limit = limit(call);
    DeviceFilter filter = filter(call);
    List<DeviceViews.Shown> found =
        database.query(connection -> new DeviceViews(connection).sims(filter, limit + 1));
    page(call, "query.sims", found, limit);
  }

  private static DeviceFilter filter(Call call) {
    return new DeviceFilter(
        call.query("after").map(cursor -> Cursor.parse(cursor, 1).getFirst()).orElse(""),
        call.query("unit").orElse(null),
        call.query("state").orElse(null),
        call.query("kind").orElse(null),
        call.query("q").orElse(null),
        Officer.of(call).sight(Permissions.DEVICES_READ).district().orElse(null));
  }

  private static int limit(Call call) {
    String text = call.query("limit").orElse(String.valueOf(Limits.PAGE_DEFAULT));
    if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1) {
      throw Problem.badRequest("parameter", "查詢參數無效。", "A query parameter is not valid.")
          .with("parameter", "limit");
    }
    return Math.min(Integer.parseInt(text), Limits.PAGE_LARGEST);
  }

  /** One row more than was asked for says that there is more. */
  private void page(Call call, String act, List<DeviceViews.Shown> found, int limit) {
    boolean more = found.size() > limit;
    List<DeviceViews.Shown> shown = more ? found.subList(0, limit) : found;
    String next = more ? Json.text(Cursor.of(List.of(shown.getLast().key()))) : "null";
    tell(
        call,
        shown.stream()
            .map(DeviceViews.Shown::json)
            .collect(Collectors.joining(",", "{\"items\":[", "],\"next\":" + next + "}")),
        Entry.done(act, Officer.of(call).actor(), "", call.correlation()).found(shown.size()));
  }

  /**
   * Answers, and writes down what was told. A page that looks again and again and hears that all is
   * as it was has been told nothing.
   */
  private void tell(Call call, String json, Entry entry) {
    byte[] told = json.getBytes(StandardCharsets.UTF_8);
    if (!call.isKnown(told)) {
      audit.write(entry);
    }
    call.respondTagged(told);
  }

  private void device(Call call) {
    Officer officer = Officer.of(call);
    Device device =
        fleet
            .devices()
            .one(id(call))
            .filter(found -> DeviceReach.reaches(officer, Permissions.DEVICES_READ, found))
            .orElseThrow(DeviceReach::unknownDevice);
    String json =
        database
            .query(connection -> new DeviceViews(connection).device(device.id()))
            .orElseThrow(DeviceReach::unknownDevice);
    tell(
        call,
        json,
        Entry.done("query.device", officer.actor(), "device:" + device.serial(), call.correlation())
            .found(1));
  }

  private static UUID id(Call call) {
    return Input.id(call.pathParameter("id"), DeviceReach::unknownDevice);
  }

  /** The timeline, for whoever sees the device and for whoever reported it. */
  private void loss(Call call) {
    Officer officer = Officer.of(call);
    Device device = fleet.devices().one(id(call)).orElseThrow(DeviceReach::unknownDevice);
    String json =
        database
            .query(connection -> {
              DeviceViews views = new DeviceViews(connection);
              boolean reporter =
                  views
                      .reporter(device.id())
                      .filter(officer.session().account()::equals)
                      .isPresent();
              if (!reporter && !DeviceReach.reaches(officer, Permissions.DEVICES_READ, device)) {
                throw DeviceReach.unknownDevice();
              }
              return views.loss(device.id());
            })
            .orElseThrow(DeviceRoutes::unknownLoss);
    String about =
        Json.text(
            Map.of("id", device.id(), "serial", device.serial(), "state", device.state().code()));
    tell(
        call,
        "{\"device\":" + about + ",\"loss\":" + json + '}',
        Entry.done("query.loss", officer.actor(), "device:" + device.serial(), call.correlation())
            .found(1));
  }

  private static Problem unknownLoss() {
    return Problem.of(404, "unknown-loss", "此設備沒有遺失紀錄。", "This device was never reported lost.");
  }

  private void own(Call call) {
    Officer officer = Officer.of(call);
    String json =
        database.query(connection ->
            new DeviceViews(connection)
                .own(officer.session().device(), officer.session().account()));
    call.respondTagged(json.getBytes(StandardCharsets.UTF_8));
  }
}
