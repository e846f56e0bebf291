package tongguan.access.administration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.identity.Identity;
import tongguan.identity.Roles;
import tongguan.identity.Units;
import tools.jackson.databind.JsonNode;

/** Changes of roles and policy, by two persons of headquarters, and of the tree of units. */
public final class RoleOperations {
  private static final Texts REASON = new Texts("理由", "Reason");

  private final Identity identity;

  public RoleOperations(Identity identity) {
    this.identity = identity;
  }

  public List<Operation> all() {
    return List.of(new ChangeRole(), new ChangePolicy(), new AddUnit(), new RenameUnit());
  }

  private final class ChangeRole implements Operation {
    @Override
    public String name() {
      return "role.change";
    }

    @Override
    public String path() {
      return "/api/v1/roles/{code}/change";
    }

    @Override
    public String need() {
      return Permissions.ROLES_ADMINISTER;
    }

    @Override
    public String secondPerson() {
      return Permissions.ROLES_ADMINISTER;
    }

    private Roles.Role role(Connection tx, Map<String, String> parameters) throws SQLException {
      return identity
          .roles()
          .one(tx, parameters.getOrDefault("code", ""))
          .orElseThrow(() -> Problem.of(404, "unknown-role", "查無此角色。", "There is no such role."));
    }

    private static Roles.Role wanted(Roles.Role now, JsonNode input) {
      TreeSet<String> permissions = new TreeSet<>();
      input
          .path("grants")
          .forEachEntry((function, levels) ->
              levels.forEach(level -> permissions.add(function + "." + level.asString())));
      if (!input.path("grants").isObject() || !Permissions.ALL.containsAll(permissions)) {
        throw Input.refused("grants", "functions with levels of GET /api/v1/roles");
      }
      return new Roles.Role(
          now.code(),
          now.nameZh(),
          now.nameEn(),
          List.copyOf(permissions),
          Input.number(input, "idleSeconds", 30, 3600),
          Input.number(input, "sessionHours", 1, 24),
          Input.flag(input, "secondFactor"),
          Reach.version(input));
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Roles.Role now = role(tx, parameters);
      Roles.Role then = wanted(now, input);
      if (now.version() != then.version()) {
        throw Reach.stale();
      }
      List<Line> lines = new ArrayList<>();
      lines.add(new Line(new Texts("角色", "Role"), now.code() + " " + now.nameZh()));
      lines.add(new Line(new Texts("新增權限", "Granted"), missing(then, now)));
      lines.add(new Line(new Texts("取消權限", "Taken away"), missing(now, then)));
      lines.add(
          new Line(
              new Texts("閒置鎖定（秒）", "Idle lock (seconds)"),
              now.idleSeconds() + " → " + then.idleSeconds()));
      lines.add(
          new Line(
              new Texts("登入時效（小時）", "Session (hours)"),
              now.sessionHours() + " → " + then.sessionHours()));
      lines.add(
          new Line(
              new Texts("第二重驗證", "Second factor"),
              now.secondFactor() + " → " + then.secondFactor()));
      lines.add(new Line(REASON, Input.reason(input)));
      return new Draft(
          new Texts("變更角色", "Change a role"),
          lines,
          now.code() + " " + now.version(),
          "role:" + now.code(),
          Optional.empty());
    }

    private static String missing(Roles.Role of, Roles.Role in) {
      TreeSet<String> rest = new TreeSet<>(of.permissions());
      rest.removeAll(in.permissions());
      return rest.isEmpty() ? "-" : String.join(", ", rest);
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      if (!identity.roles().change(tx, wanted(role(tx, parameters), input))) {
        throw Reach.stale();
      }
      return Map.of();
    }
  }

  private final class ChangePolicy implements Operation {
    @Override
    public String name() {
      return "policy.change";
    }

    @Override
    public String path() {
      return "/api/v1/policy/change";
    }

    @Override
    public String need() {
      return Permissions.POLICY_ADMINISTER;
    }

    @Override
    public String secondPerson() {
      return Permissions.POLICY_ADMINISTER;
    }

