package tongguan.access.device;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.access.radius.Disconnects;
import tongguan.base.database.Sql;
import tongguan.identity.Identity;

/**
 * Ends what is under way on a device or over a SIM, in the transaction that knows of the reason.
 */
public final class CutOff {
  private final Identity identity;
  private final Disconnects disconnects;

  public CutOff(Identity identity, Disconnects disconnects) {
    this.identity = identity;
    this.disconnects = disconnects;
  }

  /** The officers' sessions on the device; with the next request they are gone on every node. */
  int officers(Connection tx, UUID device, String why) throws SQLException {
    return identity.sessions().endOn(tx, device, why);
  }

  /** Those of officers whose unit may not use the device any more. */
  int unfit(Connection tx, UUID device) throws SQLException {
    int ended = 0;
    for (UUID session :
        Sql.of(
                tx,
                """
                select s.id from identity.session s join identity.account a on a.id = s.account
                where s.device = ? and s.ended_at is null and not fleet.fits(?, a.unit)
                """,
                device.toString(),
                device)
            .rows(row -> row.getObject(1, UUID.class))) {
      ended += identity.sessions().end(tx, session, "device-of-another-unit");
    }
    return ended;
  }

  /**
   * Orders the gateways to end the open sessions on the private APN of the device and of the SIM,
   * and ends the officers' sessions that they carry.
   *
   * @return how many orders
   */
  int network(
      Connection tx, @Nullable UUID device, @Nullable UUID sim, String why, @Nullable UUID loss)
      throws SQLException {
    int orders = 0;
    if (device != null) {
      orders += disconnects.ofDevice(tx, device, why, Optional.ofNullable(loss));
    }
    if (sim != null) {
      orders += disconnects.ofSim(tx, sim, why);
    }
    return orders;
  }
}
