package tongguan.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.base.Ids;
import tongguan.base.Json;
import tongguan.base.database.Sql;

/**
 * Devices that were reported lost. The steps say what the platform did and when; whether the
 * gateway and the device have acknowledged theirs is read from the orders themselves, so that no
 * word here can claim it for them.
 */
public final class Losses {
  private final Ids ids;
  private final Devices devices;

  Losses(Ids ids, Devices devices) {
    this.ids = ids;
    this.devices = devices;
  }

  /** What is cut off. */
  public enum Step {
    SESSIONS,
    CERTIFICATES,
    SIM,
    GATEWAY,
    WIPE;

    String code() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** The device is lost from the commit of this transaction on. */
  public UUID open(Connection tx, Device device, UUID by, String byName, String reason)
      throws SQLException {
    // Whoever had it when it was lost stays its holder until it is found.
    devices.act(tx, device, DeviceState.Act.REPORT_LOST, device.holder());
    UUID id = ids.next();
    Sql.of(
            tx,
            "insert into fleet.loss (id, device, reported_by, reason) values (?, ?, ?, ?)",
            id,
            device.id(),
            by,
            reason)
        .update();
    devices.note(tx, device.id(), "lost", byName, Map.of("loss", id, "reason", reason));
    return id;
  }

  /** The platform's part of a step is done; the details say what it found to do. */
  public void done(Connection tx, UUID loss, Step step, Map<String, ?> details)
      throws SQLException {
    Sql.of(
            tx,
            """
            insert into fleet.loss_step (loss, step, done_at, details)
            values (?, ?, clock_timestamp(), ?::jsonb)
            """,
            loss,
            step.code(),
            Json.text(details))
        .update();
  }

  /** The loss of a device that was not found again. */
  public Optional<UUID> open(Connection tx, UUID device) throws SQLException {
    return Sql.of(tx, "select id from fleet.loss where device = ? and found_at is null", device)
        .first(row -> row.getObject(1, UUID.class));
  }

  /**
   * The device is there again, in stock and nobody's. What was cut off stays so: certificates are
   * revoked, its SIM is blocked, and a wipe that it has not proven waits for it.
   */
  public void close(Connection tx, Device device, UUID loss, UUID by, String byName, String reason)
      throws SQLException {
    devices.act(tx, device, DeviceState.Act.FIND, null);
    Sql.of(
            tx,
            """
            update fleet.loss set found_at = clock_timestamp(), found_by = ?, found_reason = ?
            where id = ?
            """,
            by,
            reason,
            loss)
        .update();
    devices.note(tx, device.id(), "found", byName, Map.of("loss", loss, "reason", reason));
  }

  /** The number of the order to wipe that a device has not answered; one that failed is no more. */
  public Optional<Long> waitingWipe(Connection tx, UUID device) throws SQLException {
    return Sql.of(
            tx,
            """
            select number from fleet.pending_wipe
            where device = ? and outcome is null order by number
            """,
            device)
        .first(row -> row.getLong(1));
  }

  /**
   * Ends the order to wipe that a device cannot prove to have carried out, on the word of two
   * persons. The key it had holds no more, so that nobody comes in with it later.
   *
   * @return the number of the order
   */
  public long waive(Connection tx, Device device, UUID askedBy, UUID agreedBy, String reason)
      throws SQLException {
    long number =
        Sql.of(
                tx,
                """
                insert into fleet.wipe_waiver (device, number, asked_by, agreed_by, reason)
                select device, max(number), ?, ?, ? from fleet.pending_wipe where device = ?
                group by device
                returning number
                """,
                askedBy,
                agreedBy,
                reason,
                device.id())
            .first(row -> row.getLong(1))
            .orElseThrow();
    Sql.of(
            tx,
            """
            update fleet.command set outcome = 'waived', answered_at = clock_timestamp()
            where device = ? and number = ?
            """,
            device.id(),
            number)
        .update();
    devices.revokeKeys(tx, device.id(), "wipe-waived");
    return number;
  }
}
