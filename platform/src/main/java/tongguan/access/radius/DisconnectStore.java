package tongguan.access.radius;

import java.net.InetAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Ids;
import tongguan.base.Limits;
import tongguan.base.database.Sql;

/** All SQL of the orders to gateways. */
final class DisconnectStore {
  private final Connection connection;

  DisconnectStore(Connection connection) {
    this.connection = connection;
  }

  /** Tells whoever sends orders that there is one, as soon as its transaction has committed. */
  @FunctionalInterface
  interface Signal {
    void raise();
  }

  /** One order for each that has none under way. */
  void add(Ids ids, List<ApnSession> sessions) throws SQLException {
    if (sessions.isEmpty()) {
      return;
    }
    Columns rows = new Columns(connection, sessions.size());
    Sql.of(
            connection,
            ADD,
            rows.uuids(sessions, session -> ids.next()),
            rows.uuids(sessions, session -> session.id),
            rows.texts(sessions, ApnSession::endedWhy))
        .update();
  }

  private static final String ADD =
      """
      insert into access.disconnect (id, session, why)
      select distinct on (q.session) q.id, q.session, q.why
      from unnest(?::uuid[], ?::uuid[], ?::text[]) q(id, session, why)
      where not exists (
        select from access.disconnect d where d.session = q.session and d.answer is null)
      """;

  /** The gateway itself said that these are over: what was ordered has come about. */
  void stopped(List<ApnSession> sessions) throws SQLException {
    if (sessions.isEmpty()) {
      return;
    }
    Columns rows = new Columns(connection, sessions.size());
    List<UUID> losses =
        Sql.of(
                connection,
                """
                update access.disconnect
                set answer = 'stopped', answered_at = clock_timestamp()
                where session = any (?) and answer is null
                returning loss
                """,
                rows.uuids(sessions, session -> session.id))
            .rows(row -> row.getObject("loss", UUID.class));
    for (UUID loss : losses.stream().filter(java.util.Objects::nonNull).distinct().toList()) {
      acknowledge(loss);
    }
  }

  /** What a loss or an administrator cuts off: one order for each session. */
  record Cut(UUID session, String imsi, boolean live) {}

  /**
   * The sessions of a device or a SIM that a gateway may still carry: live ones, and those that
   * were presumed gone by silence of late.
   */
  List<Cut> carried(@Nullable UUID device, @Nullable UUID sim, List<String> imsis)
      throws SQLException {
    return Sql.of(connection, CARRIED, device, sim, imsis, imsis)
        .rows(row ->
            new Cut(
                row.getObject("id", UUID.class), row.getString("imsi"), row.getBoolean("live")));
  }

  private static final String CARRIED =
      """
      select s.id, s.imsi, s.ended_at is null as live
      from access.apn_session s
      where (s.ended_at is null and (s.device = ? or s.sim = ? or s.imsi = any (?)))
        or (s.ended_why = 'silence' and s.imsi = any (?) and not s.superseded
          and s.ended_at > clock_timestamp() - interval '1 day')
      """;

  /** The SIMs that a device has or had in a live session, or the SIM itself. */
  List<String> imsis(@Nullable UUID device, @Nullable UUID sim) throws SQLException {
    return Sql.of(connection, IMSIS, sim, device, device).rows(row -> row.getString("imsi"));
  }

  private static final String IMSIS =
      """
      select s.imsi from fleet.sim s where s.id = ?
      union
      select s.imsi from fleet.pairing p join fleet.sim s on s.id = p.sim
      where p.device = ? and p.until is null
      union
      select s.imsi from access.apn_session s where s.device = ? and s.ended_at is null
      """;

  void order(Ids ids, List<Cut> cuts, String why, Optional<UUID> loss) throws SQLException {
    Columns rows = new Columns(connection, cuts.size());
    Object sessions = rows.uuids(cuts, Cut::session);
    Sql.of(
            connection,
            """
            update access.apn_session set ended_at = clock_timestamp(), ended_why = ?
            where id = any (?) and ended_at is null
            """,
            why,
            sessions)
        .update();
    Sql.of(
            connection,
            """
            insert into access.disconnect (id, session, why, loss)
            select q.id, q.session, ?, ? from unnest(?::uuid[], ?::uuid[]) q(id, session)
            """,
            why,
            loss.orElse(null),
            rows.uuids(cuts, cut -> ids.next()),
            sessions)
        .update();
  }

