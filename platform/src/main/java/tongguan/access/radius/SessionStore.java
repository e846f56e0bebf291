package tongguan.access.radius;

import java.net.InetAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.database.Sql;

/** All SQL of sessions on the private APN. */
final class SessionStore {
  private final Connection connection;

  SessionStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * Holds these subscribers and addresses until the transaction ends, on all nodes, so that what is
   * read afterwards stays so. Always in the same order, so that no two wait for each other.
   */
  void lock(Collection<String> names) throws SQLException {
    Sql.of(connection, LOCK, List.copyOf(names)).rows(row -> true);
  }

  private static final String LOCK =
      """
      select pg_advisory_xact_lock(k.hash)
      from (
        select distinct hashtextextended('access.apn_session ' || n, 0) as hash
        from unnest(?::text[]) n
        order by hash) k
      """;

  /**
   * Every session that reports of these can touch: the live ones of the SIMs and at the addresses,
   * and those of the numbers. By apn_session_of_sim, apn_session_at and apn_session_numbered: 64
   * reports among 200,000 sessions in 0.7 ms, 728 buffers.
   */
  List<ApnSession> around(List<Told> reports, Collection<InetAddress> addresses)
      throws SQLException {
    List<String> imsis = reports.stream().map(told -> told.subscriber().imsi()).toList();
    return Sql.of(
            connection,
            AROUND,
            imsis.stream().distinct().toList(),
            addresses.stream().map(InetAddress::getHostAddress).toList(),
            reports.stream().map(told -> told.gateway().name()).toList(),
            reports.stream().map(Told::number).toList(),
            imsis)
        .rows(SessionStore::session);
  }

  private static final String AROUND =
      """
      with touched as (
        select s.id from access.apn_session s
        where s.ended_at is null and s.imsi = any (?)
        union
        select s.id from access.apn_session s
        where s.ended_at is null and s.address = any (?::inet[])
        union
        select s.id
        from unnest(?::text[], ?::text[], ?::text[]) q(gateway, number, imsi)
        join access.apn_session s
          on s.gateway = q.gateway and s.number = q.number and s.imsi = q.imsi
            and not s.superseded)
      select s.id, s.gateway, s.number, s.imsi, s.imeisv, s.msisdn, host(s.address) as address,
        s.sim, s.device, s.started_at, s.event_at, s.ended_why, s.octets_in, s.octets_out,
        s.seconds,
        s.updated_at <= clock_timestamp() - (
            select p.value from identity.policy p where p.code = 'apn-silence-minutes')
          * interval '1 minute' as silent
      from touched t
      join access.apn_session s on s.id = t.id
      """;

  private static ApnSession session(ResultSet row) throws SQLException {
    return ApnSession.stored(
        new ApnSession.Origin(
            row.getObject("id", UUID.class),
            row.getString("gateway"),
            row.getString("number"),
            new Subscriber(
                row.getString("imsi"), row.getString("msisdn"), row.getString("imeisv"), ""),
            InetAddress.ofLiteral(row.getString("address")),
            row.getObject("sim", UUID.class),
            row.getObject("device", UUID.class),
            Objects.requireNonNull(Sql.instant(row, "started_at")),
            "{}"),
        new ApnSession.Standing(
            Sql.instant(row, "event_at"),
            row.getString("ended_why"),
            row.getBoolean("silent"),
            row.getLong("octets_in"),
            row.getLong("octets_out"),
            row.getLong("seconds")));
  }

  /** Two statements: what ends makes room for what begins. */
  void write(List<ApnSession> sessions) throws SQLException {
    List<ApnSession> stored = new ArrayList<>();
    List<ApnSession> fresh = new ArrayList<>();
    sessions.forEach(session -> (session.fresh ? fresh : stored).add(session));
    if (!stored.isEmpty()) {
      update(stored);
    }
    if (!fresh.isEmpty()) {
      insert(fresh);
    }
  }

  private void update(List<ApnSession> sessions) throws SQLException {
    Columns rows = new Columns(connection, sessions.size());
    Object[] columns = {
      rows.uuids(sessions, session -> session.id),
      rows.texts(sessions, session -> text(session.eventAt())),
      rows.texts(sessions, ApnSession::endedWhy),
      rows.flags(sessions, ApnSession::superseded),
      rows.flags(sessions, ApnSession::heard),
      rows.numbers(sessions, ApnSession::octetsIn),
      rows.numbers(sessions, ApnSession::octetsOut),
      rows.numbers(sessions, ApnSession::seconds)
    };
    Sql.of(connection, UPDATE, columns).update();
  }

