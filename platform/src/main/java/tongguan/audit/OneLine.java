package tongguan.audit;

/**
 * Text of others as one line that means the same to every reader: what would break the line, hide
 * in it or turn its direction is written as {@code \}{@code u{HEX}}, the backslash itself as two. A
 * text that is too long is cut and ends in an ellipsis.
 */
final class OneLine {
  private OneLine() {}

  static String of(String text, int characters) {
    if (text.length() <= characters && isPlainAscii(text)) {
      return text;
    }
    StringBuilder line = new StringBuilder();
    // One more than fits, so that it is known that there is more.
    text.codePoints().limit(characters + 1L).forEach(point -> line.append(shown(point)));
    if (line.length() <= characters) {
      return line.toString();
    }
    int end = characters - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + '…';
  }

  private static boolean isPlainAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static String shown(int point) {
    if (point == '\\') {
      return "\\\\";
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          "\\u{" + Integer.toHexString(point) + "}";
      default -> Character.toString(point);
    };
  }

  /** The same for JSON text, in its own notation. */
  static String ofJson(String json) {
    if (json.chars().allMatch(c -> c < 0x7f)) {
      return json;
    }
    StringBuilder line = new StringBuilder();
    json.codePoints()
        .forEach(point -> {
          if (shown(point).length() < 3 || point == '\\') {
            line.appendCodePoint(point);
          } else {
            for (char half : Character.toChars(point)) {
              line.append(
                  "\\u%04x"
                      .formatted(
                          (int)
                              (Character.isSurrogate(half) && Character.isBmpCodePoint(point)
                                  ? '\ufffd'
                                  : half)));
            }
          }
        });
    return line.toString();
  }
}
