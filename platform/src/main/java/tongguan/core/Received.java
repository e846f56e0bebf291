package tongguan.core;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import tongguan.base.Json;
import tongguan.base.Limits;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object that a core system sent, read member by member; nothing of it is taken on trust.
 */
public final class Received {
  private final JsonNode object;

  private Received(JsonNode object) {
    this.object = object;
  }

  public static Received of(byte[] utf8) throws NotUnderstood {
    try {
      JsonNode node = Json.read(utf8);
      if (node.isObject()) {
        return new Received(node);
      }
    } catch (Json.Malformed malformed) {
      // answered below
    }
    throw new NotUnderstood("an answer that is no JSON object");
  }

  /** A text that must be there, of one line. */
  public String text(String name, int most) throws NotUnderstood {
    JsonNode node = object.path(name);
    if (!node.isString() || node.stringValue().length() > most || node.stringValue().isEmpty()) {
      throw new NotUnderstood("an answer without a sound \"" + name + '"');
    }
    return line(node.stringValue());
  }

  /** The same, empty where it is not there. */
  public String optional(String name, int most) throws NotUnderstood {
    JsonNode node = object.path(name);
    return node.isMissingNode() || node.isNull() || node.isString() && node.stringValue().isEmpty()
        ? ""
        : text(name, most);
  }

  public Instant moment(String name) throws NotUnderstood {
    return moment(text(name, 40), name);
  }

  public static Instant moment(String text, String name) throws NotUnderstood {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notOne) {
      throw new NotUnderstood("an answer whose \"" + name + "\" is no moment");
    }
  }

  public boolean has(String name) {
    return object.has(name);
  }

  /** All of it. */
  public String whole() {
    return object.toString();
  }

  /** An object as it came. */
  public String object(String name) throws NotUnderstood {
    JsonNode node = object.path(name);
    if (!node.isObject()) {
      throw new NotUnderstood("an answer without the object \"" + name + '"');
    }
    return node.toString();
  }

  /** The objects of a list, each as one JSON text: the same text whenever they are sent again. */
  public List<String> objects(String name, int most) throws NotUnderstood {
    JsonNode list = object.path(name);
    if (!list.isArray() || list.size() > most) {
      throw new NotUnderstood("an answer without a sound list \"" + name + '"');
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode one : list) {
      if (!one.isObject()) {
        throw new NotUnderstood("a list \"" + name + "\" of other things than objects");
      }
      texts.add(one.toString());
    }
    return texts;
  }

  /** What an answer says of an order. */
  public OrderState order() throws NotUnderstood {
    return new OrderState(
        text("key", 36),
        optional("declaration", 20),
        text("state", 20),
        optional("reference", Limits.CORE_CODE_CHARACTERS),
        optional("code", Limits.CORE_CODE_CHARACTERS),
        optional("text", Limits.CORE_TEXT_CHARACTERS));
  }

  /** Refuses an answer to a look-up that is about another record than was asked for. */
  public void requireAbout(Query query) throws NotUnderstood {
    if (!text(query.kind(), 100).equals(query.key())) {
      throw NotUnderstood.aboutAnother(query.kind());
    }
  }

  /** Messages behind a cursor, each as it is to be stored. */
  public Events.Told told(String since) throws NotUnderstood {
    return told(objects("events", Limits.CORE_EVENTS), text("cursor", 100), since);
  }

  public static Events.Told told(List<String> messages, String cursor, String since)
      throws NotUnderstood {
    List<Events.Body> bodies = messages.stream().map(Events.Body::json).toList();
    if (bodies.isEmpty() ? !cursor.equals(since) && !since.isEmpty() : cursor.equals(since)) {
      throw new NotUnderstood("events that do not fit their cursor");
    }
    return new Events.Told(bodies, cursor);
  }

  public SignedIn.In signedIn() throws NotUnderstood {
    return new SignedIn.In(text("token", 500), text("user", 100), moment("until"));
  }

  /** Control characters would break a line of the log or of a page. */
  public static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }
}
