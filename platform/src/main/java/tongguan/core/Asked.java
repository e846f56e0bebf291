package tongguan.core;

/** What a core system says of an order when it is asked by its key. */
public sealed interface Asked {
  record Done(String reference) implements Asked {}

  /** It has the order and has not carried it out yet. */
  record Working() implements Asked {}

  record Refused(String code, String text) implements Asked {}

  record NeverSeen() implements Asked {}

  /** It did not answer, or not so that it can be relied on. */
  record Away(String why) implements Asked {}
}
