package tongguan.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Ids;
import tongguan.base.database.Database;

/**
 * The devices of the registry. Changes take place in the transaction of the confirmed operation
 * that makes them, which has the device locked; who may make them is decided there.
 */
public final class Devices {
  private final Database database;
  private final Ids ids;

  Devices(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  public Optional<Device> one(UUID id) {
    return database.query(connection -> new DeviceStore(connection).one(id));
  }

  public Optional<Device> one(Connection connection, UUID id) throws SQLException {
    return new DeviceStore(connection).one(id);
  }

  /** The device, which nobody else changes until the transaction ends. */
  public Optional<Device> locked(Connection tx, UUID id) throws SQLException {
    return new DeviceStore(tx).locked(id);
  }

  /**
   * The one rule of unit and device: the device is of the officer's unit or of one above it, or on
   * loan to one of these at this moment. Statements that decide ask {@code fleet.fits(device,
   * unit)} themselves.
   */
  public boolean fits(Connection connection, UUID device, String unit) throws SQLException {
    return new DeviceStore(connection).fits(device, unit);
  }

  /** Which of {@code serial}, {@code imei}, {@code macs} belong to another device already. */
  public List<String> taken(Connection tx, NewDevice device, @Nullable UUID but)
      throws SQLException {
    return new DeviceStore(tx).taken(device, but);
  }

  public UUID add(Connection tx, NewDevice device, String by) throws SQLException {
    UUID id = ids.next();
    new DeviceStore(tx).add(id, device);
    note(tx, id, "added", by, Map.of());
    return id;
  }

  /** All but the serial number; its SIM follows it to another unit. */
  public void change(Connection tx, UUID id, NewDevice device, String by, Map<String, ?> details)
      throws SQLException {
    new DeviceStore(tx).change(id, device);
    note(tx, id, "changed", by, details);
  }

  /**
   * The state after this act.
   *
   * @throws IllegalStateException where it does not follow, which the caller has looked at
   */
  public DeviceState act(Connection tx, Device device, DeviceState.Act act, @Nullable UUID holder)
      throws SQLException {
    DeviceState state =
        device
            .state()
            .after(act)
            .orElseThrow(() -> new IllegalStateException(act + " on " + device.state()));
    new DeviceStore(tx).setState(device.id(), state, holder);
    return state;
  }

  /**
   * No certificate of the device holds from now on, and no code that could get it a new one.
   *
   * @return how many certificates it were
   */
  public int revokeKeys(Connection tx, UUID device, String why) throws SQLException {
    return new DeviceStore(tx).revokeKeys(device, why);
  }

  /** A line of the device's history. */
  public void note(Connection tx, UUID device, String kind, String by, Map<String, ?> details)
      throws SQLException {
    new DeviceStore(tx).note(ids.next(), device, kind, by, details);
  }
}
