package tongguan.simulator.wire;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes one UN/EDIFACT interchange (ISO 9735) in its sender's manner. */
public final class Interchange {
  private static final char FREE = '\u0001';

  private final Manner manner;
  private final String sender;
  private final String reference;
  private final LocalDateTime prepared;
  private final StringBuilder text = new StringBuilder(4096);
  private final Map<String, Integer> written = new TreeMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private String type = "";
  private int messages;
  private int segments;
  private int messageStart;
  private boolean cutOff;

  /** A message that was broken on purpose. */
  record Fault(String kind, String reference, String zh, String en) {}

  public Interchange(
      Manner manner,
      String sender,
      String reference,
      LocalDateTime prepared,
      boolean acknowledgementAsked) {
    this.manner = manner;
    this.sender = sender;
    this.reference = reference;
    this.prepared = prepared;
    text.append(manner.advice);
    if (!manner.advice.isEmpty()) {
      text.append(manner.ends);
    }
    segment(
        "UNB",
        manner.syntax,
        sender + ":ZZZ",
        "TWCUSTOMS:ZZZ",
        Times.envelope(prepared, manner.datesAreLong()),
        reference,
        "",
        "",
        "",
        acknowledgementAsked ? "1" : "");
  }

  /**
   * Opens a message.
   *
   * @param release of the directory: 95B, 00B ...
   * @param association the user group's code of its guideline, or empty
   */
  public Interchange begin(String messageType, String release, String association) {
    messages++;
    segments = 0;
    messageStart = text.length();
    type = messageType;
    written.merge(messageType, 1, Integer::sum);
    String guideline = association.isEmpty() ? "" : ":" + association;
    return segment("UNH", String.valueOf(messages), type + ":D:" + release + ":UN" + guideline);
  }

  public Interchange end() {
    return end(segments + 1);
  }

  /** Ends a message with a count that may be wrong. */
  public Interchange end(int countStated) {
    return segment("UNT", String.valueOf(countStated), String.valueOf(messages));
  }

  public int segmentsOfMessage() {
    return segments;
  }

  /** Notes that the message just written must end in quarantine, and why. */
  public void broken(String zh, String en) {
    faults.add(new Fault(type, reference + '/' + messages, zh, en));
  }

  /** Lets the transmission break off amid the last message, so that its own end is missing, too. */
  public void cutOff() {
    broken("傳輸中斷,訊息不完整", "the transmission broke off amid the message");
    faults.add(new Fault("", reference, "交換封包缺少 UNZ", "an interchange without its end"));
    cutOff = true;
  }

  /** Elements with {@code :} between their components; free text goes through {@link #free}. */
  public Interchange segment(String tag, String... elements) {
    segments++;
    int last = elements.length;
    while (last > 0 && elements[last - 1].isEmpty()) {
      last--;
    }
    text.append(tag);
    for (int i = 0; i < last; i++) {
      text.append(manner.betweenElements());
      append(elements[i]);
    }
    text.append(manner.terminator()).append(manner.ends);
    return this;
  }

  public Interchange moment(String qualifier, LocalDateTime at) {
    return segment("DTM", qualifier + ':' + Times.minutes(at) + ":203");
  }

  /** A weight with the sender's decimal mark. */
  public Interchange weight(String purpose, String dimension, int grams) {
    String kilos = String.valueOf(grams / 1000);
    int rest = grams % 1000;
    String value =
        rest == 0
            ? kilos
            : kilos + manner.decimalMark() + Integer.toString(1000 + rest).substring(1);
    return segment("MEA", purpose, dimension, "KGM:" + value);
  }

  /** Marks text whose separators are meant as characters; resolved when the segment is written. */
  public static String free(String words) {
    return FREE + words + FREE;
  }

  private void append(String element) {
    if (element.indexOf(FREE) < 0) {
      text.append(
          manner.betweenComponents() == ':'
              ? element
              : element.replace(':', manner.betweenComponents()));
      return;
    }
    boolean free = false;
    String spelled = manner.spelled(element);
    for (int i = 0; i < spelled.length(); i++) {
      char c = spelled.charAt(i);
      if (c == FREE) {
        free = !free;
      } else if (free && manner.separates(c)) {
        text.append(manner.release()).append(c);
      } else if (!free && c == ':') {
        text.append(manner.betweenComponents());
      } else {
        text.append(c);
      }
    }
  }

  public boolean isEmpty() {
    return messages == 0;
  }

  /** Closes the interchange; nothing may be written to it afterwards. */
  byte[] close() {
    if (cutOff) {
      text.setLength(messageStart + (text.length() - messageStart) * 2 / 3);
    } else {
      segment("UNZ", String.valueOf(messages), reference);
    }
    return manner.bytes(text);
  }

  LocalDateTime prepared() {
    return prepared;
  }

  String sender() {
    return sender;
  }

  /** The messages by type. */
  Map<String, Integer> written() {
    return Collections.unmodifiableMap(written);
  }

  List<Fault> faults() {
    return Collections.unmodifiableList(faults);
  }

  /** What a file of this is called: the type of its messages. */
  String name() {
    return written.size() == 1 ? type.toLowerCase(java.util.Locale.ROOT) : "mixed";
  }
}
