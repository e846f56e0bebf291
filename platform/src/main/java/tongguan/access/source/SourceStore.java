package tongguan.access.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.database.Sql;
import tongguan.identity.SessionRead;

/** All SQL of the source check. Time is the database's. */
final class SourceStore {
  private final Connection connection;

  SourceStore(Connection connection) {
    this.connection = connection;
  }

  /** For each question what the primary says, in one statement, the officer's session included. */
  List<Facts> read(List<Question> asked) throws SQLException {
    List<Facts> found = new ArrayList<>(Collections.nCopies(asked.size(), Facts.NONE));
    Sql.of(
            connection,
            READ,
            array("bytea", asked.stream().map(Question::token).toArray(byte[][]::new)),
            array("text", asked.stream().map(Question::address).toArray()),
            array(
                "bytea",
                asked.stream().map(one -> serial(one.certificate())).toArray(byte[][]::new)),
            array(
                "bytea", asked.stream().map(one -> key(one.certificate())).toArray(byte[][]::new)),
            array("text", asked.stream().map(one -> mac(one.steward())).toArray()))
        .rows(row -> found.set(row.getInt("place_in_line") - 1, facts(row)));
    return found;
  }

  private java.sql.Array array(String type, @Nullable Object[] values) throws SQLException {
    return connection.createArrayOf(type, values);
  }

  private static byte @Nullable [] serial(Question.@Nullable Shown certificate) {
    return certificate == null ? null : certificate.serial();
  }

  private static byte @Nullable [] key(Question.@Nullable Shown certificate) {
    return certificate == null ? null : certificate.key();
  }

  private static @Nullable String mac(StewardHeader steward) {
    return steward instanceof StewardHeader.Attested attested ? attested.mac() : null;
  }

  /**
   * Rides on certificate_pkey, device_pkey, contact_pkey, mac_pkey, command_waiting,
   * apn_session_at, sim_pkey, pairing_of_sim and session_token_key; zones are a handful.
   */
  private static final String READ =
      """
      select q.place_in_line,
        z.kind as zone_kind, z.certificate as zone_certificate,
        d.id as device_id, d.unit as device_unit, d.state as device_state, d.imei,
        c.revoked_at is null and c.ends_at > clock_timestamp() as holds,
        exists (
          select from fleet.command w
          where w.device = d.id and w.kind = 'wipe' and w.outcome is null) as wipe,
        d.kind <> 'pda' as needs_steward,
        k.at > clock_timestamp() - (select value from identity.policy
          where code = 'steward-silence-seconds') * interval '1 second' as steward_fresh,
        k.tampered,
        m.mac is not null as mac_known,
        n.id as apn_session, n.imeisv,
        n.updated_at <= clock_timestamp() - (select value from identity.policy
          where code = 'apn-silence-minutes') * interval '1 minute' as silent,
        i.state = 'active' as sim_active, i.address = n.address as own_address,
        p.device as paired,
        (select value from identity.policy where code = 'sim-in-other-device') = 1 as other_modem,
        case when s.id is not null and d.id is not null then fleet.fits(d.id, a.unit) end as fits,
        %s
      from unnest(?::bytea[], ?::text[]::inet[], ?::bytea[], ?::bytea[], ?::text[]::macaddr[])
        with ordinality q(token, address, serial, key, mac, place_in_line)
      left join lateral (
        select y.kind, y.certificate from access.zone y
        where y.network >>= q.address
        order by masklen(y.network) desc limit 1) z on true
      left join fleet.certificate c on c.serial = q.serial and c.key_digest = q.key
      left join fleet.device d on d.id = c.device
      left join fleet.contact k on k.device = d.id
      left join fleet.mac m on m.mac = q.mac and m.device = d.id
      left join access.apn_session n on n.address = q.address and n.ended_at is null
      left join fleet.sim i on i.id = n.sim
      left join fleet.pairing p on p.sim = i.id and p.until is null
      left join (%s) on %s
      """
          .formatted(SessionRead.COLUMNS, SessionRead.TABLES, SessionRead.BY_TOKEN);

  private static Facts facts(ResultSet row) throws SQLException {
    String zone = row.getString("zone_kind");
    return new Facts(
        zone == null
            ? null
            : new Facts.Zone(zone.equals("apn"), row.getBoolean("zone_certificate")),
        device(row),
        network(row),
        row.getObject("id") == null ? null : SessionRead.session(row),
        row.getBoolean("fits"));
  }

  private static Facts.@Nullable Known device(ResultSet row) throws SQLException {
    UUID id = row.getObject("device_id", UUID.class);
    return id == null
        ? null
        : new Facts.Known(
            id,
            row.getString("device_unit"),
            row.getString("device_state"),
            row.getBoolean("holds"),
            row.getBoolean("wipe"),
            row.getString("imei"),
            row.getBoolean("needs_steward"),
            row.getBoolean("steward_fresh"),
            row.getBoolean("tampered"),
            row.getBoolean("mac_known"));
  }

  private static Facts.@Nullable Apn network(ResultSet row) throws SQLException {
    UUID id = row.getObject("apn_session", UUID.class);
    return id == null
        ? null
        : new Facts.Apn(
            id,
            row.getString("imeisv"),
            row.getBoolean("silent"),
            row.getBoolean("sim_active"),
            row.getBoolean("own_address"),
            row.getObject("paired", UUID.class),
            row.getBoolean("other_modem"));
  }

  /** Locks the device's row against being lost or moved until the transaction ends. */
  boolean admits(UUID device, String unit) throws SQLException {
    return Sql.of(
            connection,
            """
            select from fleet.device d
            where d.id = ? and d.state = 'assigned' and fleet.fits(d.id, ?)
            for share
            """,
            device,
            unit)
        .exists();
  }

  /** How many refusals there were from this source in its window, this one included. */
  int count(String source, int windowSeconds) throws SQLException {
    return Sql.of(connection, COUNT, source, windowSeconds, windowSeconds)
        .first(row -> row.getInt(1))
        .orElseThrow();
  }

  private static final String COUNT =
      """
      insert into access.refused_source as r (source, count) values (?, 1)
      on conflict (source) do update
      set count = case when r.since < clock_timestamp() - ? * interval '1 second' then 1
          else r.count + 1 end,
        since = case when r.since < clock_timestamp() - ? * interval '1 second'
          then clock_timestamp() else r.since end
      returning count
      """;

  /**
   * A few of those that were counted long ago go with each new one, so that they do not pile up.
   */
  void forgetSome(int windowSeconds) throws SQLException {
    Sql.of(
            connection,
            """
            delete from access.refused_source where source in (
              select source from access.refused_source
              where since < clock_timestamp() - ? * interval '1 second'
              order by since limit 4 for update skip locked)
            """,
            windowSeconds)
        .update();
  }
}