    private Roles.Rule rule(Connection tx, JsonNode input) throws SQLException {
      return identity
          .roles()
          .rule(tx, Input.text(input, "code", 40))
          .orElseThrow(() -> Input.refused("code", "code of GET /api/v1/policy"));
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Roles.Rule rule = rule(tx, input);
      int value = Input.number(input, "value", rule.least(), rule.most());
      return new Draft(
          new Texts("變更政策", "Change the policy"),
          List.of(
              new Line(new Texts(rule.nameZh(), rule.nameEn()), rule.value() + " → " + value),
              new Line(REASON, Input.reason(input))),
          rule.code() + " " + rule.version(),
          "policy:" + rule.code(),
          Optional.empty());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Roles.Rule rule = rule(tx, input);
      identity
          .roles()
          .setRule(tx, rule.code(), Input.number(input, "value", rule.least(), rule.most()));
      return Map.of();
    }
  }

  private final class AddUnit implements Operation {
    @Override
    public String name() {
      return "unit.add";
    }

    @Override
    public String path() {
      return "/api/v1/units";
    }

    @Override
    public String need() {
      return Permissions.UNITS_ADMINISTER;
    }

    private Units.Unit wanted(Connection tx, JsonNode input) throws SQLException {
      String code = Input.text(input, "code", 20);
      String kind = Input.text(input, "kind", 20);
      if (!code.matches("[A-Z0-9][A-Z0-9-]{0,19}")) {
        throw Input.refused("code", "capital letters, digits and dashes");
      }
      if (!List.of("branch", "section", "team").contains(kind)) {
        throw Input.refused("kind", "branch, section or team");
      }
      if (identity.units().one(tx, code).isPresent()) {
        throw Problem.of(409, "unit-exists", "單位代碼已存在。", "There is a unit with this code.");
      }
      Units.Unit parent =
          identity
              .units()
              .one(tx, Input.text(input, "parent", 20))
              .filter(found -> found.district() != null)
              .orElseThrow(() -> Input.refused("parent", "code of a district or a unit below one"));
      return new Units.Unit(
          code,
          parent.code(),
          Input.text(input, "nameZh", 100),
          Input.text(input, "nameEn", 100),
          kind,
          parent.district(),
          1);
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Units.Unit unit = wanted(tx, input);
      return new Draft(
          new Texts("新增單位", "Add a unit"),
          List.of(
              new Line(new Texts("代碼", "Code"), unit.code()),
              new Line(new Texts("名稱", "Name"), unit.nameZh() + " " + unit.nameEn()),
              new Line(new Texts("上級單位", "Above it"), String.valueOf(unit.parent()))),
          unit.code(),
          "unit:" + unit.code(),
          Optional.empty());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      identity.units().add(tx, wanted(tx, input));
      return Map.of();
    }
  }

  private final class RenameUnit implements Operation {
    @Override
    public String name() {
      return "unit.change";
    }

    @Override
    public String path() {
      return "/api/v1/units/{code}/change";
    }

    @Override
    public String need() {
      return Permissions.UNITS_ADMINISTER;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Units.Unit unit =
          identity
              .units()
              .one(tx, parameters.getOrDefault("code", ""))
              .orElseThrow(
                  () -> Problem.of(404, "unknown-unit", "查無此單位。", "There is no such unit."));
      if (unit.version() != Reach.version(input)) {
        throw Reach.stale();
      }
      return new Draft(
          new Texts("變更單位名稱", "Rename a unit"),
          List.of(
              new Line(new Texts("單位", "Unit"), unit.code() + " " + unit.nameZh()),
              new Line(
                  new Texts("新名稱", "New name"),
                  Input.text(input, "nameZh", 100) + " " + Input.text(input, "nameEn", 100))),
          unit.code() + " " + unit.version(),
          "unit:" + unit.code(),
          Optional.empty());
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      boolean changed =
          identity
              .units()
              .rename(
                  tx,
                  parameters.getOrDefault("code", ""),
                  Input.text(input, "nameZh", 100),
                  Input.text(input, "nameEn", 100),
                  Reach.version(input));
      if (!changed) {
        throw Reach.stale();
      }
      return Map.of();
    }
  }
}
