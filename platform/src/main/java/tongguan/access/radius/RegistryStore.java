package tongguan.access.radius;

import java.net.InetAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tongguan.base.database.Sql;

/** What the registry knows of many subscribers at once. */
final class RegistryStore {
  private RegistryStore() {}

  /** A gateway and whom it asks about. */
  record Question(String gateway, String imsi, String apn) {}

  /**
   * As many as were asked about, in their order; one statement. For each a look-up by gateway_pkey,
   * sim_imsi_key, pairing_of_sim and device_pkey: 64 of 20,000 SIMs in 0.8 ms, 580 buffers.
   */
  static List<Known> known(Connection connection, List<Question> questions) throws SQLException {
    List<String> gateways = new ArrayList<>();
    List<String> imsis = new ArrayList<>();
    List<String> apns = new ArrayList<>();
    for (Question question : questions) {
      gateways.add(question.gateway());
      imsis.add(question.imsi());
      apns.add(question.apn());
    }
    return Sql.of(connection, KNOWN, gateways, imsis, apns).rows(RegistryStore::of);
  }

  private static final String KNOWN =
      """
      select g.name is not null as gateway, coalesce(q.apn = any (g.apns), false) as apn,
        s.id as sim, s.state as sim_state, s.msisdn, host(s.address) as address,
        d.id as device, d.state as device_state, coalesce(d.imei, '') as imei,
        o.other_device, o.session_hours, o.idle_minutes, o.silence_minutes
      from unnest(?::text[], ?::text[], ?::text[]) with ordinality q(gateway, imsi, apn, place)
      cross join (
        select max(value) filter (where code = 'sim-in-other-device') as other_device,
          max(value) filter (where code = 'apn-session-hours') as session_hours,
          max(value) filter (where code = 'apn-idle-minutes') as idle_minutes,
          max(value) filter (where code = 'apn-silence-minutes') as silence_minutes
        from identity.policy
        where code = any (array['sim-in-other-device', 'apn-session-hours', 'apn-idle-minutes',
          'apn-silence-minutes'])) o
      left join access.gateway g on g.name = q.gateway and g.enabled
      left join fleet.sim s on s.imsi = q.imsi
      left join fleet.pairing p on p.sim = s.id and p.until is null
      left join fleet.device d on d.id = p.device
      order by q.place
      """;

  private static Known of(ResultSet row) throws SQLException {
    return new Known(
        row.getBoolean("gateway"),
        row.getBoolean("apn"),
        sim(row),
        new Known.Policy(
            row.getInt("other_device") == 1,
            row.getInt("session_hours") * 3600,
            row.getInt("idle_minutes") * 60,
            row.getInt("silence_minutes") * 60));
  }

  private static Optional<Known.Sim> sim(ResultSet row) throws SQLException {
    UUID id = row.getObject("sim", UUID.class);
    if (id == null) {
      return Optional.empty();
    }
    UUID device = row.getObject("device", UUID.class);
    return Optional.of(
        new Known.Sim(
            id,
            row.getString("sim_state"),
            row.getString("msisdn"),
            InetAddress.ofLiteral(row.getString("address")),
            device == null
                ? Optional.empty()
                : Optional.of(
                    new Known.Device(
                        device, row.getString("device_state"), row.getString("imei")))));
  }
}
