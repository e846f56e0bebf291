package tongguan.core.agency;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tongguan.base.xml.Element;
import tongguan.base.xml.Xml;
import tongguan.core.NotUnderstood;
import tongguan.core.Received;

/** One message in an envelope of SOAP 1.1, in the one namespace of the service. */
final class Soap {
  static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
  static final String SERVICE = "urn:tongguan:core-system:1";

  private Soap() {}

  /** A request with members that are texts; empty ones are left out. */
  static byte[] request(String operation, Map<String, String> members) {
    StringBuilder xml = new StringBuilder(512);
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\"")
        .append(ENVELOPE)
        .append("\"><s:Body><")
        .append(operation)
        .append(" xmlns=\"")
        .append(SERVICE)
        .append("\">");
    members.forEach((name, value) -> {
      if (!value.isEmpty()) {
        xml.append('<').append(name).append('>');
        xml.append(Xml.escaped(value)).append("</").append(name).append('>');
      }
    });
    xml.append("</").append(operation).append("></s:Body></s:Envelope>");
    return xml.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What stands in the body: the answer to this operation and nothing else, no fault either. */
  static Element answer(byte[] bytes, String operation) throws NotUnderstood {
    Element envelope;
    try {
      envelope = Xml.read(bytes);
    } catch (Xml.Malformed malformed) {
      throw new NotUnderstood("an answer that is no sound XML: " + malformed.getMessage());
    }
    if (!envelope.is(ENVELOPE, "Envelope")) {
      throw new NotUnderstood("an answer that is no SOAP envelope");
    }
    Element body =
        envelope.only("Body").orElseThrow(() -> new NotUnderstood("an envelope without a body"));
    if (body.children().size() != 1
        || !body.children().getFirst().is(SERVICE, operation + "Response")) {
      throw new NotUnderstood("an envelope with something else than the answer");
    }
    return body.children().getFirst();
  }

  /** The text of a child that must be there, of one line. */
  static String text(Element of, String name, int most) throws NotUnderstood {
    String text = of.only(name).map(child -> child.text().strip()).orElse("");
    if (text.isEmpty() || text.length() > most) {
      throw new NotUnderstood("an answer without a sound \"" + name + '"');
    }
    return Received.line(text);
  }

  /** The same, empty where it is not there. */
  static String optional(Element of, String name, int most) throws NotUnderstood {
    boolean absent = of.all(name).stream().allMatch(child -> child.text().isBlank());
    return absent ? "" : text(of, name, most);
  }
}
