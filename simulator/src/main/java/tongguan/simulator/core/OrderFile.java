package tongguan.simulator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads the interchange in which sea clearance takes an order. */
final class OrderFile {
  private OrderFile() {}

  /**
   * @throws IllegalArgumentException when it is none
   */
  static OrderIn read(String file) {
    UUID key = null;
    String act = "";
    String declaration = "";
    String officer = "";
    StringBuilder values = new StringBuilder();
    String body = file.startsWith("UNA") ? file.substring(9) : file;
    for (String segment : split(body, '\'')) {
      List<String> elements = split(segment, '+');
      switch (elements.getFirst()) {
        case "BGM" -> {
          act = split(elements.get(1), ':').getLast();
          declaration = elements.get(2);
        }
        case "RFF" -> key = uuid(split(elements.get(1), ':').getLast());
        case "NAD" -> officer = elements.get(4);
        case "FTX" -> split(elements.get(4), ':').forEach(piece -> values.append(plain(piece)));
        default -> {}
      }
    }
    if (key == null || act.isEmpty()) {
      throw new IllegalArgumentException("no order");
    }
    return new OrderIn(
        key, plain(officer), plain(declaration), plain(act), Json.read(values.toString()));
  }

  private static UUID uuid(String digits) {
    return UUID.fromString(
        digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
  }

  /** Parts between separators that are not released. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '?' && i + 1 < text.length()) {
        part.append(c).append(text.charAt(++i));
      } else if (c == separator) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private static String plain(String released) {
    return released.replaceAll("\\?(.)", "$1");
  }
}
