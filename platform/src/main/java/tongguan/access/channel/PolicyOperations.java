package tongguan.access.channel;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.fleet.DeviceKind;
import tongguan.fleet.Parsed;
import tongguan.fleet.channel.DevicePolicy;
import tongguan.fleet.channel.Policies;
import tongguan.identity.Identity;
import tools.jackson.databind.JsonNode;

/**
 * Changes of what devices are told to be like: policy, so by two persons. Whoever sees one district
 * alone changes what holds for its units; what holds for all is for those who see all.
 */
public final class PolicyOperations {
  private static final String ALL = "all";

  private final Policies policies;
  private final Identity identity;

  public PolicyOperations(Policies policies, Identity identity) {
    this.policies = policies;
    this.identity = identity;
  }

  public List<Operation> all() {
    return List.of(new Change(), new Remove());
  }

  /**
   * For which devices, as the path says it.
   *
   * @param unit with those below it; null for all
   * @param kind null for all
   */
  private record Scope(@Nullable String unit, @Nullable String kind) {
    String text() {
      return (unit == null ? ALL : unit) + "/" + (kind == null ? ALL : kind);
    }
  }

  private static Scope scope(Map<String, String> parameters) {
    String unit = parameters.getOrDefault("unit", "");
    String kind = parameters.getOrDefault("kind", "");
    if (!kind.equals(ALL)
        && !(DeviceKind.parse(kind) instanceof Parsed.Good<DeviceKind>(DeviceKind known)
            && known.code().equals(kind))) {
      throw unknown();
    }
    return new Scope(unit.equals(ALL) ? null : unit, kind.equals(ALL) ? null : kind);
  }

  private boolean reaches(Connection tx, Officer officer, String permission, Scope scope)
      throws SQLException {
    if (!officer.may(permission)) {
      return false;
    }
    Optional<String> district = officer.sight(permission).district();
    if (scope.unit() == null) {
      return district.isEmpty();
    }
    return identity
        .units()
        .one(tx, scope.unit())
        .filter(unit -> district.isEmpty() || district.get().equals(unit.district()))
        .isPresent();
  }

  private static Problem unknown() {
    return Problem.of(404, "unknown-device-policy", "查無此設備政策。", "There is no such policy.");
  }

  private static Problem stale() {
    return Problem.of(
        409, "stale", "資料已被他人變更，請重新載入。", "Someone else has changed this meanwhile; load it again.");
  }

  /** What the two have in common. */
  private abstract class OfScope implements Operation {
    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    @Override
    public String secondPerson() {
      return Permissions.DEVICES_APPROVE;
    }

    @Override
    public boolean isWithinReach(Connection tx, Officer decider, Map<String, String> parameters)
        throws SQLException {
      return reaches(tx, decider, secondPerson(), scope(parameters));
    }

    /** Drafted by who asks, and again by who decides. */
    Scope reached(Connection tx, Officer officer, Map<String, String> parameters)
        throws SQLException {
      Scope scope = scope(parameters);
      if (!reaches(tx, officer, officer.may(need()) ? need() : secondPerson(), scope)) {
        throw unknown();
      }
      return scope;
    }

    List<Line> head(Connection tx, Scope scope) throws SQLException {
      return List.of(
          new Line(
              new Texts("單位", "Unit"),
              scope.unit() == null ? "全部 all" : scope.unit() + "（含所屬 and below）"),
          new Line(new Texts("設備種類", "Kind"), scope.kind() == null ? "全部 all" : scope.kind()),
          new Line(
              new Texts("範圍內設備數", "Devices in that scope"),
              String.valueOf(policies.reach(tx, scope.unit(), scope.kind()))));
    }

