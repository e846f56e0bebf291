package tongguan.access.radius;

import java.net.InetAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.base.database.Sql;

/** All SQL of gateways; their number is that of a hand's fingers. */
final class GatewayStore {
  private GatewayStore() {}

  record Row(
      String name,
      InetAddress address,
      byte[] secret,
      List<String> apns,
      String signing,
      byte @Nullable [] password,
      int dynamicPort) {}

  static List<Row> enabled(Connection connection) throws SQLException {
    return Sql.of(
            connection,
            """
            select name, host(address) as address, secret, apns, signing, password, dynamic_port
            from access.gateway where enabled
            """)
        .rows(row ->
            new Row(
                row.getString("name"),
                InetAddress.ofLiteral(row.getString("address")),
                row.getBytes("secret"),
                Sql.texts(row, "apns"),
                row.getString("signing"),
                row.getBytes("password"),
                row.getInt("dynamic_port")));
  }

  static void put(Connection tx, Gateways.Wanted wanted, byte[] secret, byte @Nullable [] password)
      throws SQLException {
    Sql.of(
            tx,
            PUT,
            wanted.name(),
            wanted.address().getHostAddress(),
            secret,
            wanted.apns(),
            wanted.signing().code(),
            password,
            wanted.dynamicPort())
        .update();
  }

  private static final String PUT =
      """
      insert into access.gateway (name, address, secret, apns, signing, password, dynamic_port)
      values (?, ?::inet, ?, ?, ?, ?, ?)
      on conflict (name) do update
      set address = excluded.address, secret = excluded.secret, apns = excluded.apns,
        signing = excluded.signing, password = excluded.password,
        dynamic_port = excluded.dynamic_port, enabled = true, version = gateway.version + 1
      """;

  /** What may be shown of one. */
  record Shown(
      String name,
      String address,
      List<String> apns,
      String signing,
      boolean password,
      int dynamicPort,
      boolean enabled,
      int version,
      Instant addedAt,
      long live,
      @Nullable Instant heardAt) {}

  private static final String SHOWN =
      """
      select g.name, host(g.address) as address, g.apns, g.signing,
        g.password is not null as password, g.dynamic_port, g.enabled, g.version, g.added_at,
        (select count(*) from access.live_apn_session s where s.gateway = g.name) as live,
        (select max(s.updated_at) from access.live_apn_session s where s.gateway = g.name)
          as heard_at
      from access.gateway g
      """;

  static List<Shown> all(Connection connection) throws SQLException {
    return Sql.of(connection, SHOWN + "order by g.name").rows(GatewayStore::shown);
  }

  static Optional<Shown> one(Connection connection, String name) throws SQLException {
    return Sql.of(connection, SHOWN + "where g.name = ?", name).first(GatewayStore::shown);
  }

  /** Who has this address by now. */
  static Optional<String> nameAt(Connection connection, InetAddress address) throws SQLException {
    return Sql.of(
            connection,
            "select name from access.gateway where address = ?::inet",
            address.getHostAddress())
        .first(row -> row.getString("name"));
  }

  private static Shown shown(ResultSet row) throws SQLException {
    return new Shown(
        row.getString("name"),
        row.getString("address"),
        Sql.texts(row, "apns"),
        row.getString("signing"),
        row.getBoolean("password"),
        row.getInt("dynamic_port"),
        row.getBoolean("enabled"),
        row.getInt("version"),
        Objects.requireNonNull(Sql.instant(row, "added_at")),
        row.getLong("live"),
        Sql.instant(row, "heard_at"));
  }

  static boolean disable(Connection tx, String name) throws SQLException {
    return Sql.of(
                tx,
                """
                update access.gateway set enabled = false, version = version + 1
                where name = ? and enabled
                """,
                name)
            .update()
        > 0;
  }
}
