package tongguan.exchange.edifact;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongguan.base.Limits;
import tongguan.exchange.message.Rejection;

/**
 * Collects what is wrong while a message is read; the first fault is the one that is told. Beside
 * it the warnings: what is left out of a message that is applied all the same.
 */
final class Faults {
  private final byte[] raw;
  private final ServiceCharacters service;
  private final List<Rejection> warnings = new ArrayList<>();
  private @Nullable Rejection first;

  Faults(byte[] raw, ServiceCharacters service) {
    this.raw = raw;
    this.service = service;
  }

  @Nullable Rejection first() {
    return first;
  }

  boolean none() {
    return first == null;
  }

  List<Rejection> warnings() {
    return warnings;
  }

  /** The message goes on without this. */
  void warn(Fault fault, Segment segment, int element, int component, @Nullable String expected) {
    if (warnings.size() < Limits.MESSAGE_WARNINGS) {
      String value = element == 0 ? null : segment.value(element, component);
      warnings.add(
          rejection(fault, segment.position(), segment.tag(), element, component, value, expected));
    }
  }

  /** A component's value is not what it may be. */
  void wrong(Fault fault, Segment segment, int element, int component, String expected) {
    String value = segment.value(element, component);
    add(
        value.isEmpty() ? Fault.ELEMENT_MISSING : fault,
        segment.position(),
        segment.tag(),
        element,
        component,
        value.isEmpty() ? null : value,
        expected);
  }

  /** A segment that should stand behind this one, or nowhere at all, is not there. */
  void missing(Segment behind, String expected) {
    add(Fault.SEGMENT_MISSING, behind.position(), behind.tag(), 0, 0, null, expected);
  }

  void add(
      Fault fault,
      int position,
      String tag,
      int element,
      int component,
      @Nullable String value,
      @Nullable String expected) {
    if (first == null) {
      first = rejection(fault, position, tag, element, component, value, expected);
    }
  }

  private Rejection rejection(
      Fault fault,
      int position,
      String tag,
      int element,
      int component,
      @Nullable String value,
      @Nullable String expected) {
    long offset = SegmentOffset.of(raw, service, position, element, component);
    String where = where(position, tag, element, component);
    return new Rejection(fault.code(), where, position, offset, value, expected);
  }

  static String where(int position, String tag, int element, int component) {
    String segment = "segment " + position + ' ' + shownTag(tag);
    return element == 0
        ? segment
        : segment + ", element " + element + (component == 0 ? "" : " component " + component);
  }

  /** A tag as it can stand in a sentence, whatever its bytes are. */
  static String shownTag(String tag) {
    StringBuilder shown = new StringBuilder(tag.length());
    tag.chars().forEach(c -> shown.append(c > ' ' && c < 0x7F ? (char) c : '.'));
    return shown.toString();
  }
}
