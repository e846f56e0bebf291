package tongguan.exchange.edifact;

import org.jspecify.annotations.Nullable;
import tongguan.base.Limits;
import tongguan.exchange.message.Rejection;

/** The way through one interchange from behind its UNB to its UNZ, or to where it breaks off. */
final class InterchangeWalk {
  private final Interchanges parts;
  private final byte[] body;
  private final Interchange interchange;
  private final Part.Slice head;

  private int messages;
  private int groups;
  private @Nullable OpenGroup group;
  private @Nullable MessageHead message;
  private int messageStart;
  private int messageSegments;
  private int strayStart = -1;
  private int strayEnd;

  private record OpenGroup(Group group, int messagesBefore, int start, int end) {}

  InterchangeWalk(Interchanges parts, Interchange interchange, Part.Slice head) {
    this.parts = parts;
    this.body = parts.body();
    this.interchange = interchange;
    this.head = head;
  }

  /** Says where the interchange ends. */
  int walk(SegmentScan scan) {
    while (scan.next()) {
      if (SegmentScan.startsInterchange(body, scan.start(), body.length)) {
        return breakOff(scan.start());
      }
      if (parts.isFull() && !isTrailer(scan)) {
        finishStray();
        int from = message == null ? scan.start() : messageStart;
        broken(from, body.length, Fault.TOO_MANY_MESSAGES, null, Interchanges.tooMany());
        return body.length;
      }
      if (!scan.terminated()) {
        unterminated(scan);
        continue;
      }
      boolean message = message(scan);
      if (!message && scan.tag().equals("UNZ")) {
        finishStray();
        closeGroup(scan.start());
        trailer(scan);
        return scan.end();
      }
    }
    return breakOff(body.length);
  }

  /** Trailers make no part where they are right. */
  private static boolean isTrailer(SegmentScan scan) {
    return scan.terminated() && (scan.tag().equals("UNE") || scan.tag().equals("UNZ"));
  }

  /** Takes a segment as one of a message, or of what is between messages; false for UNZ. */
  private boolean message(SegmentScan scan) {
    switch (scan.tag()) {
      case "UNH" -> {
        closeMessage(scan.start());
        finishStray();
        messages++;
        messageStart = scan.start();
        messageSegments = 1;
        message = MessageHead.of(segment(scan));
      }
      case "UNT" -> {
        if (message == null) {
          stray(scan);
        } else {
          Part.Slice slice = new Part.Slice(body, messageStart, scan.end());
          parts.add(
              new Part.Message(
                  parts.nextPosition(),
                  slice,
                  head,
                  interchange,
                  groupNow(),
                  message.kind(),
                  message.reference()));
          message = null;
        }
      }
      case "UNG" -> {
        closeMessage(scan.start());
        finishStray();
        openGroup(scan);
      }
      case "UNE" -> {
        closeMessage(scan.start());
        finishStray();
        groupTrailer(scan);
      }
      case "UNZ" -> {
        closeMessage(scan.start());
        return false;
      }
      default -> {
        if (message == null) {
          stray(scan);
        } else {
          messageSegments++;
        }
      }
    }
    return true;
  }

  /** The last bytes, or what stands before a message that begins in the middle of a segment. */
  private void unterminated(SegmentScan scan) {
    if (message != null) {
      String value = SegmentScan.shown(body, scan.start(), scan.end());
      Rejection reason =
          new Rejection(
              Fault.SEGMENT_UNTERMINATED.code(),
              "segment " + (messageSegments + 1) + ' ' + Faults.shownTag(scan.tag()),
              messageSegments + 1,
              (long) scan.start() - messageStart,
              value,
              String.valueOf((char) interchange.service().terminator()));
      brokenMessage(scan.end(), message, reason);
      message = null;
    } else {
      stray(scan);
    }
  }

  private void closeMessage(int end) {
    if (message != null) {
      Rejection reason =
          new Rejection(
              Fault.UNT_MISSING.code(),
              "segment " + (messageSegments + 1),
              messageSegments + 1,
              (long) end - messageStart,
              end < body.length
                  ? SegmentScan.shown(body, end, Math.min(end + 3, body.length))
                  : null,
              "UNT");
      brokenMessage(end, message, reason);
      message = null;
    }
  }

