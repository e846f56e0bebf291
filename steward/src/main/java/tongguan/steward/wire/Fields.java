package tongguan.steward.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The header fields of a message, in their order. */
public final class Fields {
  /** What concerns one connection only (RFC 9110 §7.6.1). */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "content-length");

  private record Field(String name, String value) {}

  private final List<Field> fields = new ArrayList<>();

  /** Names and values as they were checked by {@link Head}, or of our own. */
  public Fields add(String name, String value) {
    fields.add(new Field(name, value));
    return this;
  }

  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /** All values put together, as a list of tokens in small letters. */
  public List<String> tokens(String name) {
    return all(name).stream()
        .flatMap(value -> java.util.Arrays.stream(value.split(",", -1)))
        .map(token -> token.strip().toLowerCase(Locale.ROOT))
        .filter(token -> !token.isEmpty())
        .toList();
  }

  public int size() {
    return fields.size();
  }

  /** Those that concern both ends: without those of this connection and those it names. */
  public Fields endToEnd(Set<String> alsoWithout) {
    Set<String> left = new HashSet<>(HOP_BY_HOP);
    left.addAll(tokens("connection"));
    left.addAll(alsoWithout);
    Fields kept = new Fields();
    for (Field field : fields) {
      if (!left.contains(field.name().toLowerCase(Locale.ROOT))) {
        kept.fields.add(field);
      }
    }
    return kept;
  }

  void appendTo(StringBuilder head) {
    for (Field field : fields) {
      head.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
  }
}
