package tongguan.access.device;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tongguan.base.database.Sql;
import tongguan.fleet.Msisdn;
import tongguan.fleet.Parsed;

/** What officers are shown of devices and SIMs, each a statement that gives the finished JSON. */
final class DeviceViews {
  private final Connection connection;

  DeviceViews(Connection connection) {
    this.connection = connection;
  }

  /** A row of a list: where the next page begins behind it, and the row itself. */
  record Shown(String key, String json) {}

  List<Shown> devices(DeviceFilter filter, int limit) throws SQLException {
    return Sql.of(
            connection,
            DEVICES,
            filter.after(),
            filter.district(),
            filter.district(),
            filter.unit(),
            filter.unit(),
            filter.state(),
            filter.state(),
            filter.kind(),
            filter.kind(),
            filter.words(),
            filter.words(),
            number(filter.words()),
            limit)
        .rows(row -> new Shown(row.getString("key"), row.getString("item")));
  }

  /** Rides on the index of serial numbers; what is joined is probed for the rows of the page. */
  private static final String DEVICES =
      """
      select d.serial as key, json_strip_nulls(%s)::text as item
      from (
        select d.* from fleet.device d
        join identity.unit u on u.code = d.unit
        left join identity.account h on h.id = d.holder
        where d.serial > ?
          and (?::text is null or u.district = ?)
          and (?::text is null or d.unit in %s)
          and (?::text is null or d.state = ?)
          and (?::text is null or d.kind = ?)
          and (?::text is null
            or strpos(lower(concat_ws(' ', d.serial, d.model, d.imei, h.name, h.name_zh, h.name_en)),
              lower(?)) > 0
            or exists (
              select from fleet.pairing p join fleet.sim s on s.id = p.sim
              where p.device = d.id and p.until is null
                and strpos(concat_ws(' ', s.msisdn, s.iccid, s.imsi, host(s.address)), ?) > 0))
        order by d.serial
        limit ?
      ) d
      join identity.unit u on u.code = d.unit
      order by d.serial
      """
          .formatted(DeviceSql.ITEM, DeviceSql.BELOW);

  /** A number as it was typed, in the form in which the registry has it. */
  private static String number(@org.jspecify.annotations.Nullable String words) {
    if (words == null) {
      return "";
    }
    return switch (Msisdn.parse(words)) {
      case Parsed.Good<Msisdn>(Msisdn number) -> number.text();
      case Parsed.Bad<Msisdn> other -> words.strip();
    };
  }

  Optional<String> device(UUID id) throws SQLException {
    return Sql.of(connection, DEVICE, id).first(row -> row.getString(1));
  }

  private static final String DEVICE =
      """
      select (json_strip_nulls(%s)::jsonb || jsonb_build_object(
        'interfaces', coalesce((select c.interfaces from fleet.contact c where c.device = d.id), '[]'),
        'policy', (%s),
        'reports', %s,
        'pairings', %s,
        'events', %s,
        'handOvers', %s,
        'loans', %s,
        'sessions', %s,
        'networks', %s,
        'certificates', %s,
        'commands', %s,
        'losses', array(
          select json_strip_nulls(%s) from fleet.loss l
          where l.device = d.id order by l.reported_at desc limit 10)
      ))::text
      from fleet.device d join identity.unit u on u.code = d.unit
      where d.id = ?
      """
          .formatted(
              DeviceSql.ITEM,
              DeviceSql.POLICY,
              DeviceSql.newest(
                  """
                  'at', r.at, 'signalDbm', r.signal_dbm, 'latencyMs', r.latency_ms,
                  'battery', r.battery, 'latitude', r.latitude, 'longitude', r.longitude
                  """,
                  "fleet.report r where r.device = d.id",
                  "r.at"),
              DeviceSql.newest(
                  "'iccid', s.iccid, 'msisdn', s.msisdn, 'since', p.since, 'until', p.until",
                  "fleet.pairing p join fleet.sim s on s.id = p.sim where p.device = d.id",
                  "p.since"),
              DeviceSql.newest(
                  "'at', e.at, 'kind', e.kind, 'by', e.by_name, 'details', e.details",
                  "fleet.event e where e.device = d.id",
                  "e.at"),
              DeviceSql.newest(
                  """
                  'id', o.id, 'kind', o.kind, 'at', o.at, 'giver', g.name, 'taker', t.name,
                  'giverSignature', o.giver_signature, 'takerSignature', o.taker_signature,
                  'accessories', o.accessories, 'condition', o.condition
                  """,
                  """
                  (select * from fleet.hand_over o where o.device = d.id
                    order by o.at desc limit 10) o
                  join identity.account g on g.id = o.giver
                  join identity.account t on t.id = o.taker
                  """,
                  "o.at"),
              DeviceSql.newest(
                  """
                  'id', o.id, 'unit', o.unit, 'since', o.since, 'until', o.until,
                  'endedAt', o.ended_at, 'agreedBy', a.name, 'inForce', o.ended_at is null
                    and o.since <= clock_timestamp() and o.until > clock_timestamp()
                  """,
                  """
                  fleet.loan o join identity.account a on a.id = o.agreed_by
                  where o.device = d.id
                  """,
                  "o.since"),
              DeviceSql.newest(
                  """
                  'account', a.name, 'nameZh', a.name_zh, 'nameEn', a.name_en, 'at', s.created_at,
                  'activeAt', s.active_at, 'address', s.address, 'endedAt', s.ended_at,
                  'endedWhy', s.ended_why,
                  'live', s.ended_at is null and s.ends_at > clock_timestamp()
                  """,
                  """
                  identity.session s join identity.account a on a.id = s.account
                  where s.device = d.id::text and s.device <> ''
                  """,
                  "s.created_at"),
              DeviceSql.newest(
                  """
                  'id', n.id, 'gateway', n.gateway, 'address', host(n.address), 'imsi', n.imsi,
                  'since', n.started_at, 'updatedAt', n.updated_at, 'endedAt', n.ended_at,
                  'endedWhy', n.ended_why, 'octetsIn', n.octets_in, 'octetsOut', n.octets_out
                  """,
                  "access.apn_session n where n.device = d.id",
                  "n.started_at"),
              DeviceSql.newest(
                  """
                  'serial', encode(k.serial, 'hex'), 'issuedAt', k.issued_at, 'endsAt', k.ends_at,
                  'revokedAt', k.revoked_at, 'revokedWhy', k.revoked_why,
                  'holds', k.revoked_at is null and k.ends_at > clock_timestamp()
                  """,
                  "fleet.certificate k where k.device = d.id",
                  "k.issued_at"),
              DeviceSql.newest(
                  """
                  'number', x.number, 'kind', x.kind, 'by', x.issued_by, 'at', x.issued_at,
                  'endsAt', x.ends_at, 'sentAt', x.sent_at, 'sentTimes', x.sent_times,
                  'answeredAt', x.answered_at, 'outcome', x.outcome, 'answer', x.answer
                  """,
                  "fleet.command x where x.device = d.id",
                  "x.number"),
              DeviceSql.LOSS);

