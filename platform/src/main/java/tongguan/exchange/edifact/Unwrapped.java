package tongguan.exchange.edifact;

/** Looks at bytes as if the line ends that senders break them with were not there. */
final class Unwrapped {

  private Unwrapped() {}

  /** The next place that is no line end. */
  static int skip(byte[] bytes, int at, int to) {
    int next = at;
    while (next < to && (bytes[next] == '\r' || bytes[next] == '\n')) {
      next++;
    }
    return next;
  }

  /** The place behind a text that begins at exactly this place; -1 where it does not. */
  static int behind(byte[] bytes, int at, int to, String text) {
    int next = at;
    for (int i = 0; i < text.length(); i++) {
      next = i == 0 ? next : skip(bytes, next, to);
      if (next >= to || bytes[next] != text.charAt(i)) {
        return -1;
      }
      next++;
    }
    return next;
  }

  /** The place behind so many bytes; -1 where there are fewer. */
  static int behind(byte[] bytes, int at, int to, int count) {
    int next = at;
    for (int i = 0; i < count; i++) {
      next = skip(bytes, next, to);
      if (next >= to) {
        return -1;
      }
      next++;
    }
    return next;
  }
}
