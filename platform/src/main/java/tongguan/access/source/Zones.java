package tongguan.access.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;

/**
 * The networks from which requests may come: the private APN, and the agency's own. The narrowest
 * one that holds an address decides for it; an address in none is refused.
 */
public final class Zones {
  private final Database database;

  public Zones(Database database) {
    this.database = database;
  }

  /**
   * @param kind {@code apn} or {@code office}
   * @param network as {@code 10.20.0.0/16}
   * @param certificate whether a device's certificate must be shown; of the APN always
   */
  public record Zone(String name, String kind, String network, boolean certificate, int version) {}

  public List<Zone> all() {
    return database.query(connection -> read(connection, "true"));
  }

  public Optional<Zone> one(Connection connection, String name) throws SQLException {
    return read(connection, "name = ?", name).stream().findFirst();
  }

  public Optional<Zone> of(Connection connection, String network) throws SQLException {
    return read(connection, "network = ?::cidr", network).stream().findFirst();
  }

  private static List<Zone> read(Connection connection, String which, Object... keys)
      throws SQLException {
    return Sql.of(
            connection,
            "select name, kind, network::text, certificate, version from access.zone where "
                + which
                + " order by kind, network",
            keys)
        .rows(row ->
            new Zone(
                row.getString("name"),
                row.getString("kind"),
                row.getString("network"),
                row.getBoolean("certificate"),
                row.getInt("version")));
  }

  public void add(Connection tx, Zone zone) throws SQLException {
    Sql.of(
            tx,
            "insert into access.zone (name, kind, network, certificate) values (?, ?, ?::cidr, ?)",
            zone.name(),
            zone.kind(),
            zone.network(),
            zone.certificate())
        .update();
  }

  /** False where it is another one by now. */
  public boolean remove(Connection tx, String name, int version) throws SQLException {
    return Sql.of(tx, "delete from access.zone where name = ? and version = ?", name, version)
            .update()
        > 0;
  }
}
