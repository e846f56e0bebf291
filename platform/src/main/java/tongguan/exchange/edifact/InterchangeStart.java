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
    if (at + 4 > to || bytes[at] != 'U' || bytes[at + 1] != 'N') {
      return Optional.empty();
    }
    if (bytes[at + 2] == 'A') {
      return Optional.of(new InterchangeStart(at, ServiceCharacters.afterUna(bytes, at)));
    }
    if (bytes[at + 2] == 'B') {
      boolean levelB = bytes[at + 3] == ServiceCharacters.LEVEL_B.element();
      return Optional.of(
          new InterchangeStart(
              at, Optional.of(levelB ? ServiceCharacters.LEVEL_B : ServiceCharacters.DEFAULT)));
    }
    return Optional.empty();
  }

  /** Where UNB begins, given the start of UNA or UNB. */
  static int unb(byte[] bytes, int at, int to) {
    if (bytes[at + 2] != 'A') {
      return at;
    }
    int unb = at + ServiceCharacters.UNA_LENGTH;
    while (unb < to && SegmentScan.isBlank(bytes[unb])) {
      unb++;
    }
    return unb;
  }
}
