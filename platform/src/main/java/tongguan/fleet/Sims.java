package tongguan.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.base.Ids;

/** The SIMs of the registry, and which sits in which device. */
public final class Sims {
  private final Ids ids;
  private final Devices devices;

  Sims(Ids ids, Devices devices) {
    this.ids = ids;
    this.devices = devices;
  }

  /** The SIM, which nobody else changes until the transaction ends. */
  public Optional<Sim> locked(Connection tx, UUID id) throws SQLException {
    return new SimStore(tx).locked(id);
  }

  public Optional<Sim> one(Connection connection, UUID id) throws SQLException {
    return new SimStore(connection).one(id);
  }

  /** The SIM that sits in a device. */
  public Optional<Sim> in(Connection connection, UUID device) throws SQLException {
    return new SimStore(connection).in(device);
  }

  /** Which of {@code iccid}, {@code imsi}, {@code msisdn}, {@code address} are taken already. */
  public List<String> taken(Connection tx, NewSim sim) throws SQLException {
    return new SimStore(tx).taken(sim);
  }

  public UUID add(Connection tx, NewSim sim) throws SQLException {
    UUID id = ids.next();
    new SimStore(tx).add(id, sim);
    return id;
  }

  /** Retired, it leaves its device. */
  public void setState(Connection tx, Sim sim, SimState state, String by) throws SQLException {
    SimStore store = new SimStore(tx);
    if (sim.device() != null) {
      devices.note(tx, sim.device(), "sim-" + state.code(), by, Map.of("iccid", sim.iccid()));
    }
    if (state == SimState.RETIRED) {
      store.unpair(sim.id());
    }
    store.setState(sim.id(), state);
  }

  /**
   * Puts the SIM into a device: out of the one where it was, and the one that was there out of it.
   * From stock it becomes active; a blocked one stays so.
   */
  public void pair(Connection tx, Sim sim, Device device, String by) throws SQLException {
    Optional<Sim> before = in(tx, device.id());
    if (before.isPresent()) {
      unpair(tx, before.get(), by);
    }
    takeOut(tx, sim, by);
    SimStore store = new SimStore(tx);
    store.pair(ids.next(), sim.id(), device.id());
    if (sim.state() == SimState.IN_STOCK) {
      store.setState(sim.id(), SimState.ACTIVE);
    }
    devices.note(tx, device.id(), "sim-in", by, Map.of("iccid", sim.iccid()));
  }

  /** Takes the SIM out of its device; an active one is in stock then. */
  public void unpair(Connection tx, Sim sim, String by) throws SQLException {
    takeOut(tx, sim, by);
    if (sim.state() == SimState.ACTIVE) {
      new SimStore(tx).setState(sim.id(), SimState.IN_STOCK);
    }
  }

  private void takeOut(Connection tx, Sim sim, String by) throws SQLException {
    if (sim.device() != null) {
      new SimStore(tx).unpair(sim.id());
      devices.note(tx, sim.device(), "sim-out", by, Map.of("iccid", sim.iccid()));
    }
  }
}
