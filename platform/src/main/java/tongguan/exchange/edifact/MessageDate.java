package tongguan.exchange.edifact;

/** Whether a message tells its own date (DTM 137), seen from its bytes alone. */
final class MessageDate {

  private MessageDate() {}

  static boolean isTold(byte[] raw, ServiceCharacters service) {
    String wanted = "DTM" + (char) service.element() + "137" + (char) service.component();
    SegmentScan scan = new SegmentScan(raw, 0, raw.length, service);
    while (scan.next()) {
      if (Unwrapped.behind(raw, scan.start(), raw.length, wanted) >= 0) {
        return true;
      }
    }
    return false;
  }
}
