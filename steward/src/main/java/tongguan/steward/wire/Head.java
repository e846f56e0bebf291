package tongguan.steward.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tongguan.steward.base.Limits;

/** A start line and the fields behind it (RFC 9112), read strictly and written plainly. */
public record Head(String start, Fields fields) {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** No control characters but the tab; bytes above ASCII pass as they are. */
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

  public static Head read(WireInput in) throws IOException {
    String start = in.line(Limits.LINE_BYTES);
    if (!VALUE.matcher(start).matches()) {
      throw new WireProblem(400, "a control character in the first line");
    }
    Fields fields = new Fields();
    int bytes = start.length();
    while (true) {
      String line = in.line(Limits.LINE_BYTES);
      if (line.isEmpty()) {
        return new Head(start, fields);
      }
      bytes += line.length();
      if (bytes > Limits.HEAD_BYTES || fields.size() == Limits.HEAD_FIELDS) {
        throw new WireProblem(431, "the head is too large");
      }
      int colon = line.indexOf(':');
      // A line that begins with a blank continues the one before: obsolete, and read differently by
      // each.
      if (colon < 1 || !TOKEN.matcher(line.substring(0, colon)).matches()) {
        throw new WireProblem(400, "a field without a name");
      }
      String value = line.substring(colon + 1).strip();
      if (!VALUE.matcher(value).matches()) {
        throw new WireProblem(400, "a control character in a field");
      }
      fields.add(line.substring(0, colon), value);
    }
  }

  public byte[] bytes() {
    StringBuilder head = new StringBuilder(256).append(start).append("\r\n");
    fields.appendTo(head);
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  public static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }
}
