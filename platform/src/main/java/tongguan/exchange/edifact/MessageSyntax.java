package tongguan.exchange.edifact;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongguan.base.Limits;

/**
 * Checks the bytes of one message before anything is made of them: its frame, its counts, its
 * limits and its characters (ISO 9735-1 and the bounds of {@link Limits}).
 */
final class MessageSyntax {
  /** The segments of CUSCAR, CODECO, COARRI, CUSRES and BAPLIE from D.95B to D.21B. */
  private static final Map<String, String> TAGS =
      Arrays.stream(
              ("UNH BGM AUT BUS CCI CED CNI CNT COD COM CPI CST CTA CUX DAM DGS DIM DOC DTM EFI EQA"
                      + " EQD EQN ERC ERP FTX GDS GEI GID GIN GIR GIS GOR GPO HAN IDE IMD LOC MEA MOA"
                      + " NAD PAC PCI PIA PNA POC PRC PRI PSD QTY QVR RCS RFF RNG SEL SEQ SGP SPS STS"
                      + " TAX TCC TDT TMD TMP TOD TPL TRU TSR UGH UGS UNS UNT")
                  .split(" "))
          .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));

  private final byte[] raw;
  private final ServiceCharacters service;
  private final Faults faults;
  private final ReadingTime time;
  private int count;

  private MessageSyntax(byte[] raw, ServiceCharacters service, Faults faults, ReadingTime time) {
    this.raw = raw;
    this.service = service;
    this.faults = faults;
    this.time = time;
  }

  /** Adds the first fault, if there is one; gives what UNH says. */
  static MessageHead check(byte[] raw, ServiceCharacters service, Faults faults, ReadingTime time) {
    return new MessageSyntax(raw, service, faults, time).check();
  }

  /** The same tag as one object, however often it occurs. */
  static String shared(String tag) {
    return TAGS.getOrDefault(tag, tag);
  }

  private MessageHead check() {
    MessageHead head = new MessageHead("", "", "", "", "");
    if (raw.length > Limits.EDIFACT_MESSAGE_BYTES) {
      String length = Integer.toString(raw.length);
      fault(Fault.MESSAGE_TOO_LONG, "UNH", length, atMost(Limits.EDIFACT_MESSAGE_BYTES));
      return head;
    }
    SegmentScan scan = new SegmentScan(raw, 0, raw.length, service);
    boolean ended = false;
    while (faults.none() && !time.isOver(count) && scan.next()) {
      count++;
      String tag = scan.tag();
      segment(scan, tag);
      if (ended) {
        fault(Fault.SEGMENT_OUTSIDE_MESSAGE, tag, tag, null);
      } else if (count == 1 && faults.none()) {
        head = header(scan, tag);
      } else if (tag.equals("UNT") && faults.none()) {
        ended = true;
        trailer(scan, head);
      } else if (tag.equals("UNH")) {
        fault(Fault.UNT_MISSING, tag, tag, "UNT");
      }
    }
    if (!ended && faults.none()) {
      fault(Fault.UNT_MISSING, count == 0 ? "" : "end", null, "UNT");
    }
    return head;
  }

  private MessageHead header(SegmentScan scan, String tag) {
    ServiceSegment unh = ServiceSegment.of(raw, scan.start(), scan.end(), service);
    MessageHead head = MessageHead.of(unh);
    if (!tag.equals("UNH")) {
      fault(Fault.UNH_INVALID, tag, tag, "UNH");
    } else if (head.kind().isEmpty() || head.reference().isEmpty()) {
      int element = head.reference().isEmpty() ? 1 : 2;
      faults.add(Fault.ELEMENT_MISSING, 1, tag, element, 1, null, "0062, S009");
    }
    return head;
  }

  private void trailer(SegmentScan scan, MessageHead head) {
    ServiceSegment unt = ServiceSegment.of(raw, scan.start(), scan.end(), service);
    String told = unt.value(1, 1);
    if (!InterchangeWalk.isNumber(told, count)) {
      faults.add(Fault.SEGMENT_COUNT, count, "UNT", 1, 1, told, Integer.toString(count));
    } else if (!unt.value(2, 1).equals(head.reference())) {
      String reference = unt.value(2, 1);
      faults.add(Fault.MESSAGE_REFERENCE, count, "UNT", 2, 1, reference, head.reference());
    }
  }

  private void segment(SegmentScan scan, String tag) {
    if (count > Limits.EDIFACT_SEGMENTS) {
      fault(Fault.TOO_MANY_SEGMENTS, tag, Integer.toString(count), atMost(Limits.EDIFACT_SEGMENTS));
    } else if (scan.end() - scan.start() > Limits.EDIFACT_SEGMENT_BYTES) {
      String length = Integer.toString(scan.end() - scan.start());
      fault(Fault.SEGMENT_TOO_LONG, tag, length, atMost(Limits.EDIFACT_SEGMENT_BYTES));
    } else if (!isTag(tag)) {
      fault(Fault.SEGMENT_TAG, tag, tag, "[A-Z][A-Z0-9]{2}");
    } else if (!TAGS.containsKey(tag)) {
      fault(Fault.SEGMENT_UNKNOWN, tag, tag, null);
    } else {
      contents(scan, tag);
    }
  }

  private void contents(SegmentScan scan, String tag) {
    int element = 0;
    int component = 1;
    int length = 0;
    boolean escaped = false;
    for (int i = scan.start(); i < scan.end(); i++) {
      byte b = raw[i];
      if (b == '\r' || b == '\n') {
        continue;
      }
      if (element == 0
          && b != service.element()
          && b != service.terminator()
          && service.isService(b)) {
        // Explicit nesting (a component behind the tag) went out with syntax version 4.
        fault(Fault.SEGMENT_TAG, tag, tag + (char) b, tag + (char) service.element());
        return;
      }
      if (!escaped && b != 0 && b == service.release()) {
        escaped = true;
        continue;
      }
      if (!escaped && (b == service.element() || b == service.component())) {
        boolean next = b == service.element();
        element = next ? element + 1 : element;
        component = next ? 1 : component + 1;
        length = 0;
      } else if ((b >= 0 && b < ' ' && b != '\t' && !service.isService(b)) || b == 0x7F) {
        String value = String.format("0x%02X", b);
        faults.add(Fault.CHARACTER_INVALID, count, tag, element, component, value, null);
        return;
      } else {
        length++;
      }
      escaped = false;
      if (element > Limits.EDIFACT_ELEMENTS || component > Limits.EDIFACT_COMPONENTS) {
        String most = atMost(Limits.EDIFACT_ELEMENTS);
        faults.add(Fault.TOO_MANY_ELEMENTS, count, tag, element, component, null, most);
        return;
      }
      if (length > Limits.EDIFACT_COMPONENT_BYTES) {
        String most = atMost(Limits.EDIFACT_COMPONENT_BYTES);
        faults.add(Fault.COMPONENT_TOO_LONG, count, tag, element, component, null, most);
        return;
      }
    }
    if (!scan.terminated()) {
      Fault fault = escaped ? Fault.RELEASE_AT_END : Fault.SEGMENT_UNTERMINATED;
      String terminator = String.valueOf((char) service.terminator());
      faults.add(fault, count, tag, element, component, null, terminator);
    }
  }

  private static boolean isTag(String tag) {
    return tag.length() == 3
        && tag.charAt(0) >= 'A'
        && tag.charAt(0) <= 'Z'
        && tag.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
  }

  private void fault(Fault fault, String tag, @Nullable String value, @Nullable String expected) {
    faults.add(fault, Math.max(1, count), tag, 0, 0, value, expected);
  }

  private static String atMost(int limit) {
    return "≤ " + limit;
  }
}
