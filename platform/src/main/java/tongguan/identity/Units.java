package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;

/** The tree of units: headquarters, districts, and what is below them. */
public final class Units {
  private final Database database;

  Units(Database database) {
    this.database = database;
  }

  /** A unit; the district is null for headquarters. */
  public record Unit(
      String code,
      @Nullable String parent,
      String nameZh,
      String nameEn,
      String kind,
      @Nullable String district,
      int version) {}

  public List<Unit> all() {
    return database.query(connection -> read(connection, "true", ""));
  }

  public List<Unit> all(Connection connection) throws SQLException {
    return read(connection, "true", "");
  }

  /** The codes of a district's units. */
  public List<String> codesIn(String district) {
    return all().stream().filter(unit -> district.equals(unit.district())).map(Unit::code).toList();
  }

  public Optional<Unit> one(Connection connection, String code) throws SQLException {
    return read(connection, "code = ?", code).stream().findFirst();
  }

  private static List<Unit> read(Connection connection, String condition, String code)
      throws SQLException {
    String sql =
        """
        select code, parent, name_zh, name_en, kind, district, version from identity.unit
        where %s order by district nulls first, code
        """
            .formatted(condition);
    Sql statement =
        condition.equals("true") ? Sql.of(connection, sql) : Sql.of(connection, sql, code);
    return statement.rows(row ->
        new Unit(
            row.getString("code"),
            row.getString("parent"),
            row.getString("name_zh"),
            row.getString("name_en"),
            row.getString("kind"),
            row.getString("district"),
            row.getInt("version")));
  }

  public void add(Connection tx, Unit unit) throws SQLException {
    Sql.of(
            tx,
            """
            insert into identity.unit (code, parent, name_zh, name_en, kind, district)
            values (?, ?, ?, ?, ?, ?)
            """,
            unit.code(),
            unit.parent(),
            unit.nameZh(),
            unit.nameEn(),
            unit.kind(),
            unit.district())
        .update();
  }

  public boolean rename(Connection tx, String code, String nameZh, String nameEn, int version)
      throws SQLException {
    return Sql.of(
                tx,
                """
                update identity.unit set name_zh = ?, name_en = ?, version = version + 1
                where code = ? and version = ?
                """,
                nameZh,
                nameEn,
                code,
                version)
            .update()
        > 0;
  }
}
