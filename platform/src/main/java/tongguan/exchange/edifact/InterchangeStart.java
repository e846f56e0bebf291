package tongguan.exchange.edifact;

import java.util.Optional;

/**
 * The first bytes of an interchange: UNA or UNB, and the service characters that they bring.
 *
 * @param at where UNA or UNB begins
 * @param service empty when the UNA's characters cannot divide anything
 */
record InterchangeStart(int at, Optional<ServiceCharacters> service) {

  /** The next start at or after a place. */
  static Optional<InterchangeStart> next(byte[] bytes, int from) {
    for (int i = from; i + 8 < bytes.length; i++) {
      if (bytes[i] == 'U' && SegmentScan.startsInterchange(bytes, i, bytes.length)) {
        return at(bytes, i, bytes.length);
      }
    }
    return Optional.empty();
  }

  /** The start at exactly this place. */
  static Optional<InterchangeStart> at(byte[] bytes, int at, int to) {
    int una = Unwrapped.behind(bytes, at, to, "UNA");
    if (una >= 0) {
      return Optional.of(new InterchangeStart(at, ServiceCharacters.at(bytes, una, to)));
    }
    int unb = Unwrapped.behind(bytes, at, to, "UNB");
    if (unb < 0) {
      return Optional.empty();
    }
    int separator = Unwrapped.skip(bytes, unb, to);
    boolean levelB = separator < to && bytes[separator] == ServiceCharacters.LEVEL_B.element();
    return Optional.of(
        new InterchangeStart(
            at, Optional.of(levelB ? ServiceCharacters.LEVEL_B : ServiceCharacters.DEFAULT)));
  }

  /** Behind UNA and its characters. */
  static int behindUna(byte[] bytes, int at, int to) {
    int una = Unwrapped.behind(bytes, at, to, "UNA");
    int behind = una < 0 ? -1 : Unwrapped.behind(bytes, una, to, ServiceCharacters.COUNT);
    return behind < 0 ? to : behind;
  }

  /** Where UNB begins, given the start of UNA or UNB. */
  static int unb(byte[] bytes, int at, int to) {
    if (Unwrapped.behind(bytes, at, to, "UNA") < 0) {
      return at;
    }
    int unb = behindUna(bytes, at, to);
    while (unb < to && SegmentScan.isBlank(bytes[unb])) {
      unb++;
    }
    return unb;
  }
}
