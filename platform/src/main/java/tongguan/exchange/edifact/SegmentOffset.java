package tongguan.exchange.edifact;

/** Where a segment, element or component begins in a message, in bytes; looked up when needed. */
final class SegmentOffset {

  private SegmentOffset() {}

  /** Element 0 asks for the segment itself. Counted from 1; the nearest place that exists. */
  static long of(byte[] raw, ServiceCharacters service, int position, int element, int component) {
    SegmentScan scan = new SegmentScan(raw, 0, raw.length, service);
    for (int i = 0; i < position; i++) {
      if (!scan.next()) {
        return raw.length;
      }
    }
    int elements = element;
    int components = component - 1;
    boolean escaped = false;
    for (int i = scan.start(); i < scan.end(); i++) {
      if (elements == 0 && components <= 0) {
        return i;
      }
      byte b = raw[i];
      if (escaped) {
        escaped = false;
      } else if (b == service.release() && b != 0) {
        escaped = true;
      } else if (b == service.element()) {
        if (elements == 0) {
          return i;
        }
        elements--;
      } else if (b == service.component() && elements == 0) {
        components--;
      } else if (b == service.terminator()) {
        return i;
      }
    }
    return scan.end();
  }
}
