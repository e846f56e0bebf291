package tongguan.simulator.core;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Another agency: SOAP 1.1, for clients that show a name and a password. */
final class AgencyPeer extends HttpsPeer {
  private static final String USER = "tongguan";
  private static final String SPACE = "urn:tongguan:core-system:1";

  private final Service service;
  private final Path passwordFile;
  private final String authorization;

  AgencyPeer(Parts parts, Clock clock) throws IOException, GeneralSecurityException {
    super(parts, false);
    this.service = new Service(parts.books(), parts.accounts(), clock);
    this.passwordFile = parts.data().resolve("platform.password");
    if (!Files.exists(passwordFile)) {
      Files.writeString(passwordFile, Accounts.random());
    }
    String login = USER + ':' + Files.readString(passwordFile).strip();
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code SignIn} is told to be {@code sign-in}. */
  @Override
  String operation(HttpExchange exchange, byte[] body) {
    String name = request(body).getOrDefault("", "");
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  Reply reply(HttpExchange exchange, String operation, byte[] body) throws IOException {
    if (!authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return new Reply(401, Json.object());
    }
    Map<String, String> in = request(body);
    return switch (operation) {
      case "sign-in" ->
          service.signIn(in.getOrDefault("user", ""), in.getOrDefault("password", ""));
      case "sign-out" -> service.signOut(in.getOrDefault("token", ""));
      case "query" ->
          service.query(
              in.getOrDefault("token", ""),
              in.getOrDefault("kind", ""),
              in.getOrDefault("key", ""));
      case "submit" -> service.submit(order(in));
      case "ask" -> service.ask(UUID.fromString(in.getOrDefault("key", "")));
      case "events" ->
          service.events(
              in.getOrDefault("after", ""), Integer.parseInt(in.getOrDefault("limit", "100")));
      default -> new Reply(500, Json.object());
    };
  }

  private static OrderIn order(Map<String, String> in) {
    return new OrderIn(
        UUID.fromString(in.getOrDefault("key", "")),
        in.getOrDefault("officer", ""),
        in.getOrDefault("declaration", ""),
        in.getOrDefault("act", ""),
        Json.read(in.getOrDefault("values", "{}")));
  }

  /** The members of the request by name; the operation's name under the empty one. */
  private static Map<String, String> request(byte[] body) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    Map<String, String> members = new HashMap<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(body));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT
            && SPACE.equals(reader.getNamespaceURI())) {
          String name = reader.getLocalName();
          if (members.containsKey("")) {
            members.put(name, reader.getElementText());
          } else {
            members.put("", name);
          }
        }
      }
    } catch (XMLStreamException malformed) {
      throw new IllegalArgumentException("not XML", malformed);
    }
    return members;
  }

  @Override
  byte[] written(String operation, Reply reply) {
    StringBuilder name = new StringBuilder();
    for (String word : operation.split("-", -1)) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    xml.append("<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>");
    if (reply.status() >= 500 || reply.status() == 401 && reply.body().isEmpty()) {
      xml.append("<e:Fault><faultcode>e:Server</faultcode><faultstring>failed</faultstring>");
      xml.append("</e:Fault>");
    } else {
      xml.append("<c:").append(name).append("Response xmlns:c=\"").append(SPACE).append("\">");
      members(xml, reply.body());
      xml.append("</c:").append(name).append("Response>");
    }
    return xml.append("</e:Body></e:Envelope>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void members(StringBuilder xml, JsonNode body) {
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      JsonNode value = member.getValue();
      if (value.isArray()) {
        value.forEach(one -> element(xml, "event", escaped(one.toString())));
      } else if (value.isObject()) {
        StringBuilder inner = new StringBuilder();
        members(inner, value);
        element(xml, member.getKey(), inner.toString());
      } else if (!value.asString("").isEmpty()) {
        element(xml, member.getKey(), escaped(value.asString("")));
      }
    }
  }

  private static void element(StringBuilder xml, String name, String content) {
    xml.append("<c:").append(name).append('>').append(content);
    xml.append("</c:").append(name).append('>');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** SOAP has one status for answers and one for faults (SOAP 1.1 §6.2). */
  @Override
  int status(Reply reply) {
    return reply.status() >= 500 || reply.status() == 401 && reply.body().isEmpty() ? 500 : 200;
  }

  @Override
  String mediaType() {
    return "text/xml; charset=utf-8";
  }

  @Override
  public ObjectNode connection() {
    return Json.object()
        .put("url", "https://localhost:" + door().port() + "/soap")
        .put("caFile", certificates.file("ca.pem").toString())
        .put("user", USER)
        .put("passwordFile", passwordFile.toString());
  }
}