  private static final String UPDATE =
      """
      update access.apn_session s
      set event_at = q.event_at::timestamptz,
        updated_at = case when q.heard then clock_timestamp() else s.updated_at end,
        ended_at = case when q.ended_why is null then null
          else coalesce(s.ended_at, clock_timestamp()) end,
        ended_why = q.ended_why, superseded = q.superseded,
        octets_in = q.octets_in, octets_out = q.octets_out, seconds = q.seconds
      from unnest(?::uuid[], ?::text[], ?::text[], ?::boolean[], ?::boolean[], ?::bigint[],
          ?::bigint[], ?::bigint[])
        q(id, event_at, ended_why, superseded, heard, octets_in, octets_out, seconds)
      where s.id = q.id
      """;

  private void insert(List<ApnSession> sessions) throws SQLException {
    Columns rows = new Columns(connection, sessions.size());
    Object[] columns = {
      rows.uuids(sessions, session -> session.id),
      rows.texts(sessions, session -> session.gateway),
      rows.texts(sessions, session -> session.number),
      rows.texts(sessions, session -> session.imsi),
      rows.texts(sessions, session -> session.imeisv),
      rows.texts(sessions, session -> session.msisdn),
      rows.texts(sessions, session -> session.address.getHostAddress()),
      rows.uuids(sessions, session -> session.sim),
      rows.uuids(sessions, session -> session.device),
      rows.texts(sessions, session -> text(session.startedAt)),
      rows.texts(sessions, session -> text(session.eventAt())),
      rows.texts(sessions, ApnSession::endedWhy),
      rows.flags(sessions, ApnSession::superseded),
      rows.numbers(sessions, ApnSession::octetsIn),
      rows.numbers(sessions, ApnSession::octetsOut),
      rows.numbers(sessions, ApnSession::seconds),
      rows.texts(sessions, session -> session.attributes)
    };
    Sql.of(connection, INSERT, columns).update();
  }

  private static final String INSERT =
      """
      insert into access.apn_session (id, gateway, number, imsi, imeisv, msisdn, address, sim,
        device, started_at, event_at, ended_at, ended_why, superseded, octets_in, octets_out,
        seconds, attributes)
      select q.id, q.gateway, q.number, q.imsi, q.imeisv, q.msisdn, q.address::inet, q.sim,
        q.device, q.started_at::timestamptz, q.event_at::timestamptz,
        case when q.ended_why is not null then clock_timestamp() end, q.ended_why, q.superseded,
        q.octets_in, q.octets_out, q.seconds, q.attributes::jsonb
      from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::bigint[],
          ?::bigint[], ?::bigint[], ?::text[])
        q(id, gateway, number, imsi, imeisv, msisdn, address, sim, device, started_at, event_at,
          ended_why, superseded, octets_in, octets_out, seconds, attributes)
      """;

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  /** All of a gateway that has begun anew, but for those that began after it said so. */
  List<String> endOfGateway(String gateway, Instant at) throws SQLException {
    return Sql.of(connection, END_OF_GATEWAY, gateway, at).rows(row -> row.getString("id"));
  }

  private static final String END_OF_GATEWAY =
      """
      update access.apn_session set ended_at = clock_timestamp(), ended_why = 'gateway-restart'
      where gateway = ? and ended_at is null and coalesce(event_at, started_at) <= ?
      returning id
      """;

  /** Those of which nothing was heard for longer than the policy allows; by apn_session_silent. */
  List<String> endSilent(int most) throws SQLException {
    return Sql.of(connection, END_SILENT, most).rows(row -> row.getString("id"));
  }

  private static final String END_SILENT =
      """
      update access.apn_session set ended_at = clock_timestamp(), ended_why = 'silence'
      where id in (
        select s.id from access.apn_session s
        where s.ended_at is null
          and s.updated_at <= clock_timestamp() - (
              select p.value from identity.policy p where p.code = 'apn-silence-minutes')
            * interval '1 minute'
        limit ?
        for update skip locked)
      returning id
      """;
}
