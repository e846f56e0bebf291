package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;

/** Roles, what they may do, and how long their sessions last; and the policy beside them. */
public final class Roles {
  private final Database database;

  Roles(Database database) {
    this.database = database;
  }

  /**
   * A role.
   *
   * @param permissions function and level, as {@code record.read}
   * @param secondFactor whether its holders must have a second factor
   */
  public record Role(
      String code,
      String nameZh,
      String nameEn,
      List<String> permissions,
      int idleSeconds,
      int sessionHours,
      boolean secondFactor,
      int version) {
    public Role {
      permissions = List.copyOf(permissions);
    }
  }

  public List<Role> all() {
    return database.query(Roles::read);
  }

  private static List<Role> read(Connection connection) throws SQLException {
    return Sql.of(
            connection,
            """
            select code, name_zh, name_en, permissions, idle_seconds, session_hours, second_factor,
              version
            from identity.role order by code
            """)
        .rows(row ->
            new Role(
                row.getString("code"),
                row.getString("name_zh"),
                row.getString("name_en"),
                Sql.texts(row, "permissions"),
                row.getInt("idle_seconds"),
                row.getInt("session_hours"),
                row.getBoolean("second_factor"),
                row.getInt("version")));
  }

  public Optional<Role> one(Connection connection, String code) throws SQLException {
    return read(connection).stream().filter(role -> role.code().equals(code)).findFirst();
  }

  public boolean change(Connection tx, Role role) throws SQLException {
    return Sql.of(
                tx,
                """
                update identity.role
                set permissions = ?, idle_seconds = ?, session_hours = ?, second_factor = ?,
                  version = version + 1
                where code = ? and version = ?
                """,
                role.permissions(),
                role.idleSeconds(),
                role.sessionHours(),
                role.secondFactor(),
                role.code(),
                role.version())
            .update()
        > 0;
  }

  /** A number that headquarters may set. */
  public record Rule(
      String code,
      int value,
      int least,
      int most,
      String unit,
      String nameZh,
      String nameEn,
      int version) {}

  public List<Rule> policy() {
    return database.query(Roles::readPolicy);
  }

  private static List<Rule> readPolicy(Connection connection) throws SQLException {
    return Sql.of(
            connection,
            "select code, value, least, most, unit, name_zh, name_en, version from identity.policy order by code")
        .rows(row ->
            new Rule(
                row.getString("code"),
                row.getInt("value"),
                row.getInt("least"),
                row.getInt("most"),
                row.getString("unit"),
                row.getString("name_zh"),
                row.getString("name_en"),
                row.getInt("version")));
  }

  public Optional<Rule> rule(Connection connection, String code) throws SQLException {
    return readPolicy(connection).stream().filter(rule -> rule.code().equals(code)).findFirst();
  }

  public void setRule(Connection tx, String code, int value) throws SQLException {
    Sql.of(
            tx,
            "update identity.policy set value = ?, version = version + 1 where code = ?",
            value,
            code)
        .update();
  }
}