  /** The last loss of a device, step by step. */
  Optional<String> loss(UUID device) throws SQLException {
    return Sql.of(connection, LAST_LOSS, device).first(row -> row.getString(1));
  }

  private static final String LAST_LOSS =
      """
      select json_strip_nulls(%s)::text from fleet.loss l
      where l.device = ? order by l.reported_at desc limit 1
      """
          .formatted(DeviceSql.LOSS);

  /** Who reported the last loss of a device. */
  Optional<UUID> reporter(UUID device) throws SQLException {
    return Sql.of(
            connection,
            "select reported_by from fleet.loss where device = ? order by reported_at desc limit 1",
            device)
        .first(row -> row.getObject(1, UUID.class));
  }

  /** The device that the officer's session is on, and those that the officer answers for. */
  String own(String session, UUID officer) throws SQLException {
    return Sql.of(connection, OWN, session, session, officer)
        .first(row -> row.getString(1))
        .orElseThrow();
  }

  private static final String OWN =
      """
      select json_build_object('items', coalesce(json_agg(json_build_object(
        'id', d.id, 'serial', d.serial, 'kind', d.kind, 'model', d.model, 'state', d.state,
        'current', d.id::text = ?) order by d.serial), '[]'))::text
      from fleet.device d
      where d.id = nullif(?, '')::uuid or d.holder = ?
      """;

  List<Shown> sims(DeviceFilter filter, int limit) throws SQLException {
    return Sql.of(
            connection,
            SIMS,
            filter.after(),
            filter.district(),
            filter.district(),
            filter.unit(),
            filter.unit(),
            filter.state(),
            filter.state(),
            filter.words(),
            number(filter.words()),
            filter.words(),
            limit)
        .rows(row -> new Shown(row.getString("key"), row.getString("item")));
  }

  private static final String SIMS =
      """
      select s.iccid as key, json_strip_nulls(json_build_object(
        'id', s.id, 'iccid', s.iccid, 'imsi', s.imsi, 'msisdn', s.msisdn,
        'address', host(s.address), 'unit', s.unit, 'state', s.state, 'version', s.version,
        'device', case when d.id is not null then json_build_object('id', d.id, 'serial', d.serial,
          'state', d.state) end,
        'network', (
          select json_build_object('address', host(n.address), 'gateway', n.gateway,
            'since', n.started_at, 'updatedAt', n.updated_at)
          from access.apn_session n where n.imsi = s.imsi and n.ended_at is null
          order by n.started_at desc limit 1)))::text as item
      from fleet.sim s
      join identity.unit u on u.code = s.unit
      left join fleet.pairing p on p.sim = s.id and p.until is null
      left join fleet.device d on d.id = p.device
      where s.iccid > ?
        and (?::text is null or u.district = ?)
        and (?::text is null or s.unit in %s)
        and (?::text is null or s.state = ?)
        and (?::text is null
          or strpos(concat_ws(' ', s.iccid, s.imsi, s.msisdn, host(s.address)), ?) > 0
          or strpos(lower(d.serial), lower(?)) > 0)
      order by s.iccid
      limit ?
      """
          .formatted(DeviceSql.BELOW);
}
