package tongguan.exchange.edifact;

import java.nio.charset.StandardCharsets;

/**
 * Walks over the segments of raw bytes without reading into them: where each begins and ends.
 *
 * <p>A segment ends at its terminator; where a sender was cut off, also before what can only be the
 * start of a message or an interchange, so that a broken one does not swallow its neighbour. All
 * service characters are single bytes below 0x40, which no trail byte of UTF-8 or Big5 is, so that
 * no character set need be known here.
 */
final class SegmentScan {
  private static final int LONGEST_REFERENCE = 20;
  private static final int MOST_BLANKS = 4;

  private final byte[] bytes;
  private final int to;
  private final ServiceCharacters service;
  private int start;
  private int end;
  private boolean terminated;

  SegmentScan(byte[] bytes, int from, int to, ServiceCharacters service) {
    this.bytes = bytes;
    this.to = to;
    this.service = service;
    this.end = from;
  }

  /** Moves to the next segment; false when nothing but blanks and line ends is left. */
  boolean next() {
    start = end;
    while (start < to && isBlank(bytes[start])) {
      start++;
    }
    if (start == to) {
      end = to;
      return false;
    }
    terminated = false;
    boolean escaped = false;
    int i = start;
    while (i < to) {
      byte b = bytes[i];
      if (escaped) {
        escaped = b == '\r' || b == '\n';
      } else if (b == service.release() && b != 0) {
        escaped = true;
      } else if (b == service.terminator()) {
        terminated = true;
        i++;
        break;
      }
      if (b == 'U' && i > start && (startsInterchange(bytes, i, to) || startsMessage(i))) {
        break;
      }
      i++;
    }
    end = i;
    return true;
  }

  int start() {
    return start;
  }

  /** Behind the terminator. */
  int end() {
    return end;
  }

  boolean terminated() {
    return terminated;
  }

  /** Up to four characters before the first separator: a right tag has three. */
  String tag() {
    StringBuilder tag = new StringBuilder(4);
    for (int i = start; i < end && tag.length() < 4 && !service.isService(bytes[i]); i++) {
      if (bytes[i] != '\r' && bytes[i] != '\n') {
        tag.append((char) (bytes[i] & 0xFF));
      }
    }
    return tag.toString();
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\r' || b == '\n' || b == '\t';
  }

  /** Whether UNA with UNB behind it, or UNB with a syntax identifier, is here. */
  static boolean startsInterchange(byte[] bytes, int at, int to) {
    int una = Unwrapped.behind(bytes, at, to, "UNA");
    if (una >= 0) {
      int unb = Unwrapped.behind(bytes, una, to, ServiceCharacters.COUNT);
      for (int i = 0; i < MOST_BLANKS && unb >= 0 && unb < to && isBlank(bytes[unb]); i++) {
        unb++;
      }
      return unb >= 0 && Unwrapped.behind(bytes, unb, to, "UNB") >= 0;
    }
    int unb = Unwrapped.behind(bytes, at, to, "UNB");
    if (unb < 0) {
      return false;
    }
    int separator = Unwrapped.skip(bytes, unb, to);
    return separator < to
        && bytes[separator] > 0
        && bytes[separator] < '0'
        && Unwrapped.behind(bytes, Unwrapped.skip(bytes, separator + 1, to), to, "UNO") >= 0;
  }

  /** UNH, a reference, a message type of six letters with a version: nothing else looks so. */
  private boolean startsMessage(int at) {
    int next = Unwrapped.behind(bytes, at, to, "UNH");
    if (next < 0) {
      return false;
    }
    next = Unwrapped.skip(bytes, next, to);
    if (next >= to || bytes[next] != service.element()) {
      return false;
    }
    for (int length = 0; length <= LONGEST_REFERENCE; length++) {
      next = Unwrapped.skip(bytes, next + 1, to);
      if (next >= to || service.isService(bytes[next])) {
        break;
      }
    }
    return next < to && bytes[next] == service.element() && isTypeWithVersion(next);
  }

  private boolean isTypeWithVersion(int before) {
    int next = before;
    for (int i = 0; i < 6; i++) {
      next = Unwrapped.skip(bytes, next + 1, to);
      if (next >= to || bytes[next] < 'A' || bytes[next] > 'Z') {
        return false;
      }
    }
    next = Unwrapped.skip(bytes, next + 1, to);
    return next < to && bytes[next] == service.component();
  }

  /** The text of a range for showing it, cut where it is long. */
  static String shown(byte[] bytes, int from, int to) {
    int length = Math.min(Math.max(0, to - from), 200);
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }
}
