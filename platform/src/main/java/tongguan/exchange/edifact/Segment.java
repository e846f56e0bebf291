package tongguan.exchange.edifact;

/**
 * One segment of a tokenised message. Elements and components are counted from 1, as people do;
 * what is absent reads as empty text.
 *
 * @param position which segment of the message it is; UNH is 1
 */
record Segment(Segments message, int position) {

  String tag() {
    return message.tag(position - 1);
  }

  String value(int element, int component) {
    return message.value(position - 1, element, component);
  }

  /** The element's first component. */
  String value(int element) {
    return value(element, 1);
  }

  boolean is(String tag) {
    return tag().equals(tag);
  }

  /** Whether the first component of the first element, mostly a qualifier, is one of these. */
  boolean isQualified(String... qualifiers) {
    String qualifier = value(1);
    for (String one : qualifiers) {
      if (one.equals(qualifier)) {
        return true;
      }
    }
    return false;
  }

  /** The components of an element as one text, a blank between them. */
  String joined(int element) {
    StringBuilder joined = new StringBuilder();
    for (int component = 1; component <= 5; component++) {
      String value = value(element, component).strip();
      if (!value.isEmpty()) {
        joined.append(joined.isEmpty() ? "" : " ").append(value);
      }
    }
    return joined.toString();
  }
}
