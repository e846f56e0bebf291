package tongguan.access.radius;

import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.access.radius.wire.Signature;
import tongguan.base.Problem.Texts;
import tools.jackson.databind.JsonNode;

/** Adds a gateway, or gives the one of that name a new secret and other ways. */
final class PutGateway implements Operation {
  static final int APNS = 20;
  static final int DYNAMIC_PORT = 3799;
  private static final int PASSWORD = 128;

  private final Gateways gateways;

  PutGateway(Gateways gateways) {
    this.gateways = gateways;
  }

  @Override
  public String name() {
    return "network.gateway";
  }

  @Override
  public String path() {
    return "/api/v1/network/gateways";
  }

  @Override
  public String need() {
    return Permissions.NETWORK_ADMINISTER;
  }

  private static Gateways.Wanted wanted(JsonNode input) {
    String name = Input.text(input, "name", 40);
    if (!isName(name)) {
      throw Input.refused("name", "small letters, digits, dots and dashes");
    }
    JsonNode port = input.path("dynamicPort");
    return new Gateways.Wanted(
        name,
        address(Input.text(input, "address", 45))
            .orElseThrow(() -> Input.refused("address", "IPv4 or IPv6 address")),
        apns(input),
        signing(Input.optionalText(input, "signing", 10).orElse("first")),
        port.isMissingNode() || port.isNull()
            ? DYNAMIC_PORT
            : Input.number(input, "dynamicPort", 1, 65_535),
        input.has("password") ? Input.raw(input, "password", PASSWORD) : "");
  }

  static boolean isName(String text) {
    return text.matches("[a-z0-9][a-z0-9.-]{0,39}");
  }

  /** Never a name that would have to be looked up. */
  static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text)).filter(one -> !one.isAnyLocalAddress());
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  static boolean isApn(String text) {
    return text.matches("[a-z0-9]([a-z0-9.-]{0,98}[a-z0-9])?");
  }

  private static List<String> apns(JsonNode input) {
    List<String> apns = new ArrayList<>();
    for (JsonNode node : input.path("apns")) {
      String apn = node.isString() ? Gateway.apn(node.stringValue()) : "";
      if (!isApn(apn)) {
        throw Input.refused("apns", "list of 1 to " + APNS + " names of access points");
      }
      apns.add(apn);
    }
    if (apns.isEmpty() || apns.size() > APNS) {
      throw Input.refused("apns", "list of 1 to " + APNS + " names of access points");
    }
    return apns.stream().distinct().toList();
  }

  private static Signature.Place signing(String code) {
    return Arrays.stream(Signature.Place.values())
        .filter(place -> place.code().equals(code))
        .findFirst()
        .orElseThrow(() -> Input.refused("signing", "first, anywhere or access"));
  }

  @Override
  public Draft draft(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Gateways.Wanted wanted = wanted(input);
    Optional<GatewayStore.Shown> before = GatewayStore.one(tx, wanted.name());
    Optional<String> there = GatewayStore.nameAt(tx, wanted.address());
    if (there.isPresent() && !there.get().equals(wanted.name())) {
      throw Input.refused("address", "one that no other gateway has");
    }
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(new Texts("閘道器", "Gateway"), wanted.name()));
    lines.add(new Line(new Texts("位址", "Address"), wanted.address().getHostAddress()));
    lines.add(new Line(new Texts("專屬 APN", "Access points"), String.join(", ", wanted.apns())));
    lines.add(new Line(new Texts("訊息鑑別碼", "Message-Authenticator"), wanted.signing().code()));
    lines.add(
        new Line(new Texts("斷線要求埠", "Port for Disconnect"), String.valueOf(wanted.dynamicPort())));
    lines.add(
        new Line(
            new Texts("APN 密碼", "Password of the access point"),
            wanted.password().isEmpty() ? "-" : "•••"));
    lines.add(
        new Line(
            before.isPresent()
                ? new Texts(
                    "新密鑰（舊密鑰一秒內失效）", "New secret (the old one stops working within a second)")
                : new Texts("密鑰", "Secret"),
            "•••"));
    return new Draft(
        before.isPresent()
            ? new Texts("更換閘道器密鑰", "Replace a gateway and its secret")
            : new Texts("新增閘道器", "Add a gateway"),
        lines,
        before.map(one -> one.version() + " " + one.enabled()).orElse("none"),
        "gateway:" + wanted.name(),
        Optional.empty());
  }

  @Override
  public Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    return Map.of("secret", new Once(gateways.put(tx, wanted(input))));
  }
}
