package tongguan.core;

/** What became of an order that was sent. */
public sealed interface Submitted {
  /** The core system has it. */
  record Taken(String reference) implements Submitted {}

  /** For the core system's own reason, in its own words. */
  record Refused(String code, String text) implements Submitted {}

  /** It may have arrived or not; to be asked about before it is sent again. */
  record Unknown(String why) implements Submitted {}

  /** It certainly did not arrive. */
  record Away(String why) implements Submitted {}
}
