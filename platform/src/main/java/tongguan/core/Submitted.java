package tongguan.core;

/** What became of handing in an order. */
public sealed interface Submitted {
  /**
   * It has the order and will carry it out, or refuse it later.
   *
   * @param reference its own number for it; empty where it gives none at once
   */
  record Taken(String reference) implements Submitted {}

  /** For its own reason, in its own words. */
  record Refused(String code, String text) implements Submitted {}

  /** The order may have arrived: ask by its key before anything else. */
  record Unknown(String why) implements Submitted {}

  /** It has certainly not arrived. */
  record Away(String why) implements Submitted {}
}