    long revision(JsonNode input) {
      JsonNode node = input.path("revision");
      if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
        throw Input.refused(
            "revision", "that of the policy that was shown; 0 where there was none");
      }
      return node.longValue();
    }
  }

  private final class Change extends OfScope {
    @Override
    public String name() {
      return "device-policy.change";
    }

    @Override
    public String path() {
      return "/api/v1/device-policies/{unit}/{kind}/change";
    }

    /** The one that is there, if it is the one that was shown. */
    private Optional<DevicePolicy> before(Connection tx, Scope scope, JsonNode input)
        throws SQLException {
      Optional<DevicePolicy> before = policies.of(tx, scope.unit(), scope.kind());
      if (before.map(DevicePolicy::revision).orElse(0L) != revision(input)) {
        throw stale();
      }
      return before;
    }

    private DevicePolicy wanted(
        Officer officer, Scope scope, Optional<DevicePolicy> before, JsonNode input) {
      int idle = Input.number(input, "idleSeconds", 0, 3600);
      if (idle > 0 && idle < 30) {
        throw Input.refused("idleSeconds", "0 for never, or 30 to 3600");
      }
      return new DevicePolicy(
          before.map(DevicePolicy::id).orElseGet(policies::nextId),
          scope.unit(),
          scope.kind(),
          interfaces(input),
          Input.number(input, "lockHours", 1, 168),
          Input.number(input, "wipeDays", 1, 365),
          idle,
          Input.flag(input, "position"),
          before.map(DevicePolicy::revision).orElse(0L),
          Instant.EPOCH,
          officer.session().name());
    }

    private static Map<String, String> interfaces(JsonNode input) {
      JsonNode given = input.path("interfaces");
      Map<String, String> interfaces = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : given.properties()) {
        String word = entry.getValue().asString("");
        if (!DevicePolicy.INTERFACES.contains(entry.getKey())
            || !DevicePolicy.RULES.contains(word)) {
          throw Input.refused("interfaces", "names of interfaces with lock, open or shut");
        }
        interfaces.put(entry.getKey(), word);
      }
      if (!given.isObject()) {
        throw Input.refused("interfaces", "names of interfaces with lock, open or shut");
      }
      return interfaces;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Scope scope = reached(tx, officer, parameters);
      Optional<DevicePolicy> before = before(tx, scope, input);
      DevicePolicy after = wanted(officer, scope, before, input);
      List<Line> lines = new ArrayList<>(head(tx, scope));
      for (String name : DevicePolicy.INTERFACES) {
        lines.add(
            line(
                new Texts("介面 " + name, "Interface " + name),
                before.map(policy -> rule(policy, name)),
                rule(after, name)));
      }
      lines.add(
          line(
              new Texts("失聯自動鎖定（小時）", "Locks without contact after (hours)"),
              before.map(DevicePolicy::lockHours),
              after.lockHours()));
      lines.add(
          line(
              new Texts("失聯自動清除（日）", "Wipes itself without contact after (days)"),
              before.map(DevicePolicy::wipeDays),
              after.wipeDays()));
      lines.add(
          line(
              new Texts("閒置鎖定（秒，0 為不另鎖定）", "Locks when idle for (seconds; 0: never)"),
              before.map(DevicePolicy::idleSeconds),
              after.idleSeconds()));
      lines.add(
          line(
              new Texts("回報位置", "Reports where it is"),
              before.map(policy -> yes(policy.position())),
              yes(after.position())));
      lines.add(new Line(new Texts("理由", "Reason"), Input.reason(input)));
      return new Draft(
          new Texts("變更設備政策", "Change the policy of devices"),
          lines,
          scope.text() + " " + revision(input),
          "device-policy:" + scope.text(),
          Optional.empty());
    }

    private static Line line(Texts label, Optional<?> before, Object after) {
      return new Line(
          label,
          before.isEmpty() || before.get().equals(after)
              ? after.toString()
              : before.get() + " → " + after);
    }

    private static String rule(DevicePolicy policy, String name) {
      return switch (policy.interfaces().getOrDefault(name, "lock")) {
        case "open" -> "不關閉 open";
        case "shut" -> "一律關閉 always shut";
        default -> "鎖定時關閉 shut while locked";
      };
    }

    private static String yes(boolean allowed) {
      return allowed ? "✓" : "–";
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Scope scope = reached(tx, officer, parameters);
      DevicePolicy wanted = wanted(officer, scope, before(tx, scope, input), input);
      long revision = policies.put(tx, wanted).orElseThrow(PolicyOperations::stale);
      return Map.of("revision", revision);
    }
  }

  private final class Remove extends OfScope {
    @Override
    public String name() {
      return "device-policy.remove";
    }

    @Override
    public String path() {
      return "/api/v1/device-policies/{unit}/{kind}/remove";
    }

    private DevicePolicy policy(Connection tx, Scope scope, JsonNode input) throws SQLException {
      if (scope.unit() == null && scope.kind() == null) {
        throw Problem.of(
            409, "policy-of-all", "適用全部設備之政策不可移除。", "The policy of all devices is not removed.");
      }
      DevicePolicy policy =
          policies.of(tx, scope.unit(), scope.kind()).orElseThrow(PolicyOperations::unknown);
      if (policy.revision() != revision(input)) {
        throw stale();
      }
      return policy;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Scope scope = reached(tx, officer, parameters);
      DevicePolicy policy = policy(tx, scope, input);
      List<Line> lines = new ArrayList<>(head(tx, scope));
      lines.add(
          new Line(
              new Texts("之後", "From then on"),
              "適用上層單位或全部設備之政策 The policy of the unit above, or of all, holds for them"));
      lines.add(new Line(new Texts("理由", "Reason"), Input.reason(input)));
      return new Draft(
          new Texts("移除設備政策", "Remove a policy of devices"),
          lines,
          scope.text() + " " + policy.revision(),
          "device-policy:" + scope.text(),
          Optional.empty());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Scope scope = reached(tx, officer, parameters);
      DevicePolicy policy = policy(tx, scope, input);
      if (!policies.remove(tx, policy.id(), policy.revision())) {
        throw stale();
      }
      return Map.of();
    }
  }
}
