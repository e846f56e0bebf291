package tongguan.exchange.edifact;

import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamException;
import io.xlate.edi.stream.EDIStreamReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Turns one message into segments with StAEDI. Each message goes through on its own, in an envelope
 * made here, so that what is wrong with one cannot reach the next. {@link MessageSyntax} has been
 * over the bytes before: StAEDI keeps one component at a time in a small buffer and takes an
 * overflow badly.
 */
final class Tokeniser {
  private static final EDIInputFactory READERS = readers();

  private Tokeniser() {}

  private static EDIInputFactory readers() {
    EDIInputFactory readers = EDIInputFactory.newFactory();
    // The envelope is checked here, with positions and in words of its own.
    readers.setProperty(EDIInputFactory.EDI_VALIDATE_CONTROL_STRUCTURE, "false");
    readers.setProperty(EDIInputFactory.EDI_NEST_HIERARCHICAL_LOOPS, "false");
    return readers;
  }

  /** Adds the segments of a checked message; where StAEDI stops, that is a fault. */
  static void tokenise(
      byte[] raw, ServiceCharacters service, Charset charset, Segments into, Faults faults) {
    InputStream whole = new Enveloped(head(service), raw, trailer(service));
    boolean asBytes = charset.equals(StandardCharsets.UTF_8) && isBeyondOneChar(raw);
    Charset readAs = asBytes ? StandardCharsets.ISO_8859_1 : charset;
    try (EDIStreamReader reader = READERS.createEDIStreamReader(whole, readAs.name())) {
      read(reader, into, asBytes);
    } catch (EDIStreamException | IOException | RuntimeException stopped) {
      // StAEDI lets run-time exceptions of its own slip; whatever it is, this message stops here.
      int position = Math.max(1, into.count());
      String tag = into.count() == 0 ? "UNH" : into.tag(position - 1);
      faults.add(Fault.NOT_TOKENISED, position, tag, 0, 0, stopped.getMessage(), null);
    }
  }

  /**
   * Whether there is a character that Java keeps in two: a rare one of a name (𠮷), an emoji.
   * StAEDI decodes into room for one and stops there, so it is given the bytes as they are; no byte
   * of a longer character in UTF-8 can be taken for a service character.
   */
  private static boolean isBeyondOneChar(byte[] raw) {
    for (byte b : raw) {
      if ((b & 0xF8) == 0xF0) {
        return true;
      }
    }
    return false;
  }

  private static void read(EDIStreamReader reader, Segments into, boolean asBytes)
      throws EDIStreamException {
    boolean inMessage = false;
    while (reader.hasNext() && !into.time().isOver(into.count())) {
      EDIStreamEvent event = reader.next();
      if (event == EDIStreamEvent.START_SEGMENT) {
        String tag = reader.getText();
        inMessage |= tag.equals("UNH");
        if (tag.equals("UNZ")) {
          return;
        }
        if (inMessage) {
          into.open(tag);
        }
      } else if (event == EDIStreamEvent.ELEMENT_DATA && inMessage && reader.getTextLength() > 0) {
        var at = reader.getLocation();
        char[] chars = reader.getTextCharacters();
        int start = reader.getTextStart();
        int length = reader.getTextLength();
        if (asBytes) {
          byte[] bytes = new String(chars, start, length).getBytes(StandardCharsets.ISO_8859_1);
          chars = new String(bytes, StandardCharsets.UTF_8).toCharArray();
          start = 0;
          length = chars.length;
        }
        into.add(at.getElementPosition(), at.getComponentPosition(), chars, start, length);
      }
    }
  }

  /** Syntax version 3, so that an asterisk is text: nothing that is read here repeats. */
  private static byte[] head(ServiceCharacters service) {
    byte e = service.element();
    byte c = service.component();
    ByteArrayOutputStream head = new ByteArrayOutputStream(64);
    head.writeBytes(new byte[] {'U', 'N', 'A', c, e, '.'});
    head.write(service.release() == 0 ? ' ' : service.release());
    head.write(' ');
    head.write(service.terminator());
    head.writeBytes(new byte[] {'U', 'N', 'B', e, 'U', 'N', 'O', 'W', c, '3', e, 'A', e, 'B', e});
    head.writeBytes(new byte[] {'2', '6', '0', '1', '0', '1', c, '0', '0', '0', '0', e, '1'});
    head.write(service.terminator());
    return head.toByteArray();
  }

  private static byte[] trailer(ServiceCharacters service) {
    byte e = service.element();
    return new byte[] {'U', 'N', 'Z', e, '1', e, '1', service.terminator()};
  }

  /**
   * A message between an envelope's head and trailer, without its line ends: senders break lines
   * where they like, in the middle of a segment, too. It supports marks, or StAEDI would put a
   * locking buffer in front of it.
   */
  private static final class Enveloped extends InputStream {
    private final byte[] head;
    private final byte[] raw;
    private final byte[] trailer;
    private int at;
    private int marked;

    Enveloped(byte[] head, byte[] raw, byte[] trailer) {
      this.head = head;
      this.raw = raw;
      this.trailer = trailer;
    }

    @Override
    public int read() {
      while (true) {
        int inRaw = at - head.length;
        if (inRaw < 0) {
          return head[at++] & 0xFF;
        }
        if (inRaw >= raw.length) {
          int inTrailer = inRaw - raw.length;
          if (inTrailer >= trailer.length) {
            return -1;
          }
          at++;
          return trailer[inTrailer] & 0xFF;
        }
        at++;
        byte b = raw[inRaw];
        if (b != '\r' && b != '\n') {
          return b & 0xFF;
        }
      }
    }

    @Override
    public boolean markSupported() {
      return true;
    }

    @Override
    public void mark(int limit) {
      marked = at;
    }

    @Override
    public void reset() {
      at = marked;
    }
  }
}
