package tongguan.fleet.channel;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.database.Sql;

/** All SQL of held streams. */
final class StreamStore {
  private final Connection connection;

  StreamStore(Connection connection) {
    this.connection = connection;
  }

  /** A stream that a device opens. */
  record Opening(UUID stream, UUID device, byte[] serial) {}

  /**
   * What it is told first.
   *
   * @param holds whether the device may have any but an order to wipe
   * @param firstSight whether it never came in by this certificate before
   */
  record Opened(
      Instant time,
      int heartbeatSeconds,
      int lockHours,
      int wipeDays,
      boolean holds,
      boolean firstSight,
      List<Command> commands) {}

  /**
   * Registers streams on this node and reads what waits for their devices: one statement for
   * several. Of two streams of a device at once the later one counts.
   */
  List<Opened> open(UUID node, List<Opening> openings) throws SQLException {
    List<List<Command>> commands = new ArrayList<>();
    List<Opened> opened = new ArrayList<>();
    Sql.of(
            connection,
            OPEN,
            openings.stream().map(Opening::stream).toList(),
            openings.stream().map(Opening::device).toList(),
            openings.stream().map(opening -> HexFormat.of().formatHex(opening.serial())).toList(),
            node)
        .rows(row -> {
          int place = row.getInt("place") - 1;
          while (opened.size() <= place) {
            List<Command> own = new ArrayList<>();
            commands.add(own);
            opened.add(
                new Opened(
                    Objects.requireNonNull(Sql.instant(row, "time")),
                    row.getInt("heartbeat_seconds"),
                    row.getInt("lock_hours"),
                    row.getInt("wipe_days"),
                    row.getBoolean("holds"),
                    row.getBoolean("first_sight"),
                    own));
          }
          if (row.getLong("number") > 0) {
            commands.get(place).add(CommandStore.command(row));
          }
          return place;
        });
    return opened;
  }

  /**
   * Rides on stream_pkey, certificate_pkey, device_pkey, command_waiting and command_pending_wipe.
   * An order to wipe that failed is given again with each new stream.
   */
  private static final String OPEN =
      """
      with q as (
        select s.stream::uuid, s.device::uuid, decode(s.serial, 'hex') as serial, s.place
        from unnest(?::text[], ?::text[], ?::text[]) with ordinality s(stream, device, serial, place)),
      opened as (
        insert into fleet.stream as t (device, stream, node, serial)
        select distinct on (device) device, stream, ?::uuid, serial from q order by device, place desc
        on conflict (device) do update
        set stream = excluded.stream, node = excluded.node, serial = excluded.serial,
          taken_from = case when t.node <> excluded.node then t.node end,
          taken_stream = t.stream, opened_at = clock_timestamp()),
      told as (
        select clock_timestamp() as time, value as heartbeat_seconds
        from identity.policy where code = 'heartbeat-seconds'),
      rules as (
        select k.unit, k.kind, p.lock_hours, p.wipe_days
        from (
          select distinct d.unit, d.kind from q join fleet.device d on d.id = q.device) k
        cross join lateral fleet.policy_for(k.unit, k.kind) p)
      select q.place, told.*, rules.lock_hours, rules.wipe_days, d.state = 'assigned' and c.revoked_at is null as holds,
        c.seen_at is null and c.revoked_at is null as first_sight,
        m.device, m.number, m.kind, m.body, m.ends_at, m.signature
      from q
      cross join told
      join fleet.device d on d.id = q.device
      join rules on rules.unit = d.unit and rules.kind = d.kind
      join fleet.certificate c on c.serial = q.serial
      left join lateral (
        select w.device, w.number, k.kind, k.body, k.ends_at, k.signature
        from fleet.pending_wipe w join fleet.command k using (device, number)
        where w.device = q.device
        union all
        select k.device, k.number, k.kind, k.body, k.ends_at, k.signature
        from fleet.command k
        where k.device = q.device and k.outcome is null and k.kind <> 'wipe'
          and (k.ends_at is null or k.ends_at > clock_timestamp())) m on true
      order by q.place, m.kind = 'wipe' desc, case m.kind when 'wipe' then -m.number else m.number end
      """;

  /** Something that concerns a stream of this node. */
  sealed interface Change {
    UUID device();

