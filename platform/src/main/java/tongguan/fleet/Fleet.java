package tongguan.fleet;

import tongguan.base.Ids;
import tongguan.base.database.Database;

/** The face of the room: devices, their SIMs, and what became of them. */
public final class Fleet {
  private final Devices devices;
  private final Sims sims;
  private final Loans loans;
  private final HandOvers handOvers;
  private final Losses losses;
  private final Stock stock;

  public Fleet(Database database, Ids ids) {
    this.devices = new Devices(database, ids);
    this.sims = new Sims(ids, devices);
    this.loans = new Loans(ids, devices);
    this.handOvers = new HandOvers(ids, devices);
    this.losses = new Losses(ids, devices);
    this.stock = new Stock(ids);
  }

  public Devices devices() {
    return devices;
  }

  public Sims sims() {
    return sims;
  }

  public Loans loans() {
    return loans;
  }

  public HandOvers handOvers() {
    return handOvers;
  }

  public Losses losses() {
    return losses;
  }

  /** Many devices and SIMs at a time. */
  public Stock stock() {
    return stock;
  }
}
