package tongguan.steward.base;

/**
 * Time that nobody can set: what has passed since this boot, sleep included. Two readings compare
 * only within one boot.
 */
public interface Uptime {
  long millis();

  /** Which boot it is. */
  String boot();
}
