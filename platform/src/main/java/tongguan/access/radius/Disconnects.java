package tongguan.access.radius;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Ids;
import tongguan.identity.Sessions;

/**
 * Cuts devices and SIMs off the private APN. Within the caller's transaction their sessions end,
 * the officers' sessions that these carried end with them, and the orders to the gateways are
 * queued; nothing in it waits for a network. The orders go out as soon as the transaction has
 * committed, and again until the gateway answers (RFC 5176).
 */
public final class Disconnects {
  private final Sessions officers;
  private final Ids ids;
  private final DisconnectStore.Signal signal;

  Disconnects(Sessions officers, Ids ids, DisconnectStore.Signal signal) {
    this.officers = officers;
    this.ids = ids;
    this.signal = signal;
  }

  /**
   * All that a device is on with, by whatever SIM. Call it after the rows that decide (device, SIM,
   * pairing) were changed in this transaction.
   *
   * @param why a word for the history, as {@code lost}, {@code in-repair}
   * @param loss the loss whose step {@code gateway} is acknowledged with the last answer
   * @return orders queued; 0 where no gateway carries it and nothing is to be awaited
   */
  public int ofDevice(Connection tx, UUID device, String why, Optional<UUID> loss)
      throws SQLException {
    return queue(tx, device, null, why, loss);
  }

  /** All that a SIM is on with; as {@link #ofDevice}. */
  public int ofSim(Connection tx, UUID sim, String why) throws SQLException {
    return queue(tx, null, sim, why, Optional.empty());
  }

  private int queue(
      Connection tx, @Nullable UUID device, @Nullable UUID sim, String why, Optional<UUID> loss)
      throws SQLException {
    DisconnectStore store = new DisconnectStore(tx);
    List<String> imsis = store.imsis(device, sim);
    // A report that is being taken ends first, or sees what this transaction has changed.
    new SessionStore(tx).lock(imsis);
    List<DisconnectStore.Cut> cuts = store.carried(device, sim, imsis);
    if (cuts.isEmpty()) {
      return 0;
    }
    store.order(ids, cuts, why, loss);
    int _ =
        officers.endOfNetwork(tx, cuts.stream().map(cut -> cut.session().toString()).toList(), why);
    signal.raise();
    return cuts.size();
  }
}
