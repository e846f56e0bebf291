package tongguan.exchange.edifact;

import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamException;
import io.xlate.edi.stream.EDIStreamReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.List;

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
    InputStream whole =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    new ByteArrayInputStream(head(service)),
                    new WithoutLineEnds(raw),
                    new ByteArrayInputStream(trailer(service)))));
    try (EDIStreamReader reader = READERS.createEDIStreamReader(whole, charset.name())) {
      read(reader, into);
    } catch (EDIStreamException | IOException | RuntimeException stopped) {
      // StAEDI lets run-time exceptions of its own slip; whatever it is, this message stops here.
      int position = Math.max(1, into.count());
      String tag = into.count() == 0 ? "UNH" : into.tag(position - 1);
      faults.add(Fault.NOT_TOKENISED, position, tag, 0, 0, stopped.getMessage(), null);
    }
  }

  private static void read(EDIStreamReader reader, Segments into) throws EDIStreamException {
    boolean inMessage = false;
    while (reader.hasNext()) {
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
        into.add(
            at.getElementPosition(),
            at.getComponentPosition(),
            reader.getTextCharacters(),
            reader.getTextStart(),
            reader.getTextLength());
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

  /** Senders break lines where they like, in the middle of a segment, too. */
  private static final class WithoutLineEnds extends InputStream {
    private final byte[] bytes;
    private int at;

    WithoutLineEnds(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      while (at < bytes.length && (bytes[at] == '\r' || bytes[at] == '\n')) {
        at++;
      }
      return at < bytes.length ? bytes[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      int read = 0;
      while (read < length) {
        int b = read();
        if (b < 0) {
          break;
        }
        into[from + read++] = (byte) b;
      }
      return read == 0 && length > 0 ? -1 : read;
    }
  }
}