  /** Something that a gateway is to do. */
  record Order(
      UUID id,
      UUID session,
      String why,
      @Nullable UUID loss,
      boolean change,
      int attempts,
      String gateway,
      String number,
      InetAddress address,
      String msisdn,
      String userName,
      String nasIdentifier,
      String nasAddress) {}

  /**
   * Takes what is due, for as long as an answer may take: no other worker gets it before its next
   * time, which is later from attempt to attempt. By disconnect_waiting.
   */
  List<Order> claim(int most) throws SQLException {
    return Sql.of(connection, CLAIM, most).rows(DisconnectStore::order);
  }

  private static final String CLAIM =
      """
      with due as (
        select d.id from access.disconnect d
        where d.answer is null and d.next_at <= clock_timestamp()
        order by d.next_at
        limit ?
        for update skip locked)
      update access.disconnect d
      set attempts = d.attempts + 1,
        next_at = clock_timestamp() + least(60, 2 ^ least(d.attempts, 6) + 1) * interval '1 second'
      from due, access.apn_session s
      where d.id = due.id and s.id = d.session
      returning d.id, d.session, d.why, d.loss, d.kind = 'change' as change, d.attempts, s.gateway,
        s.number, host(s.address) as address, s.msisdn,
        coalesce(s.attributes ->> 'userName', '') as user_name,
        coalesce(s.attributes ->> 'nasIdentifier', '') as nas_identifier,
        coalesce(s.attributes ->> 'nasAddress', s.attributes ->> 'nasAddress6', '') as nas_address
      """;

  private static Order order(ResultSet row) throws SQLException {
    return new Order(
        row.getObject("id", UUID.class),
        row.getObject("session", UUID.class),
        row.getString("why"),
        row.getObject("loss", UUID.class),
        row.getBoolean("change"),
        row.getInt("attempts"),
        row.getString("gateway"),
        row.getString("number"),
        InetAddress.ofLiteral(row.getString("address")),
        row.getString("msisdn"),
        row.getString("user_name"),
        row.getString("nas_identifier"),
        row.getString("nas_address"));
  }

  /** Whether it was still without an answer. */
  boolean answered(Order order, String answer, @Nullable Long errorCause) throws SQLException {
    return Sql.of(
                connection,
                """
                update access.disconnect
                set answer = ?, answered_at = clock_timestamp(), error_cause = ?::int
                where id = ? and answer is null
                """,
                answer,
                errorCause,
                order.id())
            .update()
        > 0;
  }

  /** The gateway does not know the first way; the other one goes at once. */
  void askOtherwise(Order order) throws SQLException {
    Sql.of(
            connection,
            """
            update access.disconnect set kind = 'change', next_at = clock_timestamp()
            where id = ? and answer is null
            """,
            order.id())
        .update();
  }

  /** Those that nobody has answered for too long. */
  List<String> giveUp() throws SQLException {
    return Sql.of(
            connection,
            """
            update access.disconnect set answer = 'given-up', answered_at = clock_timestamp()
            where answer is null and asked_at < clock_timestamp() - ? * interval '1 second'
            returning session::text as session
            """,
            Limits.DISCONNECT_LIFE.toSeconds())
        .rows(row -> row.getString("session"));
  }

  /** The step of the loss is acknowledged once no order of it is left that has not come about. */
  void acknowledge(UUID loss) throws SQLException {
    Sql.of(
            connection,
            "select from fleet.loss_step where loss = ? and step = 'gateway' for update",
            loss)
        .exists();
    Sql.of(connection, ACKNOWLEDGE, loss, loss).update();
  }

  private static final String ACKNOWLEDGE =
      """
      update fleet.loss_step set acknowledged_at = clock_timestamp()
      where loss = ? and step = 'gateway' and acknowledged_at is null
        and not exists (
          select from access.disconnect d
          where d.loss = ? and coalesce(d.answer, '') not in ('ack', 'stopped')
            and not (coalesce(d.answer, '') = 'nak' and coalesce(d.error_cause, 0) = 503))
      """;
}
