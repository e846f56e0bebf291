package tongguan.simulator.port;

/** Numbers that nothing else in the world has. */
public final class Serials {
  private long serial;
  private long container;

  public long next() {
    return ++serial;
  }

  /** Counted apart, so that container numbers last for as many containers as there can be. */
  public long nextContainer() {
    return ++container;
  }
}
