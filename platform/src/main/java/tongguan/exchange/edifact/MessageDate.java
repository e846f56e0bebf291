package tongguan.exchange.edifact;

/** Whether a message tells its own date (DTM 137), seen from its bytes alone. */
final class MessageDate {

  private MessageDate() {}

  static boolean isTold(byte[] raw, ServiceCharacters service) {
    byte[] wanted = {'D', 'T', 'M', service.element(), '1', '3', '7', service.component()};
    SegmentScan scan = new SegmentScan(raw, 0, raw.length, service);
    while (scan.next()) {
      if (startsWith(raw, scan.start(), wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] raw, int at, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (at + i >= raw.length || raw[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
