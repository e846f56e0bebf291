package tongguan.access.radius;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.database.Sql;

/** What officers see of the sessions on the private APN. */
final class NetworkStore {
  private NetworkStore() {}

  /** A live session with the device behind it, where it is one of ours. */
  record Live(
      UUID id,
      String gateway,
      String address,
      String imsi,
      String msisdn,
      String imeisv,
      @Nullable UUID sim,
      @Nullable UUID device,
      @Nullable String serial,
      @Nullable String unit,
      Instant since,
      Instant heardAt,
      long octetsIn,
      long octetsOut) {}

  /**
   * Newest first, by apn_session_live.
   *
   * @param district whose devices; null for all
   */
  static List<Live> page(Connection connection, Page page, @Nullable String district)
      throws SQLException {
    return Sql.of(connection, PAGE, page.at(), page.id(), district, district, page.rows())
        .rows(NetworkStore::live);
  }

  private static final String PAGE =
      """
      select s.id, s.gateway, host(s.address) as address, s.imsi, s.msisdn, s.imeisv, s.sim,
        s.device, d.serial, d.unit, s.started_at, s.updated_at, s.octets_in, s.octets_out
      from access.live_apn_session s
      left join fleet.device d on d.id = s.device
      left join identity.unit u on u.code = d.unit
      where (s.started_at, s.id) < (?::timestamptz, ?::uuid) and (?::text is null or u.district = ?)
      order by s.started_at desc, s.id desc
      limit ?
      """;

  private static Live live(ResultSet row) throws SQLException {
    return new Live(
        row.getObject("id", UUID.class),
        row.getString("gateway"),
        row.getString("address"),
        row.getString("imsi"),
        row.getString("msisdn"),
        row.getString("imeisv"),
        row.getObject("sim", UUID.class),
        row.getObject("device", UUID.class),
        row.getString("serial"),
        row.getString("unit"),
        Objects.requireNonNull(Sql.instant(row, "started_at")),
        Objects.requireNonNull(Sql.instant(row, "updated_at")),
        row.getLong("octets_in"),
        row.getLong("octets_out"));
  }
}
