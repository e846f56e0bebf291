package tongguan.core;

/** What a core system says of an order that it may have. */
public sealed interface Asked {
  /**
   * Carried out.
   *
   * @param reference its own number for it
   */
  record Done(String reference) implements Asked {}

  /** For its own reason, in its own words. */
  record Refused(String code, String text) implements Asked {}

  /** It has the order and has not come to it. */
  record Working() implements Asked {}

  /** It has no order of this key, and none is on its way: it may be sent. */
  record NeverSeen() implements Asked {}

  /** No answer, or none that can be believed: nothing is known, ask again. */
  record Away(String why) implements Asked {}
}
