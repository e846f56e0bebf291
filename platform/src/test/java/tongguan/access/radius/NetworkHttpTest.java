package tongguan.access.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.access.SignedIn;
import tongguan.access.radius.wire.Code;
import tongguan.access.radius.wire.Draft;
import tongguan.access.radius.wire.SharedSecret;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tools.jackson.databind.JsonNode;

/** The private network as officers see it over HTTP, and a gateway that one of them adds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkHttpTest {
  private static final String GATEWAYS = "/api/v1/network/gateways";

  private DatabaseUrl url;
  private RadiusNode node;
  private TestGateway gateway;
  private SignedIn headquarters;
  private SignedIn district;
  private FieldDevice device;

  @BeforeAll
  void start(@TempDir Path data) {
    url = TestDatabase.empty();
    node = new RadiusNode(url, data);
    gateway = TestGateway.add(url, data, "pgw-1", "127.0.0.51");
    node.start();
    TestDatabase.execute(url, "update identity.role set second_factor = false");
    SignedIn.account(node.platform, "hqadmin", "HQ", 2, "headquarters-administrator", "all");
    SignedIn.account(node.platform, "keelung", "A", 1, "district-administrator", "own");
    SignedIn.account(node.platform, "taipei", "C", 1, "district-administrator", "own");
    headquarters = SignedIn.stranger(node.platform, "hqadmin").in();
    district = SignedIn.stranger(node.platform, "keelung").in();
    device = FieldDevice.add(url, 1);
    FieldDevice blocked = FieldDevice.add(url, 2);
    TestDatabase.execute(
        url, "update fleet.sim set state = 'blocked' where id = '" + blocked.sim() + "'");
    for (int i = 1; i <= 3; i++) {
      gateway.tell(
          node.acct(), gateway.accounting(1, "s" + i, FieldDevice.add(url, 10 + i), Instant.now()));
      gateway.ask(node.auth(), gateway.access(blocked));
    }
    gateway.ask(
        node.auth(),
        gateway.access(
            new FieldDevice(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "466990000000009",
                "886900000009",
                "",
                device.address())));
  }

  @AfterAll
  void stop() {
    node.close();
    gateway.close();
  }

  private static JsonNode good(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return SignedIn.json(response);
  }

  @Test
  void liveSessionsAreListedPageByPage() {
    JsonNode first = good(headquarters.get("/api/v1/network/sessions?limit=2"));
    assertThat(first.path("items").size()).isEqualTo(2);
    JsonNode second =
        good(
            headquarters.get(
                "/api/v1/network/sessions?limit=2&after=" + first.path("next").stringValue()));

    assertThat(second.path("items").size()).isEqualTo(1);
    assertThat(second.path("next").isNull()).isTrue();
    JsonNode row = second.path("items").path(0);
    assertThat(row.path("serial").stringValue()).startsWith("SN-000");
    assertThat(row.path("unit").stringValue()).isEqualTo("A");
    assertThat(row.path("address").stringValue()).startsWith("10.64.");
  }

  @Test
  void refusalsAreListedWithTheirReasons() {
    JsonNode all = good(headquarters.get("/api/v1/network/refusals"));

    assertThat(
            all.path("items").valueStream().map(row -> row.path("reason").stringValue()).toList())
        .containsExactly("unknown-sim", "sim-not-active", "sim-not-active", "sim-not-active");
    assertThat(all.at("/items/1/serial").stringValue()).isEqualTo("SN-00002");
  }

  @Test
  void aDistrictSeesItsOwnDevicesAndNobodyElses() {
    SignedIn elsewhere = SignedIn.stranger(node.platform, "taipei").in();

    assertThat(good(district.get("/api/v1/network/sessions")).path("items").size()).isEqualTo(3);
    assertThat(good(district.get("/api/v1/network/refusals")).path("items").size()).isEqualTo(3);
    assertThat(good(elsewhere.get("/api/v1/network/sessions")).path("items").size()).isZero();
    assertThat(good(elsewhere.get("/api/v1/network/refusals")).path("items").size()).isZero();
  }

  @Test
  void aGatewayThatAnAdministratorAddsIsServedAndItsSecretShownOnce() throws Exception {
    Map<String, Object> input =
        Map.of(
            "name",
            "pgw-9",
            "address",
            "127.0.0.59",
            "apns",
            List.of("Field.Customs"),
            "password",
            "apn password");
    String nonce = headquarters.draft(GATEWAYS, input);
    Map<String, Object> body =
        Map.of("input", input, "confirmation", nonce, "password", SignedIn.PASSWORD);
    String key = UUID.randomUUID().toString();
    JsonNode made = good(headquarters.post(GATEWAYS, body, "Idempotency-Key", key));
    String secret = made.path("secret").stringValue();
    JsonNode again = good(headquarters.post(GATEWAYS, body, "Idempotency-Key", key));

    assertThat(secret).matches("[0-9a-f]{64}");
    assertThat(again.has("secret")).isFalse();
    assertThat(again.path("done").booleanValue()).isTrue();
    for (String table :
        List.of("access.gateway", "access.reply", "access.confirmation", "audit.entry")) {
      String rows =
          TestDatabase.text(
              url, "select coalesce(string_agg(t::text, ' '), '') from " + table + " t");
      assertThat(rows).as(table).isNotEmpty().doesNotContain(secret, "apn password");
    }
    JsonNode listed = good(headquarters.get(GATEWAYS));
    assertThat(listed.toString()).contains("pgw-9").doesNotContain(secret);

    SharedSecret shared = SharedSecret.of(secret.getBytes(StandardCharsets.US_ASCII));
    try (var socket =
        new java.net.DatagramSocket(0, java.net.InetAddress.ofLiteral("127.0.0.59"))) {
      socket.setSoTimeout(200);
      Awaitility.await()
          .until(() -> {
            byte[] request =
                Draft.of(Code.STATUS_SERVER, 1).asking(Draft.randomAuthenticator(), shared);
            socket.send(
                new java.net.DatagramPacket(
                    request,
                    request.length,
                    java.net.InetAddress.getLoopbackAddress(),
                    node.auth()));
            try {
              socket.receive(new java.net.DatagramPacket(new byte[100], 100));
              return true;
            } catch (java.net.SocketTimeoutException notYet) {
              return false;
            }
          });
    }
  }

  @Test
  void whatIsNoGatewayIsRefused() {
    for (Map<String, Object> input :
        List.<Map<String, Object>>of(
            Map.of("name", "Not A Name", "address", "127.0.0.60", "apns", List.of("a")),
            Map.of("name", "x", "address", "gateway.example", "apns", List.of("a")),
            Map.of("name", "x", "address", "0.0.0.0", "apns", List.of("a")),
            Map.of("name", "x", "address", "127.0.0.51", "apns", List.of("a")),
            Map.of("name", "x", "address", "127.0.0.60", "apns", List.of()),
            Map.of("name", "x", "address", "127.0.0.60", "apns", List.of("a b")),
            Map.of("name", "x", "address", "127.0.0.60", "apns", List.of("a"), "signing", "none"),
            Map.of("name", "x", "address", "127.0.0.60", "apns", List.of("a"), "dynamicPort", 0))) {
      HttpResponse<String> response = headquarters.post(GATEWAYS + "/draft", input);
      assertThat(response.statusCode()).as(input + response.body()).isEqualTo(400);
    }
    assertThat(district.post(GATEWAYS + "/draft", Map.of()).statusCode()).isEqualTo(403);
  }

  @Test
  void aForgedPlaceInTheListIsRefused() {
    assertThat(headquarters.get("/api/v1/network/sessions?after=WyJhIiwiYiJd").statusCode())
        .isEqualTo(400);
    assertThat(headquarters.get("/api/v1/network/refusals?limit=0").statusCode()).isEqualTo(400);
  }
}