    /** An order to wipe, or another one. */
    record Ordered(UUID device, long number, boolean wipe) implements Change {}

    /** This stream holds no more: its certificate, its device, or a newer stream elsewhere. */
    record Over(UUID device, UUID stream, String why) implements Change {}
  }

  /**
   * What changed in the last five minutes, which no transaction lasts, and concerns a stream of
   * this node: the whole question of a round. Rides on certificate_revoked, device_changed,
   * stream_taken and command_new, each a short range, and from there on stream_pkey; so it costs
   * what has happened, and not what is held. A device that was cut off keeps its stream, for the
   * wipe.
   */
  List<Change> changes(UUID node) throws SQLException {
    return Sql.of(connection, CHANGES, node, node, node, node)
        .rows(row -> {
          UUID device = row.getObject("device", UUID.class);
          String what = row.getString("what");
          return what.equals("command")
              ? new Change.Ordered(device, row.getLong("number"), row.getBoolean("wipe"))
              : new Change.Over(device, row.getObject("stream", UUID.class), what);
        });
  }

  private static final String CUT_OFF =
      """
      d.state = 'lost' or exists (select from fleet.pending_wipe w where w.device = d.id)
      """;

  static final String CHANGES =
      """
      with recent (since) as materialized (select clock_timestamp() - interval '5 minutes')
      select 'revoked' as what, t.device, t.stream, null::bigint as number, false as wipe
      from recent
      cross join lateral (
        select device, serial from fleet.certificate where revoked_at > recent.since offset 0) c
      cross join lateral (
        select device, stream, serial, node from fleet.stream where device = c.device offset 0) t
      join fleet.device d on d.id = t.device
      where t.node = ? and t.serial = c.serial and not (%1$s)
      union all
      select 'device-' || d.state, t.device, t.stream, null, false
      from recent
      cross join lateral (
        select id, state from fleet.device
        where changed_at > recent.since and state <> 'assigned' offset 0) d
      cross join lateral (
        select device, stream, node from fleet.stream where device = d.id offset 0) t
      where t.node = ? and not (%1$s)
      union all
      select 'replaced', t.device, t.taken_stream, null, false
      from recent
      join fleet.stream t on t.taken_from = ? and t.opened_at > recent.since
      union all
      select 'command', t.device, t.stream, k.number, k.kind = 'wipe'
      from recent
      cross join lateral (
        select device, number, kind from fleet.command
        where issued_at > recent.since and outcome is null
          and (ends_at is null or ends_at > clock_timestamp()) offset 0) k
      cross join lateral (
        select device, stream, node from fleet.stream where device = k.device offset 0) t
      where t.node = ?
      """
          .formatted(CUT_OFF);

  /** What this node's streams are by the registry, and why one holds no more; else null. */
  record Registered(UUID device, UUID stream, @Nullable String over) {}

  /**
   * All of them, whenever it was that something changed. A device that has not reported for twice
   * as long as it may be silent is gone, even where its connection does not know that yet.
   */
  List<Registered> all(UUID node) throws SQLException {
    return Sql.of(connection, ALL, node)
        .rows(row ->
            new Registered(
                row.getObject("device", UUID.class),
                row.getObject("stream", UUID.class),
                row.getString("what")));
  }

  private static final String ALL =
      """
      select t.device, t.stream,
        case when %s then null
          when d.state <> 'assigned' then 'device-' || d.state
          when c.revoked_at is not null then 'revoked'
          when c.ends_at <= clock_timestamp() then 'ended'
          when greatest(t.opened_at, k.at) < clock_timestamp() - 2 * p.seconds * interval '1 second'
            then 'silent' end as what
      from (
        select max(value) as seconds from identity.policy
        where code in ('steward-silence-seconds', 'heartbeat-seconds')) p
      cross join fleet.stream t
      join fleet.device d on d.id = t.device
      join fleet.certificate c on c.serial = t.serial
      left join fleet.contact k on k.device = t.device
      where t.node = ?
      """
          .formatted(CUT_OFF);

  void leave(List<UUID> devices, List<UUID> streams) throws SQLException {
    Sql.of(
            connection,
            """
            delete from fleet.stream t
            using unnest(?::uuid[], ?::uuid[]) q(device, stream)
            where t.device = q.device and t.stream = q.stream
            """,
            devices,
            streams)
        .update();
  }
}
