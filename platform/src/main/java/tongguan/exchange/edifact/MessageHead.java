package tongguan.exchange.edifact;

import tongguan.base.Limits;

/**
 * What UNH says of a message (ISO 9735-1, segment UNH).
 *
 * @param kind 0065, the message type
 * @param version 0052, D for the directories from 1993 on
 * @param release 0054, the directory: 95B ... 21B
 * @param agency 0051
 */
record MessageHead(String reference, String kind, String version, String release, String agency) {

  static MessageHead of(ServiceSegment unh) {
    return new MessageHead(
        unh.value(1, 1), unh.value(2, 1), unh.value(2, 2), unh.value(2, 3), unh.value(2, 4));
  }

  /** From the first segment of a message's bytes. */
  static MessageHead of(Part.Slice slice, ServiceCharacters service) {
    SegmentScan scan = new SegmentScan(slice.bytes(), slice.from(), slice.to(), service);
    scan.next();
    int end = Math.min(scan.end(), scan.start() + Limits.EDIFACT_SEGMENT_BYTES);
    return of(ServiceSegment.of(slice.bytes(), scan.start(), end, service));
  }
}
