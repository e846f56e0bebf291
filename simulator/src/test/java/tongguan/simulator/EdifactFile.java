package tongguan.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A plain reader of one interchange, written for the tests alone. */
record EdifactFile(Path path, String charset, List<Segment> segments) {

  /** Elements, each of them components, with the release characters resolved. */
  record Segment(List<List<String>> elements) {
    String tag() {
      return value(0, 0);
    }

    String value(int element, int component) {
      return element < elements.size() && component < elements.get(element).size()
          ? elements.get(element).get(component)
          : "";
    }
  }

  /** The segments from UNH to UNT; the last message may lack its UNT. */
  record Message(List<Segment> segments) {
    String type() {
      return segments.getFirst().value(2, 0);
    }

    String reference() {
      return segments.getFirst().value(1, 0);
    }

    boolean isWhole() {
      return segments.getLast().tag().equals("UNT");
    }

    String first(String tag, int element, int component) {
      return segments.stream()
          .filter(segment -> segment.tag().equals(tag))
          .map(segment -> segment.value(element, component))
          .findFirst()
          .orElse("");
    }
  }

  static EdifactFile read(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    for (String charset : List.of("UTF-8", "x-windows-950", "ISO-8859-1")) {
      try {
        String text =
            Charset.forName(charset).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        boolean latin = new String(bytes, StandardCharsets.ISO_8859_1).startsWith("UNA:+,");
        if (!latin || !charset.equals("x-windows-950")) {
          return new EdifactFile(path, charset, segments(text.replaceAll("[\r\n]", "")));
        }
      } catch (CharacterCodingException notThisOne) {
        // the next one
      }
    }
    throw new AssertionError(path + " is in no character set");
  }

  private static List<Segment> segments(String text) {
    boolean advised = text.startsWith("UNA");
    String marks = advised ? text.substring(3, 9) : ":+.? '";
    String rest = advised ? text.substring(9) : text;
    List<Segment> segments = new ArrayList<>();
    List<List<String>> elements = new ArrayList<>();
    List<String> components = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      if (c == marks.charAt(3)) {
        i++;
        value.append(i < rest.length() ? rest.charAt(i) : "");
      } else if (c == marks.charAt(0) || c == marks.charAt(1) || c == marks.charAt(5)) {
        components.add(value.toString());
        value.setLength(0);
        if (c != marks.charAt(0)) {
          elements.add(List.copyOf(components));
          components.clear();
        }
        if (c == marks.charAt(5)) {
          segments.add(new Segment(List.copyOf(elements)));
          elements.clear();
        }
      } else {
        value.append(c);
      }
    }
    return segments;
  }

  List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    List<Segment> open = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.tag().equals("UNH") && !open.isEmpty()) {
        throw new AssertionError(path + ": a message within a message");
      }
      if (segment.tag().equals("UNH") || !open.isEmpty()) {
        open.add(segment);
      }
      if (segment.tag().equals("UNT")) {
        messages.add(new Message(List.copyOf(open)));
        open.clear();
      }
    }
    if (!open.isEmpty()) {
      messages.add(new Message(List.copyOf(open)));
    }
    return messages;
  }
}
