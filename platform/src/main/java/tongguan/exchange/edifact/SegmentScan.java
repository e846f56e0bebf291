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
    if (is(bytes, at, to, "UNA")) {
      int unb = at + ServiceCharacters.UNA_LENGTH;
      for (int i = 0; i < 4 && unb < to && isBlank(bytes[unb]); i++) {
        unb++;
      }
      return is(bytes, unb, to, "UNB");
    }
    return is(bytes, at, to, "UNB") && is(bytes, at + 4, to, "UNO") && bytes[at + 3] < '0';
  }

  /** UNH, a reference, a message type of six letters with a version: nothing else looks so. */
  private boolean startsMessage(int at) {
    if (!is(bytes, at, to, "UNH") || at + 3 >= to || bytes[at + 3] != service.element()) {
      return false;
    }
    int type = at + 4;
    while (type < to && type < at + 4 + LONGEST_REFERENCE && !service.isService(bytes[type])) {
      type++;
    }
    if (type + 8 >= to || bytes[type] != service.element()) {
      return false;
    }
    for (int i = type + 1; i < type + 7; i++) {
      if (bytes[i] < 'A' || bytes[i] > 'Z') {
        return false;
      }
    }
    return bytes[type + 7] == service.component();
  }

  private static boolean is(byte[] bytes, int at, int to, String text) {
    if (at + text.length() > to) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The text of a range for showing it, cut where it is long. */
  static String shown(byte[] bytes, int from, int to) {
    int length = Math.min(Math.max(0, to - from), 200);
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }
}
