package tongguan.access.radius.wire;

/** What bytes turned out to be. */
public sealed interface Parsed permits Packet, Parsed.Malformed {

  /**
   * No packet of ours; discarded, never answered.
   *
   * @param why for counting and tests, one of a few words
   */
  record Malformed(String why) implements Parsed {}
}