  private void stray(SegmentScan scan) {
    if (strayStart < 0) {
      strayStart = scan.start();
    }
    strayEnd = scan.end();
  }

  /** Segments that stand between messages become one part, however many they are. */
  private void finishStray() {
    if (strayStart >= 0) {
      String shown = SegmentScan.shown(body, strayStart, strayEnd);
      broken(strayStart, strayEnd, Fault.SEGMENT_OUTSIDE_MESSAGE, shown, "UNH, UNZ");
      strayStart = -1;
    }
  }

  private void openGroup(SegmentScan scan) {
    if (group != null) {
      broken(scan.start(), scan.end(), Fault.GROUP_NESTED, "UNG", "UNH, UNE");
      return;
    }
    groups++;
    group = new OpenGroup(Group.of(segment(scan)), messages, scan.start(), scan.end());
  }

  private void groupTrailer(SegmentScan scan) {
    if (group == null) {
      broken(scan.start(), scan.end(), Fault.UNE_WITHOUT_UNG, "UNE", "UNH, UNG, UNZ");
      return;
    }
    ServiceSegment une = segment(scan);
    checkTrailer(
        scan,
        une,
        messages - group.messagesBefore,
        group.group.reference(),
        Fault.GROUP_COUNT,
        Fault.GROUP_REFERENCE);
    group = null;
  }

  private void closeGroup(int end) {
    if (group != null) {
      broken(group.start, group.end, Fault.UNE_MISSING, "UNZ", "UNE");
      group = null;
    }
  }

  private void trailer(SegmentScan scan) {
    if (messages == 0) {
      broken(head.from(), scan.end(), Fault.INTERCHANGE_EMPTY, null, "UNH");
      return;
    }
    checkTrailer(
        scan,
        segment(scan),
        groups > 0 ? groups : messages,
        interchange.controlReference(),
        Fault.INTERCHANGE_COUNT,
        Fault.INTERCHANGE_REFERENCE);
  }

  /** UNE and UNZ count what they close and repeat its reference. */
  private void checkTrailer(
      SegmentScan scan,
      ServiceSegment trailer,
      int count,
      String reference,
      Fault wrongCount,
      Fault wrongReference) {
    if (!isNumber(trailer.value(1, 1), count)) {
      broken(scan.start(), scan.end(), wrongCount, trailer.value(1, 1), Integer.toString(count));
    } else if (!trailer.value(2, 1).equals(reference)) {
      broken(scan.start(), scan.end(), wrongReference, trailer.value(2, 1), reference);
    }
  }

  static boolean isNumber(String text, int number) {
    return text.length() <= 10
        && !text.isEmpty()
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && Long.parseLong(text) == number;
  }

  /** The interchange has no UNZ: another begins here, or nothing follows. */
  private int breakOff(int at) {
    closeMessage(at);
    finishStray();
    broken(head.from(), head.to(), Fault.UNZ_MISSING, null, "UNZ");
    return at;
  }

  private ServiceSegment segment(SegmentScan scan) {
    int end = Math.min(scan.end(), scan.start() + Limits.EDIFACT_SEGMENT_BYTES);
    return ServiceSegment.of(body, scan.start(), end, interchange.service());
  }

  private @Nullable Group groupNow() {
    return group == null ? null : group.group;
  }

  private void brokenMessage(int end, MessageHead head, Rejection reason) {
    Part.Slice slice = new Part.Slice(body, messageStart, end);
    parts.add(
        new Part.Broken(
            parts.nextPosition(),
            slice,
            interchange,
            groupNow(),
            head.kind(),
            head.reference(),
            reason));
  }

  private void broken(
      int from, int to, Fault fault, @Nullable String value, @Nullable String expected) {
    String where = "interchange " + interchange.controlReference();
    Rejection reason = new Rejection(fault.code(), where, null, 0L, value, expected);
    Part.Slice slice = new Part.Slice(body, from, to);
    parts.add(
        new Part.Broken(parts.nextPosition(), slice, interchange, groupNow(), null, null, reason));
  }
}
