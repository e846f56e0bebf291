package tongguan.exchange.edifact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One segment of the envelope (UNB, UNG, UNH, UNT, UNE, UNZ) with its elements and components; read
 * without StAEDI because the envelope must be understood before a message can be handed to it.
 * Absent elements read as empty text.
 */
final class ServiceSegment {
  private final List<List<String>> elements;

  private ServiceSegment(List<List<String>> elements) {
    this.elements = elements;
  }

  static ServiceSegment of(byte[] bytes, int from, int to, ServiceCharacters service) {
    List<List<String>> elements = new ArrayList<>();
    List<String> components = new ArrayList<>();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    boolean escaped = false;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '\r' || b == '\n') {
        continue;
      }
      if (escaped) {
        text.write(b);
        escaped = false;
      } else if (b == service.release() && b != 0) {
        escaped = true;
      } else if (b == service.component() || b == service.element() || b == service.terminator()) {
        components.add(text(text));
        text.reset();
        if (b != service.component()) {
          elements.add(components);
          components = new ArrayList<>();
        }
      } else {
        text.write(b);
      }
    }
    if (text.size() > 0 || !components.isEmpty()) {
      components.add(text(text));
      elements.add(components);
    }
    return new ServiceSegment(elements);
  }

  private static String text(ByteArrayOutputStream text) {
    byte[] bytes = text.toByteArray();
    boolean utf8 = !CharacterSets.isAscii(bytes) && CharacterSets.isUtf8(bytes);
    Charset charset = utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    return new String(bytes, charset).strip();
  }

  /** Counted as people do: element 1 is the first after the tag, component 1 its first. */
  String value(int element, int component) {
    if (element >= elements.size()) {
      return "";
    }
    List<String> components = elements.get(element);
    return component <= components.size() ? components.get(component - 1) : "";
  }

  /** All components of an element. */
  List<String> composite(int element) {
    return element < elements.size() ? elements.get(element) : List.of();
  }
}
