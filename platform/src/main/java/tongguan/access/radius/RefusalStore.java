package tongguan.access.radius;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Ids;
import tongguan.base.database.Sql;

/** All SQL of refusals: who asked for the private APN, or was on it, and why not. */
final class RefusalStore {
  private RefusalStore() {}

  static void add(Connection tx, Ids ids, List<Incident> incidents) throws SQLException {
    Columns rows = new Columns(tx, incidents.size());
    Object[] columns = {
      rows.uuids(incidents, incident -> ids.next()),
      rows.texts(incidents, incident -> incident.gateway().name()),
      rows.texts(incidents, incident -> incident.reason().code()),
      rows.texts(incidents, incident -> incident.subscriber().apn()),
      rows.texts(incidents, incident -> incident.subscriber().imsi()),
      rows.texts(incidents, incident -> incident.subscriber().msisdn()),
      rows.texts(incidents, incident -> incident.subscriber().imeisv()),
      rows.uuids(incidents, incident -> incident.sim().orElse(null)),
      rows.uuids(incidents, incident -> incident.device().orElse(null))
    };
    Sql.of(tx, ADD, columns).update();
  }

  private static final String ADD =
      """
      insert into access.refusal (id, gateway, reason, apn, imsi, msisdn, imeisv, sim, device)
      select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::text[], ?::uuid[], ?::uuid[])
      """;

  /** One as it is shown. */
  record Shown(
      UUID id,
      Instant at,
      String gateway,
      String reason,
      String apn,
      String imsi,
      String msisdn,
      String imeisv,
      @Nullable UUID sim,
      @Nullable UUID device,
      @Nullable String serial) {}

  /**
   * Newest first, by refusal_by_time.
   *
   * @param district whose devices; null for all, and for SIMs that are nobody's
   */
  static List<Shown> page(Connection connection, Page page, @Nullable String district)
      throws SQLException {
    return Sql.of(connection, PAGE, page.at(), page.id(), district, district, page.rows())
        .rows(RefusalStore::shown);
  }

  private static final String PAGE =
      """
      select r.id, r.at, r.gateway, r.reason, r.apn, r.imsi, r.msisdn, r.imeisv, r.sim, r.device,
        d.serial
      from access.refusal r
      left join fleet.device d on d.id = r.device
      left join identity.unit u on u.code = d.unit
      where (r.at, r.id) < (?::timestamptz, ?::uuid) and (?::text is null or u.district = ?)
      order by r.at desc, r.id desc
      limit ?
      """;

  private static Shown shown(ResultSet row) throws SQLException {
    return new Shown(
        row.getObject("id", UUID.class),
        Objects.requireNonNull(Sql.instant(row, "at")),
        row.getString("gateway"),
        row.getString("reason"),
        row.getString("apn"),
        row.getString("imsi"),
        row.getString("msisdn"),
        row.getString("imeisv"),
        row.getObject("sim", UUID.class),
        row.getObject("device", UUID.class),
        row.getString("serial"));
  }

  /** What is older than so many days is in the audit alone. */
  static int forget(Connection connection, int days) throws SQLException {
    return Sql.of(
            connection,
            "delete from access.refusal where at < clock_timestamp() - ? * interval '1 day'",
            days)
        .update();
  }
}
