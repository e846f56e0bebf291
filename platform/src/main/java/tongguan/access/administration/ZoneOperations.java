package tongguan.access.administration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.access.source.Zones;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.base.http.Network;
import tools.jackson.databind.JsonNode;

/** Changes of the networks from which one is let in: policy, so by two persons. */
public final class ZoneOperations {
  private static final Texts REASON = new Texts("理由", "Reason");

  private final Zones zones;

  public ZoneOperations(Zones zones) {
    this.zones = zones;
  }

  public List<Operation> all() {
    return List.of(new Add(), new Remove());
  }

  private static List<Line> lines(Zones.Zone zone, JsonNode input) {
    return List.of(
        new Line(new Texts("網路區域", "Zone"), zone.name()),
        new Line(
            new Texts("種類", "Kind"),
            zone.kind().equals("apn") ? "專屬網路 private APN" : "機關網路 office"),
        new Line(new Texts("位址範圍", "Addresses"), zone.network()),
        new Line(new Texts("須設備憑證", "Device certificate"), zone.certificate() ? "✓" : "–"),
        new Line(REASON, Input.reason(input)));
  }

  private static Draft draft(Texts title, Zones.Zone zone, JsonNode input) {
    return new Draft(
        title, lines(zone, input), zone.toString(), "zone:" + zone.name(), Optional.empty());
  }

  private final class Add implements Operation {
    @Override
    public String name() {
      return "zone.add";
    }

    @Override
    public String path() {
      return "/api/v1/network/zones";
    }

    @Override
    public String need() {
      return Permissions.NETWORK_ADMINISTER;
    }

    @Override
    public String secondPerson() {
      return Permissions.NETWORK_ADMINISTER;
    }

    private Zones.Zone wanted(Connection tx, JsonNode input) throws SQLException {
      String name = Input.text(input, "name", 40);
      String kind = Input.text(input, "kind", 10);
      String network = Input.text(input, "network", 50);
      boolean certificate = Input.flag(input, "certificate");
      if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
        throw Input.refused("name", "small letters, digits and dashes");
      }
      if (!List.of("apn", "office").contains(kind)) {
        throw Input.refused("kind", "apn or office");
      }
      if (Network.parse(network).isEmpty()) {
        throw Input.refused("network", "addresses such as 10.20.0.0/16");
      }
      if (kind.equals("apn") && !certificate) {
        throw Input.refused("certificate", "true, as the APN is for devices");
      }
      if (zones.one(tx, name).isPresent() || zones.of(tx, network).isPresent()) {
        throw Problem.of(
            409, "zone-exists", "名稱或位址範圍已存在。", "There is a zone of this name or network.");
      }
      return new Zones.Zone(name, kind, network, certificate, 1);
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      return ZoneOperations.draft(
          new Texts("新增網路區域", "Add a network zone"), wanted(tx, input), input);
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      zones.add(tx, wanted(tx, input));
      return Map.of();
    }
  }

  private final class Remove implements Operation {
    @Override
    public String name() {
      return "zone.remove";
    }

    @Override
    public String path() {
      return "/api/v1/network/zones/{name}/remove";
    }

    @Override
    public String need() {
      return Permissions.NETWORK_ADMINISTER;
    }

    @Override
    public String secondPerson() {
      return Permissions.NETWORK_ADMINISTER;
    }

    private Zones.Zone zone(Connection tx, Map<String, String> parameters) throws SQLException {
      return zones
          .one(tx, parameters.getOrDefault("name", ""))
          .orElseThrow(() -> Problem.of(404, "unknown-zone", "查無此網路區域。", "There is no such zone."));
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Zones.Zone zone = zone(tx, parameters);
      if (zone.version() != Reach.version(input)) {
        throw Reach.stale();
      }
      return ZoneOperations.draft(new Texts("移除網路區域", "Remove a network zone"), zone, input);
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      if (!zones.remove(tx, zone(tx, parameters).name(), Reach.version(input))) {
        throw Reach.stale();
      }
      return Map.of();
    }
  }
}
