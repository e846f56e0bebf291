package tongguan.fleet.authority;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import tongguan.base.Limits;
import tongguan.base.database.Sql;

/** All SQL of enrolments. */
final class EnrolmentStore {
  private final Connection connection;

  EnrolmentStore(Connection connection) {
    this.connection = connection;
  }

  /** A new code; the ones before it hold no more. When it ends. */
  Instant add(byte[] code, UUID device, UUID by) throws SQLException {
    Sql.of(
            connection,
            """
            update fleet.enrolment set ends_at = clock_timestamp()
            where device = ? and used_at is null and ends_at > clock_timestamp()
            """,
            device)
        .update();
    return Sql.of(
            connection,
            """
            insert into fleet.enrolment (code, device, made_by, ends_at)
            select ?, ?, ?, clock_timestamp() + p.value * interval '1 minute'
            from identity.policy p where p.code = 'enrolment-minutes'
            returning ends_at
            """,
            code,
            device,
            by)
        .first(row -> Objects.requireNonNull(Sql.instant(row, "ends_at")))
        .orElseThrow();
  }

  int minutes() throws SQLException {
    return Sql.of(connection, "select value from identity.policy where code = 'enrolment-minutes'")
        .first(row -> row.getInt(1))
        .orElseThrow();
  }

  /** Whose code it is. */
  Optional<UUID> device(byte[] code) throws SQLException {
    return Sql.of(connection, "select device from fleet.enrolment where code = ?", code)
        .first(row -> row.getObject(1, UUID.class));
  }

  /** Whether it may be used, asked by whoever has the device locked. */
  boolean holds(byte[] code) throws SQLException {
    return Sql.of(
            connection,
            """
            select from fleet.enrolment
            where code = ? and used_at is null and ends_at > clock_timestamp() and tries < ?
            """,
            code,
            Limits.ENROLMENT_TRIES)
        .exists();
  }

  void use(byte[] code) throws SQLException {
    Sql.of(
            connection,
            "update fleet.enrolment set used_at = clock_timestamp() where code = ?",
            code)
        .update();
  }

  void miss(byte[] code) throws SQLException {
    Sql.of(connection, "update fleet.enrolment set tries = tries + 1 where code = ?", code)
        .update();
  }

  /**
   * Whether a wipe stands in the way of a new key: one that was ordered while the device had a key
   * with which it could have answered, and has not. Where it has had none since it last proved to
   * be empty, or never, the wipe reaches it after it has got one, before all else.
   */
  boolean mustFirstBeWiped(UUID device) throws SQLException {
    return Sql.of(
            connection,
            """
            select from fleet.pending_wipe w
            where w.device = ? and exists (
              select from fleet.certificate c
              where c.device = w.device and c.issued_at > coalesce(
                (select max(e.answered_at) from fleet.command e
                  where e.device = w.device and e.kind = 'wipe' and e.outcome = 'done'),
                '-infinity'))
            """,
            device)
        .exists();
  }

  /** Those that belong to nobody yet become the device's, up to the limit; which they are. */
  List<String> registerFree(UUID device, List<String> macs) throws SQLException {
    return Sql.of(
            connection,
            """
            insert into fleet.mac (mac, device)
            select m.mac, ? from (
              select distinct m as mac from unnest(?::macaddr[]) m
              where not exists (select from fleet.mac k where k.mac = m)
              limit greatest(0, ? - (select count(*) from fleet.mac o where o.device = ?))) m
            on conflict (mac) do nothing
            returning mac::text
            """,
            device,
            macs,
            Limits.MACS_OF_DEVICE,
            device)
        .rows(row -> row.getString(1));
  }
}
