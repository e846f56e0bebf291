package tongguan.exchange.json;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tongguan.record.Direction;
import tongguan.record.Fact;

/** The kinds of message that travel as JSON, each with its schema of the same name. */
public enum JsonKind {
  NX5105(m -> DeclarationMessage.facts(m, Direction.IMPORT)),
  NX5203(m -> DeclarationMessage.facts(m, Direction.EXPORT)),
  N5107(NoticeMessages::missing),
  N5110(NoticeMessages::dutyMemo),
  N5116(NoticeMessages::release),
  N5204(NoticeMessages::release),
  DECLARATION_REPLY(NoticeMessages::step),
  DISCHARGE_PERMIT(PermitMessage::facts),
  CONTAINER_MOVEMENT(MovementMessage::facts),
  EXAMINATION(CheckMessages::examination),
  BONDED_CHECK(CheckMessages::bondedCheck);

  /** How a message that fits its schema becomes facts. */
  @FunctionalInterface
  interface Mapping {
    List<Fact> facts(JsonMessage message);
  }

  private final String code = codeOf(name());
  private final Mapping mapping;

  JsonKind(Mapping mapping) {
    this.mapping = mapping;
  }

  /** The word that messages and schemas carry. */
  public String code() {
    return code;
  }

  List<Fact> facts(JsonMessage message) {
    return mapping.facts(message);
  }

  public static Optional<JsonKind> of(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
  }

  /** Customs' own message numbers are upper case, the words lower. */
  private static String codeOf(String name) {
    return name.startsWith("N5") || name.startsWith("NX")
        ? name
        : name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
