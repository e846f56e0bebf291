package tongguan.fleet.authority;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import tongguan.base.database.Sql;

/** All SQL of certificates. */
final class CertificateStore {
  private final Connection connection;

  CertificateStore(Connection connection) {
    this.connection = connection;
  }

  /** One row of certificate_pkey, device_pkey and command_pending_wipe each. */
  Optional<Certificates.Status> status(byte[] serial, byte[] key) throws SQLException {
    return Sql.of(
            connection,
            """
            select c.device, d.unit, d.state, c.revoked_at is not null as revoked,
              c.ends_at <= clock_timestamp() as ended,
              exists (select from fleet.pending_wipe w where w.device = d.id) as wipe
            from fleet.certificate c join fleet.device d on d.id = c.device
            where c.serial = ? and c.key_digest = ?
            """,
            serial,
            key)
        .first(row ->
            new Certificates.Status(
                row.getObject("device", UUID.class),
                row.getString("unit"),
                row.getString("state"),
                row.getBoolean("revoked"),
                row.getBoolean("ended"),
                row.getBoolean("wipe")));
  }

  /** Now, and when a certificate that is given out now ends, by the database's clock. */
  record Life(Instant from, Instant until) {}

  Life life() throws SQLException {
    return Sql.of(
            connection,
            """
            select clock_timestamp() as from, clock_timestamp() + p.value * interval '1 day' as until
            from identity.policy p where p.code = 'device-certificate-days'
            """)
        .first(row ->
            new Life(
                Objects.requireNonNull(Sql.instant(row, "from")),
                Objects.requireNonNull(Sql.instant(row, "until"))))
        .orElseThrow();
  }

  /** Why this key gets no certificate for this device; empty where it may have one. */
  Optional<String> objection(UUID device, byte[] key) throws SQLException {
    return Sql.of(
            connection,
            """
            select case when k.device <> ? then 'key-of-another-device' else 'key-revoked' end
            from fleet.device_key k
            where k.digest = ? and (k.device <> ?
              or exists (
                select from fleet.certificate c
                where c.key_digest = k.digest and c.revoked_at is not null
                  and c.revoked_why <> 'renewed'))
            """,
            device,
            key,
            device)
        .first(row -> row.getString(1));
  }

  void add(byte[] serial, UUID device, byte[] key, byte[] certificate, Instant endsAt)
      throws SQLException {
    Sql.of(
            connection,
            """
            insert into fleet.certificate (serial, device, key_digest, certificate, ends_at)
            values (?, ?, ?, ?, ?)
            """,
            serial,
            device,
            key,
            certificate,
            endsAt)
        .update();
  }

  /** All of the device's but one; how many. */
  int revokeOthers(UUID device, byte[] kept, boolean unseenOnly, String why) throws SQLException {
    return Sql.of(
            connection,
            """
            update fleet.certificate set revoked_at = clock_timestamp(), revoked_why = ?
            where device = ? and serial <> ? and revoked_at is null and (not ? or seen_at is null)
            """,
            why,
            device,
            kept,
            unseenOnly)
        .update();
  }

  /** Those given out before this one; how many. */
  int revokeOlder(UUID device, byte[] kept, String why) throws SQLException {
    return Sql.of(
            connection,
            """
            update fleet.certificate o set revoked_at = clock_timestamp(), revoked_why = ?
            from fleet.certificate c
            where c.serial = ? and o.device = ? and c.device = o.device
              and o.issued_at < c.issued_at and o.revoked_at is null
            """,
            why,
            kept,
            device)
        .update();
  }

  /** False where it has come in by it before. */
  boolean see(byte[] serial) throws SQLException {
    return Sql.of(
                connection,
                """
                update fleet.certificate set seen_at = clock_timestamp()
                where serial = ? and seen_at is null and revoked_at is null
                """,
                serial)
            .update()
        > 0;
  }

  /** Whether two thirds of its life are over. */
  boolean isDue(byte[] serial) throws SQLException {
    return Sql.of(
            connection,
            """
            select from fleet.certificate
            where serial = ? and clock_timestamp() >= ends_at - (ends_at - issued_at) / 3
            """,
            serial)
        .exists();
  }
}
