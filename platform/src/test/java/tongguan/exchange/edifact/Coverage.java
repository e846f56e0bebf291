package tongguan.exchange.edifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The promise that nothing of a transmission is lost. */
final class Coverage {

  private Coverage() {}

  /**
   * Every byte that is not blank belongs to a part, to the head of an interchange that a message
   * has as its context, or to a segment of the envelope that was right (UNB, UNG, UNE, UNZ).
   */
  static void assertWhole(byte[] body) {
    List<Part> parts = Interchanges.split(body);
    boolean[] owned = new boolean[body.length];
    int position = 0;
    for (Part part : parts) {
      assertThat(part.position()).isEqualTo(++position);
      own(owned, part.slice());
      if (part instanceof Part.Message message) {
        own(owned, message.head());
      }
    }
    for (int i = 0; i < body.length; i++) {
      if (owned[i] || SegmentScan.isBlank(body[i])) {
        continue;
      }
      int end = endOfRun(owned, i);
      assertEnvelope(body, i, end, parts);
      i = end;
    }
  }

  private static void own(boolean[] owned, Part.Slice slice) {
    for (int i = slice.from(); i < slice.to(); i++) {
      owned[i] = true;
    }
  }

  private static int endOfRun(boolean[] owned, int from) {
    int end = from;
    while (end < owned.length && !owned[end]) {
      end++;
    }
    return end;
  }

  /**
   * What no part owns must be right envelope segments, in the service characters of a neighbour.
   */
  private static void assertEnvelope(byte[] body, int from, int to, List<Part> parts) {
    boolean byteOrderMark = from == 0 && to >= 3 && (body[0] & 0xFF) == 0xEF;
    int start = byteOrderMark ? 3 : from;
    Interchange interchange =
        parts.stream()
            .filter(part -> part.interchange() != null && part.offset() < Math.max(to, 1))
            .reduce((one, other) -> other)
            .or(() -> parts.stream().filter(part -> part.interchange() != null).findFirst())
            .map(Part::interchange)
            .orElse(null);
    assertThat(interchange != null || start == to)
        .as("bytes %s to %s belong to nothing", from, to)
        .isTrue();
    if (interchange == null) {
      return;
    }
    SegmentScan scan = new SegmentScan(body, start, to, interchange.service());
    while (scan.next()) {
      // Of the tag only what it begins with: where two interchanges meet, one of them may divide by
      // other characters.
      assertThat(scan.tag().substring(0, Math.min(3, scan.tag().length())))
          .as("bytes %s to %s of the transmission", scan.start(), scan.end())
          .isIn("UNB", "UNA", "UNG", "UNE", "UNZ");
    }
  }
}
