package tongguan.core.sea;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import tongguan.core.Order;

/**
 * An order as an interchange with one message in the manner of CUSDEC: BGM has the act and the
 * declaration, RFF the key, NAD the officer, FTX the values as JSON.
 */
final class OrderFile {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HHmm").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

  /** C108: five components of so many characters each (D.00A). */
  private static final int TEXT = 350;

  private static final int TEXTS = 5;

  private OrderFile() {}

  static byte[] of(Order order, String recipient) {
    String key = order.key().toString().replace("-", "");
    Instant at = order.confirmedAt();
    String reference = key.substring(0, 14);
    List<String> message = new ArrayList<>();
    message.add("UNH+1+CUSDEC:D:00B:UN");
    message.add("BGM+929::ZZZ:" + free(order.act()) + '+' + free(order.declaration()) + "+9");
    message.add("DTM+137:" + SECOND.format(at) + ":204");
    message.add("RFF+AAS:" + key);
    message.add("NAD+AM+++" + free(order.officer()));
    texts(order.values()).forEach(text -> message.add("FTX+AAO+++" + text));
    message.add("UNT+" + (message.size() + 1) + "+1");
    StringBuilder file = new StringBuilder("UNA:+.? '");
    file.append("UNB+UNOY:4+TONGGUAN:ZZZ+").append(free(recipient)).append(":ZZZ+");
    file.append(DATE.format(at)).append(':').append(MINUTE.format(at));
    file.append('+').append(reference).append('\'');
    message.forEach(segment -> file.append(segment).append('\''));
    file.append("UNZ+1+").append(reference).append('\'');
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Elements of free text that together are the values; a character is never cut in two. */
  private static List<String> texts(String values) {
    List<String> pieces = new ArrayList<>();
    int at = 0;
    while (at < values.length()) {
      int end = Math.min(values.length(), at + TEXT);
      if (end < values.length() && Character.isLowSurrogate(values.charAt(end))) {
        end--;
      }
      pieces.add(free(values.substring(at, end)));
      at = end;
    }
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i += TEXTS) {
      elements.add(String.join(":", pieces.subList(i, Math.min(pieces.size(), i + TEXTS))));
    }
    return elements;
  }

  /** With the separators released. */
  private static String free(String text) {
    return text.replaceAll("[?+:']", "?$0");
  }
}
