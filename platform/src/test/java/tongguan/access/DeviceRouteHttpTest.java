package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.access.source.Sources;
import tongguan.audit.Audit;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.base.http.StaticClient;
import tongguan.base.http.Traffic;
import tongguan.base.http.WebHost;
import tongguan.identity.Identity;

/** What a device asks for itself, with the gate and routes of their kinds alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceRouteHttpTest {
  private static final String STREAM = "/api/v1/device/stream";
  private static final String HEARTBEAT = "/api/v1/device/heartbeat";
  private static final String ENROL = "/api/v1/device/enrol";

  private Field field;
  private Database database;
  private Audit audit;
  private WebHost web;

  @BeforeAll
  void start() {
    field = new Field();
    Clock clock = Clock.systemUTC();
    Ids ids = new Ids(clock);
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    database = new Database(field.url, 3);
    audit = new Audit(database, ids, clock);
    Identity identity = new Identity(database, audit, ids, clock);
    Access access =
        new Access(identity, audit, new Sources(database, audit, identity.sessions(), registry));
    access.serve(Field.NAMES);
    web =
        new WebHost(
            0,
            List.of(
                Route.get(STREAM, Permissions.DEVICE, DeviceRouteHttpTest::who)
                    .alsoForLostDevices(),
                Route.post(HEARTBEAT, Permissions.DEVICE, DeviceRouteHttpTest::who),
                Route.post(ENROL, Route.OPEN, call -> call.respondJson(200, Map.of("open", true)))
                    .withoutDevice()),
            new StaticClient(),
            access,
            ids,
            new Traffic(registry));
    web.listen(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        field.authority.identity(field.authority),
        List.of());
    web.start();
  }

  @AfterAll
  void stop() {
    web.close();
    audit.close();
    database.close();
    field.close();
  }

  private static void who(Call call) {
    Device device = Device.of(call);
    call.respondJson(
        200,
        Map.of(
            "id", device.id(),
            "unit", device.unit(),
            "lost", device.lost(),
            "serial", new java.math.BigInteger(device.certificateSerial()).toString()));
  }

  private HttpResponse<String> ask(HttpClient client, String path) {
    SignedIn one = field.stranger("steward", client).over(client, web.securePort());
    return path.equals(STREAM) ? one.get(path) : one.post(path, Map.of());
  }

  private String outcome(HttpClient client, String path) {
    HttpResponse<String> response = ask(client, path);
    return response.statusCode() == 200
        ? response.body().contains("\"lost\":true") ? "lost" : "in"
        : SignedIn.code(response);
  }

  private TestDevice ready() {
    return field.aDevice().assigned().withSim().online();
  }

  @Test
  void aDeviceIsKnownByItsCertificateAndNeedsNoOfficer() {
    TestDevice device = ready().of("A");

    HttpResponse<String> response = ask(device.client(), STREAM);

    assertThat(SignedIn.json(response).toString())
        .contains(
            device.id.toString(),
            "\"unit\":\"A\"",
            "\"lost\":false",
            device.holder().certificate().getSerialNumber().toString());
    assertThat(outcome(device.client(), HEARTBEAT)).isEqualTo("in");
    assertThat(outcome(field.client(device.address), STREAM)).isEqualTo("not-from-here");
    assertThat(outcome(field.client("127.30.0.1"), STREAM)).isEqualTo("not-from-here");
  }

  @Test
  void aStewardThatWasSilentOrTamperedWithMayReportAgain() {
    TestDevice device = ready().kind("notebook");
    assertThat(outcome(device.client(), HEARTBEAT)).isEqualTo("in");
    assertThat(outcome(device.client(), STREAM)).isEqualTo("in");
  }

  @Test
  void p4aDeviceThatWasCutOffGetsThereFromEverywhereToBeToldSoAndNowhereElse() {
    TestDevice lost = ready().lost();
    TestDevice retired = ready().in("retired").wipeOrdered();
    for (TestDevice device : List.of(lost, retired)) {
      for (String from : List.of(device.address, "127.20.0.1", "127.0.0.1", "127.10.250.9")) {
        assertThat(outcome(device.clientFrom(from), STREAM)).as(from).isEqualTo("lost");
        assertThat(outcome(device.clientFrom(from), HEARTBEAT)).as(from).isEqualTo("not-from-here");
      }
      assertThat(outcome(field.client(device.address), STREAM)).isEqualTo("not-from-here");
    }
    TestDevice again = ready().lost().assigned().certified();
    assertThat(outcome(again.client(), STREAM))
        .as("a new certificate is no way out")
        .isEqualTo("lost");
    assertThat(outcome(again.client(), HEARTBEAT)).isEqualTo("not-from-here");
  }

  @Test
  void othersThatAreNotAtWorkAreRefused() {
    for (String state : List.of("in-stock", "in-repair", "retired")) {
      assertThat(outcome(ready().in(state).client(), STREAM)).as(state).isEqualTo("not-from-here");
    }
    TestDevice revoked = ready();
    field.execute("update fleet.certificate set revoked_at = now(), revoked_why = 'renewed'");
    assertThat(outcome(revoked.client(), STREAM)).isEqualTo("not-from-here");
  }

  @Test
  void aDeviceWithoutACertificateMayEnrolFromAKnownNetworkOnly() {
    TestDevice device = ready();
    assertThat(outcome(field.client(device.address), ENROL)).isEqualTo("in");
    assertThat(outcome(field.client("127.20.0.1"), ENROL)).isEqualTo("in");
    assertThat(outcome(device.in("in-stock").client(), ENROL)).isEqualTo("in");
    assertThat(outcome(field.client("127.10.250.9"), ENROL)).isEqualTo("not-from-here");
    assertThat(outcome(field.client("127.0.0.1"), ENROL)).isEqualTo("not-from-here");
    device.simBlocked();
    assertThat(outcome(field.client(device.address), ENROL)).isEqualTo("not-from-here");
  }

  @Test
  void overThePlainDoorThereAreNoDevices() {
    HttpResponse<String> response =
        SignedIn.stranger(field.platform, "x").at(field.platform).get("/health/live");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(
            tongguan.base.http.Wire.send(
                    web.port(),
                    "GET " + STREAM + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .only()
                .text())
        .contains("not-from-here");
  }
}
