package tongguan.exchange.edifact;

import java.util.List;

/**
 * Writes segments with the default service characters: empty tails left out, service characters in
 * values released.
 */
final class SegmentWriter {
  private final StringBuilder text = new StringBuilder();
  private int filled;
  private int count;

  SegmentWriter segment(String tag) {
    text.append(tag);
    filled = text.length();
    return this;
  }

  SegmentWriter element(String value) {
    return composite(List.of(value));
  }

  SegmentWriter composite(List<String> components) {
    text.append('+');
    for (int i = 0; i < components.size(); i++) {
      if (i > 0) {
        text.append(':');
      }
      if (!components.get(i).isEmpty()) {
        released(components.get(i));
        filled = text.length();
      }
    }
    text.setLength(Math.max(filled, lastElement()));
    return this;
  }

  /** Behind the separator of the last element, whose empty components are not written. */
  private int lastElement() {
    int at = text.length();
    while (at > filled && text.charAt(at - 1) == ':') {
      at--;
    }
    return at;
  }

  private void released(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '+' || c == ':' || c == '\'' || c == '?') {
        text.append('?');
      }
      text.append(c < ' ' ? ' ' : c);
    }
  }

  void end() {
    text.setLength(filled);
    text.append('\'');
    count++;
  }

  int count() {
    return count;
  }

  String text() {
    return text.toString();
  }
}
