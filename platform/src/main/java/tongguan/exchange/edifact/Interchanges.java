package tongguan.exchange.edifact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.base.Limits;
import tongguan.exchange.message.Rejection;

/**
 * Splits a transmission, one or many interchanges one after another, into its messages and what is
 * broken between them. Never throws for bad input and loses nothing: a complete message in a
 * truncated interchange is as good as any, the rest is a part of its own with the reason. One pass,
 * and memory for a few numbers per part.
 */
public final class Interchanges {
  private final byte[] body;
  private final List<Part> parts = new ArrayList<>();

  private Interchanges(byte[] body) {
    this.body = body;
  }

  /** The parts in the order of their bytes. */
  public static List<Part> split(byte[] body) {
    Interchanges interchanges = new Interchanges(body);
    interchanges.split();
    return List.copyOf(interchanges.parts);
  }

  private void split() {
    int at = afterByteOrderMark();
    while (at < body.length) {
      Optional<InterchangeStart> start = InterchangeStart.next(body, at);
      int until = start.map(InterchangeStart::at).orElse(body.length);
      stray(at, until);
      if (start.isEmpty()) {
        return;
      }
      if (isFull()) {
        outside(until, body.length, Fault.TOO_MANY_MESSAGES, null, tooMany());
        return;
      }
      at = interchange(start.get());
    }
  }

  private int afterByteOrderMark() {
    boolean marked =
        body.length >= 3
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  /** Reads one interchange and says where it ends. */
  private int interchange(InterchangeStart start) {
    if (start.service().isEmpty()) {
      int end = InterchangeStart.behindUna(body, start.at(), body.length);
      String una = SegmentScan.shown(body, start.at(), end);
      outside(start.at(), end, Fault.UNA_INVALID, una, "UNA:+.? '");
      return end;
    }
    ServiceCharacters service = start.service().get();
    int unb = InterchangeStart.unb(body, start.at(), body.length);
    SegmentScan scan = new SegmentScan(body, unb, body.length, service);
    scan.next();
    int headEnd = scan.end();
    if (!scan.terminated() || headEnd - unb > Limits.EDIFACT_SEGMENT_BYTES) {
      Fault fault = scan.terminated() ? Fault.SEGMENT_TOO_LONG : Fault.SEGMENT_UNTERMINATED;
      outside(start.at(), headEnd, fault, SegmentScan.shown(body, unb, headEnd), "UNB");
      return headEnd;
    }
    Interchange head =
        Interchange.of(service, ServiceSegment.of(body, scan.start(), headEnd, service));
    return new InterchangeWalk(this, head, new Part.Slice(body, start.at(), headEnd)).walk(scan);
  }

  /** Bytes outside of any interchange. */
  private void stray(int from, int to) {
    int first = from;
    while (first < to && SegmentScan.isBlank(body[first])) {
      first++;
    }
    if (first < to) {
      String shown = SegmentScan.shown(body, first, to);
      outside(first, to, Fault.OUTSIDE_INTERCHANGE, shown, "UNB");
    }
  }

  /** Whether the transmission holds as many parts as one may; the rest becomes one broken part. */
  boolean isFull() {
    return parts.size() >= Limits.TRANSMISSION_MESSAGES;
  }

  static String tooMany() {
    return "≤ " + Limits.TRANSMISSION_MESSAGES;
  }

  byte[] body() {
    return body;
  }

  int nextPosition() {
    return parts.size() + 1;
  }

  void add(Part part) {
    parts.add(part);
  }

  private void outside(int from, int to, Fault fault, @Nullable String value, String expected) {
    Rejection reason = new Rejection(fault.code(), "transmission", null, 0L, value, expected);
    Part.Slice slice = new Part.Slice(body, from, to);
    add(new Part.Broken(nextPosition(), slice, null, null, null, null, reason));
  }
}
