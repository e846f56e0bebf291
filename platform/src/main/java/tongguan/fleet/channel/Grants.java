package tongguan.fleet.channel;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.database.Sql;

/**
 * For whom devices are open. Rather than being told by every way in which a session begins, locks
 * and ends, idling included, the node that holds a device's stream compares what sessions there are
 * with what the device was told last, and tells it the difference.
 */
public final class Grants {
  private final Commands commands;

  Grants(Commands commands) {
    this.commands = commands;
  }

  /**
   * The device is to open for this officer, and to close by itself at that time.
   *
   * @param officer the account's name
   */
  public void officerIn(Connection tx, UUID device, UUID session, String officer, Instant until)
      throws SQLException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("session", session);
    body.put("officer", officer);
    body.put("until", until.truncatedTo(ChronoUnit.SECONDS).toString());
    long number =
        commands.queue(
            tx,
            device,
            Command.UNLOCK,
            Json.text(body),
            commands.later(tx, Limits.UNLOCK_LIFE),
            officer);
    Sql.of(
            tx,
            """
            insert into fleet.granted as g (device, session, number) values (?, ?, ?)
            on conflict (device) do update
            set session = excluded.session, number = excluded.number
            """,
            device,
            session,
            number)
        .update();
  }

  /** The device is to close, whenever it hears of it. */
  public void officerOut(Connection tx, UUID device, String why) throws SQLException {
    commands.queue(tx, device, Command.LOCK, Json.text(Map.of("why", why)), null, "");
    Sql.of(tx, "delete from fleet.granted where device = ?", device).update();
  }

  /** Devices with a stream on this node that were told something else than what holds. */
  List<Difference> differences(Connection connection, UUID node) throws SQLException {
    return Sql.of(connection, DIFFERENCES, node, node)
        .rows(row -> {
          UUID device = row.getObject("device", UUID.class);
          UUID session = row.getObject("session", UUID.class);
          return session == null
              ? new Difference.Out(device)
              : new Difference.In(
                  device,
                  session,
                  row.getString("officer"),
                  Objects.requireNonNull(Sql.instant(row, "until")));
        });
  }

  sealed interface Difference {
    UUID device();

    record In(UUID device, UUID session, String officer, Instant until) implements Difference {}

    record Out(UUID device) implements Difference {}
  }

  void settle(Connection tx, Difference difference) throws SQLException {
    switch (difference) {
      case Difference.In in -> officerIn(tx, in.device(), in.session(), in.officer(), in.until());
      case Difference.Out out -> officerOut(tx, out.device(), "session-over");
    }
  }

  /**
   * Rides on session_by_device, which holds live sessions of devices only, and on granted_pkey.
   * Told again is who was told in vain: the order ran out before the device had answered it. So is
   * who has carried it out and locked since then only because it did not hear the platform: its
   * officer's session still stands.
   */
  private static final String DIFFERENCES =
      """
      with live as (
        select distinct on (s.device) s.device::uuid as device, s.id as session, a.name as officer,
          s.ends_at as until
        from identity.session s
        join identity.account a on a.id = s.account and a.ended_at is null
        where s.ended_at is null and s.device <> '' and s.device ~ '^[0-9a-f-]{36}$'
          and s.stage = 'full' and s.locked_at is null and s.ends_at > clock_timestamp()
          and s.active_at + s.idle_seconds * interval '1 second' > clock_timestamp()
        order by s.device, s.active_at desc)
      select l.device, l.session, l.officer, l.until
      from live l
      join fleet.stream t on t.device = l.device and t.node = ?
      join fleet.device d on d.id = l.device and d.state = 'assigned'
      left join fleet.granted g on g.device = l.device
      left join fleet.command k on k.device = g.device and k.number = g.number
      left join fleet.contact c on c.device = l.device
      where g.session is distinct from l.session
        or (k.outcome is null and k.ends_at < clock_timestamp()) or k.outcome = 'expired'
        or (k.outcome = 'done' and c.lapsed and c.at > k.answered_at)
      union all
      select g.device, null, null, null
      from fleet.granted g
      join fleet.stream t on t.device = g.device and t.node = ?
      where not exists (select from live l where l.device = g.device)
      """;
}
