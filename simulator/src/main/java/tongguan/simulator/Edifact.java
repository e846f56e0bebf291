package tongguan.simulator;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Writes one UN/EDIFACT interchange (ISO 9735), in one of the manners that real senders have. */
final class Edifact {
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyyMMddHHmm");
  private static final DateTimeFormatter ENVELOPE = DateTimeFormatter.ofPattern("yyMMdd:HHmm");

  /** How a sender writes: separators, line ends, character set. */
  enum Manner {
    PLAIN("", ":+?'", "", "UNOC:3", StandardCharsets.UTF_8),
    LINES("UNA:+.? '", ":+?'", "\r\n", "UNOY:4", StandardCharsets.UTF_8),
    WRAPPED("UNA:+.? '", ":+?'", "wrap", "UNOA:2", Charset.forName("Big5")),
    FOREIGN("UNA;|.? ~", ";|?~", "\n", "UNOC:3", StandardCharsets.UTF_8);

    final String advice;
    final String separators;
    final String ends;
    final String syntax;
    final Charset charset;

    Manner(String advice, String separators, String ends, String syntax, Charset charset) {
      this.advice = advice;
      this.separators = separators;
      this.ends = ends;
      this.syntax = syntax;
      this.charset = charset;
    }
  }

  private final Manner manner;
  private final String reference;
  private final StringBuilder text = new StringBuilder();
  private int messages;
  private int segments;

  Edifact(
      Manner manner, String sender, String reference, ZonedDateTime prepared, boolean acknowledge) {
    this.manner = manner;
    this.reference = reference;
    text.append(manner.advice).append(manner.ends.equals("wrap") ? "" : manner.ends);
    String recipient = "TWCUSTOMS:ZZZ";
    segment(
        "UNB",
        manner.syntax,
        sender + ":ZZZ",
        recipient,
        prepared.format(ENVELOPE),
        reference,
        "",
        "",
        "",
        acknowledge ? "1" : "");
  }

  Edifact begin(String type, String directory) {
    messages++;
    segments = 0;
    return segment("UNH", String.valueOf(messages), type + ":D:" + directory + ":UN");
  }

  Edifact end() {
    return segment("UNT", String.valueOf(segments + 1), String.valueOf(messages));
  }

  /** Elements with {@code :} between their components; free text goes through {@link #escaped}. */
  Edifact segment(String tag, String... elements) {
    segments++;
    int last = elements.length;
    while (last > 0 && elements[last - 1].isEmpty()) {
      last--;
    }
    text.append(tag);
    for (int i = 0; i < last; i++) {
      text.append(manner.separators.charAt(1));
      append(elements[i]);
    }
    text.append(manner.separators.charAt(3));
    if (!manner.ends.equals("wrap")) {
      text.append(manner.ends);
    }
    return this;
  }

  /** Marks text whose separators are meant as characters; resolved when the segment is written. */
  static String escaped(String freeText) {
    return FREE + freeText + FREE;
  }

  private static final char FREE = '\u0001';

  private void append(String element) {
    boolean free = false;
    for (int i = 0; i < element.length(); i++) {
      char c = element.charAt(i);
      if (c == FREE) {
        free = !free;
      } else if (free && manner.separators.indexOf(c) >= 0) {
        text.append(manner.separators.charAt(2)).append(c);
      } else if (!free && c == ':') {
        text.append(manner.separators.charAt(0));
      } else {
        text.append(c);
      }
    }
  }

  Edifact moment(String qualifier, ZonedDateTime at) {
    return segment("DTM", qualifier + ":" + at.format(MINUTES) + ":203");
  }

  int messages() {
    return messages;
  }

  byte[] close() {
    segment("UNZ", String.valueOf(messages), reference);
    String whole = manner.ends.equals("wrap") ? wrapped() : text.toString();
    return whole.getBytes(manner.charset);
  }

  /** Eighty columns a line, wherever that falls, as mainframes do it. */
  private String wrapped() {
    StringBuilder lines = new StringBuilder(text.length() + text.length() / 40);
    for (int at = 0; at < text.length(); at += 80) {
      lines.append(text, at, Math.min(at + 80, text.length())).append("\r\n");
    }
    return lines.toString();
  }
}
