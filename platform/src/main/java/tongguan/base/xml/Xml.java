package tongguan.base.xml;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tongguan.base.Limits;

/**
 * Reads XML of others. There is no document type and so no entity but the five of XML itself,
 * nothing outside is ever fetched, and bytes, depth, elements, attributes and texts have limits.
 * The factory is this JDK's own, whatever else lies on the class path. A test holds that no other
 * place of the house makes one.
 */
public final class Xml {
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader reader;
  private int elements;

  private Xml(XMLStreamReader reader) {
    this.reader = reader;
  }

  /** Not well formed, with a document type, or beyond the limits. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String what) {
      super(what, null, false, false);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
    // What the JDK's strict configuration file says, for a process that was started without it.
    factory.setProperty("jdk.xml.dtd.support", "deny");
    // Also counted are the five of XML itself, of which a text may be full; there are no others.
    String most = String.valueOf(Limits.XML_BYTES);
    factory.setProperty("jdk.xml.entityExpansionLimit", most);
    factory.setProperty("jdk.xml.totalEntitySizeLimit", most);
    factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", most);
    factory.setProperty("jdk.xml.elementAttributeLimit", String.valueOf(Limits.XML_ATTRIBUTES));
    factory.setProperty("jdk.xml.maxElementDepth", String.valueOf(Limits.XML_DEPTH));
    factory.setProperty("jdk.xml.maxXMLNameLimit", "200");
    factory.setXMLResolver((publicId, systemId, base, space) -> {
      throw new XMLStreamException("nothing outside is fetched");
    });
    return factory;
  }

  public static Element read(byte[] bytes) throws Malformed {
    if (bytes.length > Limits.XML_BYTES) {
      throw new Malformed("too large");
    }
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text(bytes)));
      try {
        return new Xml(reader).document();
      } finally {
        reader.close();
      }
    } catch (XMLStreamException | RuntimeException notWellFormed) {
      // The parser's own words quote the document, and some of its faults are unchecked.
      throw new Malformed("not well formed");
    }
  }

  /** In UTF-8 and nothing else, whatever the document declares of itself. */
  private static String text(byte[] bytes) throws Malformed {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException another) {
      throw new Malformed("not in UTF-8");
    }
  }

  private Element document() throws XMLStreamException, Malformed {
    while (reader.next() != XMLStreamConstants.START_ELEMENT) {
      if (reader.getEventType() == XMLStreamConstants.DTD) {
        throw new Malformed("a document type");
      }
    }
    Element root = element(1);
    while (reader.hasNext()) {
      reader.next();
    }
    return root;
  }

  /** From its start to its end; the limit on depth bounds the recursion. */
  private Element element(int depth) throws XMLStreamException, Malformed {
    if (depth > Limits.XML_DEPTH || ++elements > Limits.XML_ELEMENTS) {
      throw new Malformed("too deep, or too many elements");
    }
    String space = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
    String name = reader.getLocalName();
    Map<String, String> attributes = attributes();
    List<Element> children = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    while (reader.next() != XMLStreamConstants.END_ELEMENT) {
      switch (reader.getEventType()) {
        case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> append(text);
        case XMLStreamConstants.SPACE, XMLStreamConstants.COMMENT -> {}
        default -> throw new Malformed("something that is no element and no text");
      }
    }
    return new Element(space, name, attributes, children, text.toString());
  }

  private void append(StringBuilder text) throws Malformed {
    if (text.length() + reader.getTextLength() > Limits.XML_TEXT_CHARACTERS) {
      throw new Malformed("too long a text");
    }
    text.append(reader.getText());
  }

  private Map<String, String> attributes() throws Malformed {
    if (reader.getAttributeCount() > Limits.XML_ATTRIBUTES) {
      throw new Malformed("too many attributes");
    }
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (reader.getAttributeNamespace(i) == null || reader.getAttributeNamespace(i).isEmpty()) {
        attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
      }
    }
    return attributes;
  }

  /** Text as it stands between tags or quotes; what XML cannot carry at all is replaced. */
  public static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&apos;");
            default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
          }
        });
    return escaped.toString();
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c < 0xD800)
        || (c >= 0xE000 && c < 0xFFFE)
        || c >= 0x10000;
  }
}
