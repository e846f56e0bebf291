package tongguan.access.device;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.database.Sql;
import tongguan.identity.Identity;

/**
 * Ends what is under way on a device or over a SIM, in the transaction that knows of the reason.
 */
public final class CutOff {
  private final Identity identity;

  public CutOff(Identity identity) {
    this.identity = identity;
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
   * Ends the open sessions on the private APN of the device and of the SIM as far as we are
   * concerned, and the officers' sessions that they carry, and orders the gateways to do the same.
   * Whoever sends the orders is woken at commit. To be called after the rows that decide were
   * changed, so that a gateway's report that comes meanwhile finds them so.
   *
   * @return how many orders
   */
  int network(
      Connection tx, @Nullable UUID device, @Nullable UUID sim, String why, @Nullable UUID loss)
      throws SQLException {
    var sessions =
        Sql.of(
                tx,
                """
                with ended as (
                  update access.apn_session a set ended_at = clock_timestamp(), ended_why = ?
                  where a.ended_at is null
                    and (a.device = ? or a.sim = ?
                      or a.imsi = (select s.imsi from fleet.sim s where s.id = ?))
                  returning a.id
                )
                insert into access.disconnect (id, session, why, loss)
                select uuidv7(), ended.id, ?, ?::uuid from ended
                returning session
                """,
                why,
                device,
                sim,
                sim,
                why,
                loss)
            .rows(row -> row.getString(1));
    if (!sessions.isEmpty()) {
      identity.sessions().endOver(tx, sessions, why);
      Sql.of(tx, "select pg_notify('disconnect', '')").exists();
    }
    return sessions.size();
  }
}
