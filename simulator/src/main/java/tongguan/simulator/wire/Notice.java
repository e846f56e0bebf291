package tongguan.simulator.wire;

import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message in the platform's own JSON, or an object in it; written as one line. */
public final class Notice {
  private final StringBuilder text;
  private final String kind;
  private final LocalDateTime at;
  private boolean first = true;

  private Notice(String kind, LocalDateTime at, int size) {
    this.kind = kind;
    this.at = at;
    this.text = new StringBuilder(size).append('{');
  }

  /** A message; what is put into it from here on is its payload. */
  Notice(String kind, String reference, String sender, LocalDateTime at, String function) {
    this(kind, at, 512);
    put("kind", kind).put("reference", reference).put("sender", sender).put("eventTime", at);
    if (!function.equals("original")) {
      put("function", function);
    }
    text.append(",\"payload\":{");
    first = true;
  }

  /** An object to put into a message. */
  public static Notice object() {
    return new Notice("", LocalDateTime.MIN, 96);
  }

  public Notice put(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      name(name);
      quote(value);
    }
    return this;
  }

  public Notice put(String name, long value) {
    name(name);
    text.append(value);
    return this;
  }

  public Notice put(String name, boolean value) {
    name(name);
    text.append(value);
    return this;
  }

  public Notice put(String name, LocalDateTime moment) {
    return put(name, Times.withOffset(moment));
  }

  public Notice put(String name, Notice object) {
    name(name);
    text.append(object.text).append('}');
    return this;
  }

  /** Thousandths as a decimal number: kilograms from grams. */
  public Notice putThousandths(String name, long thousandths) {
    name(name);
    text.append(thousandths / 1000);
    long rest = thousandths % 1000;
    if (rest != 0) {
      text.append('.').append(Long.toString(1000 + rest), 1, 4);
    }
    return this;
  }

  /** Hundredths as a decimal in a string, as careful senders write money. */
  public Notice putMoney(String name, long hundredths) {
    String rest = Long.toString(100 + hundredths % 100).substring(1);
    return put(name, hundredths / 100 + "." + rest);
  }

  public Notice putTexts(String name, List<String> values) {
    if (values.isEmpty()) {
      return this;
    }
    name(name);
    char before = '[';
    for (String value : values) {
      text.append(before);
      quote(value);
      before = ',';
    }
    text.append(']');
    return this;
  }

  public Notice putObjects(String name, List<Notice> values) {
    name(name);
    text.append('[');
    for (int i = 0; i < values.size(); i++) {
      text.append(i > 0 ? "," : "").append(values.get(i).text).append('}');
    }
    text.append(']');
    return this;
  }

  String kind() {
    return kind;
  }

  LocalDateTime at() {
    return at;
  }

  /** The whole message without its line end. */
  public String line() {
    return text + (kind.isEmpty() ? "}" : "}}");
  }

  private void name(String name) {
    if (!first) {
      text.append(',');
    }
    first = false;
    text.append('"').append(name).append("\":");
  }

  private void quote(String value) {
    boolean plain = value.indexOf('"') < 0 && value.indexOf('\\') < 0;
    text.append('"')
        .append(plain ? value : value.replace("\\", "\\\\").replace("\"", "\\\""))
        .append('"');
  }
}
