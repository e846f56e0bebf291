package tongguan.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import tongguan.base.Ids;
import tongguan.base.database.Sql;

/** Devices change hands: both sides sign, and from then on the taker answers for it. */
public final class HandOvers {
  private final Ids ids;
  private final Devices devices;

  HandOvers(Ids ids, Devices devices) {
    this.ids = ids;
    this.devices = devices;
  }

  /** One side of it: the account and what it drew. */
  public record Side(UUID account, String name, Signature signature) {}

  /** What goes along with the device, and how it looks. */
  public record Goods(String accessories, String condition) {}

  public UUID handOut(Connection tx, Device device, Side giver, Side taker, Goods goods)
      throws SQLException {
    devices.act(tx, device, DeviceState.Act.HAND_OUT, taker.account());
    UUID id = write(tx, device, "hand-out", giver, taker, goods);
    devices.note(
        tx, device.id(), "handed-out", giver.name(), Map.of("handOver", id, "to", taker.name()));
    return id;
  }

  public UUID takeBack(Connection tx, Device device, Side giver, Side taker, Goods goods)
      throws SQLException {
    devices.act(tx, device, DeviceState.Act.TAKE_BACK, null);
    UUID id = write(tx, device, "return", giver, taker, goods);
    devices.note(
        tx, device.id(), "returned", taker.name(), Map.of("handOver", id, "from", giver.name()));
    return id;
  }

  private UUID write(Connection tx, Device device, String kind, Side giver, Side taker, Goods goods)
      throws SQLException {
    UUID id = ids.next();
    Sql.of(
            tx,
            """
            insert into fleet.hand_over (id, device, kind, giver, taker, giver_signature,
              taker_signature, accessories, condition)
            values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)
            """,
            id,
            device.id(),
            kind,
            giver.account(),
            taker.account(),
            giver.signature().json(),
            taker.signature().json(),
            goods.accessories(),
            goods.condition())
        .update();
    return id;
  }
}
