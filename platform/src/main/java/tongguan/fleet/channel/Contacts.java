package tongguan.fleet.channel;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Json;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;
import tongguan.fleet.Fleet;
import tongguan.fleet.Mac;
import tongguan.fleet.authority.Certificates;

/** What is heard of devices from their stewards, and the alarms that come of it. */
public final class Contacts {
  private final Database database;
  private final Fleet fleet;
  private final Audit audit;
  private final Certificates certificates;

  Contacts(Database database, Fleet fleet, Audit audit, Certificates certificates) {
    this.database = database;
    this.fleet = fleet;
    this.audit = audit;
    this.certificates = certificates;
  }

  /**
   * The database's time, and in how many seconds to report again.
   *
   * @param closed whether it has locked since its last report, other than for want of the platform
   */
  public record Next(Instant time, int seconds, boolean closed) {}

  private record Heard(
      Instant time,
      int seconds,
      boolean newlyLocked,
      boolean newlyTampered,
      List<String> newMacs,
      boolean firstSight) {}

  /**
   * Keeps the report, and the measurements where they are not closer to the last ones than half the
   * interval. It counts as closed also where it had carried out the order to open before, and no
   * report has said so in between: else an officer would stand before a device that stays shut.
   * Tampering and addresses that are not the device's raise an alarm when they are new.
   */
  public Next heard(UUID device, byte[] serial, Heartbeat heartbeat, String correlation) {
    Heard heard =
        database.inTransaction(tx -> {
          Heard now = keep(tx, device, serial, heartbeat);
          alarm(tx, device, now, correlation);
          return now;
        });
    if (heard.firstSight()) {
      certificates.seen(serial, device);
    }
    return new Next(heard.time(), heard.seconds(), heard.newlyLocked());
  }

  private static Heard keep(Connection tx, UUID device, byte[] serial, Heartbeat heartbeat)
      throws SQLException {
    return Sql.of(
            tx,
            KEEP,
            device,
            heartbeat.agent(),
            heartbeat.locked(),
            heartbeat.lapsed(),
            heartbeat.policy(),
            heartbeat.tampered(),
            heartbeat.macs().stream().map(Mac::text).toList(),
            Json.text(heartbeat.interfaces()),
            heartbeat.battery(),
            heartbeat.carriedOut(),
            device,
            heartbeat.signalDbm(),
            heartbeat.latencyMs(),
            heartbeat.battery(),
            heartbeat.latitude(),
            heartbeat.longitude(),
            heartbeat.measures(),
            device,
            serial)
        .first(row ->
            new Heard(
                Objects.requireNonNull(Sql.instant(row, "time")),
                row.getInt("seconds"),
                row.getBoolean("newly_locked"),
                row.getBoolean("newly_tampered"),
                Sql.texts(row, "new_macs"),
                row.getBoolean("first_sight")))
        .orElseThrow();
  }

  private static final String KEEP =
      """
      with pace (seconds) as (
        select value from identity.policy where code = 'heartbeat-seconds'),
      kept as (
        insert into fleet.contact
            (device, at, agent, locked, lapsed, policy, tampered, macs, interfaces, battery)
        values (?, clock_timestamp(), ?, ?, ?, ?::bigint, ?, ?::macaddr[], ?::jsonb, ?)
        on conflict (device) do update
        set at = excluded.at, agent = excluded.agent, locked = excluded.locked,
          lapsed = excluded.lapsed, policy = excluded.policy, tampered = excluded.tampered, macs = excluded.macs, interfaces = excluded.interfaces,
          battery = excluded.battery
        returning old.at as at_before, new.at as at_now,
          new.locked and not new.lapsed
            and (not coalesce(old.locked, true) or old.lapsed or exists (
              select from fleet.granted g join fleet.command k using (device, number)
              where g.device = contact.device and k.outcome = 'done' and k.number <= ?::bigint))
            as newly_locked,
          new.tampered and not coalesce(old.tampered, false) as newly_tampered,
          new.macs as macs, coalesce(old.macs, '{}') as macs_before),
      measured as (
        insert into fleet.report (device, signal_dbm, latency_ms, battery, latitude, longitude)
        select ?, ?::smallint, ?::int, ?::smallint, ?::float8, ?::float8
        from kept, pace
        where ? and (at_before is null or at_before < at_now - seconds * interval '0.5 second'))
      select at_now as time, seconds, newly_locked, newly_tampered,
        array(
          select m::text from unnest(macs) m
          where m <> all (macs_before)
            and not exists (select from fleet.mac k where k.mac = m and k.device = ?)
        ) as new_macs,
        exists (select from fleet.certificate c where c.serial = ? and c.seen_at is null)
          as first_sight
      from kept, pace
      """;

  private void alarm(Connection tx, UUID device, Heard heard, String correlation)
      throws SQLException {
    if (heard.newlyTampered()) {
      alarm(tx, device, "tampered", Map.of(), correlation);
    }
    if (!heard.newMacs().isEmpty()) {
      alarm(tx, device, "unknown-mac", Map.of("macs", heard.newMacs()), correlation);
    }
  }

  private void alarm(
      Connection tx, UUID device, String why, Map<String, Object> details, String correlation)
      throws SQLException {
    fleet.devices().note(tx, device, why, "", details);
    Map<String, Object> told = new LinkedHashMap<>(details);
    told.put("why", why);
    Actor actor = new Actor("", "", "", device.toString(), "", "");
    audit.write(tx, Entry.done("device.alarm", actor, "device:" + device, correlation).with(told));
  }
}
