package tongguan.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import tongguan.base.Ids;
import tongguan.base.Limits;
import tongguan.base.database.Sql;

/**
 * Devices that another unit may use for a time, because an administrator of the district agreed.
 */
public final class Loans {
  private final Ids ids;
  private final Devices devices;

  Loans(Ids ids, Devices devices) {
    this.ids = ids;
    this.devices = devices;
  }

  /** A loan that is in force. */
  public record Loan(UUID id, UUID device, String unit, Instant until) {}

  /** The loan of a device to a unit that is in force by the database's clock. */
  public Optional<Loan> to(Connection tx, UUID device, String unit) throws SQLException {
    return one(tx, device, "unit = ?", unit);
  }

  public Optional<Loan> one(Connection tx, UUID device, UUID id) throws SQLException {
    return one(tx, device, "id = ?", id);
  }

  private static Optional<Loan> one(Connection tx, UUID device, String which, Object key)
      throws SQLException {
    return Sql.of(
            tx,
            """
            select id, device, unit, until from fleet.loan
            where device = ? and ended_at is null and until > clock_timestamp() and %s
            """
                .formatted(which),
            device,
            key)
        .first(row ->
            new Loan(
                row.getObject("id", UUID.class),
                row.getObject("device", UUID.class),
                row.getString("unit"),
                Objects.requireNonNull(Sql.instant(row, "until"))));
  }

  /** Whether a loan may last until then, by the database's clock. */
  public boolean isInTime(Connection tx, Instant until) throws SQLException {
    return Sql.of(
            tx,
            """
            select where ? > clock_timestamp() and ? <= clock_timestamp() + ? * interval '1 day'
            """,
            until,
            until,
            Limits.LOAN_LIFE.toDays())
        .exists();
  }

  public UUID lend(Connection tx, UUID device, String unit, Instant until, UUID agreedBy, String by)
      throws SQLException {
    UUID id = ids.next();
    Sql.of(
            tx,
            """
            insert into fleet.loan (id, device, unit, since, until, agreed_by)
            values (?, ?, ?, clock_timestamp(), ?, ?)
            """,
            id,
            device,
            unit,
            until,
            agreedBy)
        .update();
    devices.note(
        tx, device, "lent", by, Map.of("unit", unit, "until", until.toString(), "loan", id));
    return id;
  }

  /** All loans of a device that is no more. */
  public void endAll(Connection tx, UUID device) throws SQLException {
    Sql.of(
            tx,
            "update fleet.loan set ended_at = clock_timestamp() where device = ? and ended_at is null",
            device)
        .update();
  }

  public void end(Connection tx, Loan loan, String by) throws SQLException {
    Sql.of(
            tx,
            "update fleet.loan set ended_at = clock_timestamp() where id = ? and ended_at is null",
            loan.id())
        .update();
    devices.note(
        tx, loan.device(), "loan-ended", by, Map.of("unit", loan.unit(), "loan", loan.id()));
  }
}
