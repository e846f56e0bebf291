package tongguan.simulator;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message in the platform's own JSON, written as one line. */
final class Notice {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

  private final StringBuilder text = new StringBuilder(512);
  private boolean first = true;

  Notice(String kind, String reference, String sender, ZonedDateTime at) {
    text.append('{');
    put("kind", kind).put("reference", reference).put("sender", sender).put("eventTime", at);
    text.append(",\"payload\":{");
    first = true;
  }

  private Notice() {
    text.append('{');
  }

  /** An object to put into a notice. */
  static Notice object() {
    return new Notice();
  }

  Notice put(String name, @Nullable String value) {
    if (value != null) {
      name(name);
      quote(value);
    }
    return this;
  }

  Notice put(String name, long value) {
    name(name);
    text.append(value);
    return this;
  }

  Notice put(String name, boolean value) {
    name(name);
    text.append(value);
    return this;
  }

  Notice put(String name, ZonedDateTime at) {
    return put(name, at.format(MOMENT));
  }

  Notice put(String name, Notice object) {
    name(name);
    text.append(object.text).append('}');
    return this;
  }

  Notice putTexts(String name, List<String> values) {
    name(name);
    text.append('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      quote(values.get(i));
    }
    text.append(']');
    return this;
  }

  Notice putObjects(String name, List<Notice> values) {
    name(name);
    text.append('[');
    for (int i = 0; i < values.size(); i++) {
      text.append(i > 0 ? "," : "").append(values.get(i).text).append('}');
    }
    text.append(']');
    return this;
  }

  /** The whole message without its line end. */
  String line() {
    return text + "}}";
  }

  private void name(String name) {
    if (!first) {
      text.append(',');
    }
    first = false;
    quote(name);
    text.append(':');
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
