package tongguan.steward.control;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tongguan.steward.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the platform wants of this device. An interface that it does not name is shut while the
 * device is locked, and so are all of them while there is no policy.
 *
 * @param revision which the platform knows it by; 0 where there is none
 * @param lockHours and {@code wipeDays}: the dead-man's rule; 0 where the policy does not say
 * @param idleSeconds after which an idle desktop locks; 0 for never
 * @param position whether reports may say where the device is; empty where it does not say
 */
public record Policy(
    long revision,
    Map<String, Rule> interfaces,
    long lockHours,
    long wipeDays,
    long idleSeconds,
    Optional<Boolean> position) {
  public static final Policy ALL_SHUT = of(Map.of());

  /** When an interface is shut. */
  public enum Rule {
    /** While the device is locked. */
    LOCK,
    /** Never. */
    OPEN,
    /** Always, also with an officer in. */
    SHUT
  }

  public Policy {
    interfaces = Map.copyOf(interfaces);
  }

  /** One of interfaces alone. */
  public static Policy of(Map<String, Rule> interfaces) {
    return new Policy(0, interfaces, 0, 0, 0, Optional.empty());
  }

  /** For this interface, while the device is locked or while it is open. */
  public boolean shuts(String control, boolean locked) {
    return switch (interfaces.getOrDefault(control, Rule.LOCK)) {
      case LOCK -> locked;
      case OPEN -> false;
      case SHUT -> true;
    };
  }

  /**
   * {@code {"interfaces":{"network":"lock","usb-printer":"open","usb-storage":"shut"}}} and the
   * rest; any other word is refused.
   */
  public static Policy parse(String json) throws Json.Malformed {
    JsonNode policy = Json.read(json);
    JsonNode interfaces = policy.path("interfaces");
    if (!interfaces.isObject()) {
      throw new Json.Malformed("no object \"interfaces\"");
    }
    Map<String, Rule> rules = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : interfaces.properties()) {
      rules.put(entry.getKey(), rule(entry.getKey(), entry.getValue().asString("")));
    }
    return new Policy(
        count(policy, "revision"),
        rules,
        count(policy, "lockHours"),
        count(policy, "wipeDays"),
        count(policy, "idleSeconds"),
        position(policy));
  }

  private static Rule rule(String name, String word) throws Json.Malformed {
    return switch (word) {
      case "lock" -> Rule.LOCK;
      case "open" -> Rule.OPEN;
      case "shut" -> Rule.SHUT;
      default -> throw new Json.Malformed(name + " is neither \"lock\" nor \"open\" nor \"shut\"");
    };
  }

  private static long count(JsonNode policy, String name) throws Json.Malformed {
    long count = Json.number(policy, name, 0);
    if (count < 0) {
      throw new Json.Malformed(name + " is below 0");
    }
    return count;
  }

  private static Optional<Boolean> position(JsonNode policy) throws Json.Malformed {
    JsonNode position = policy.path("position");
    if (position.isMissingNode()) {
      return Optional.empty();
    }
    if (!position.isBoolean()) {
      throw new Json.Malformed("position is neither true nor false");
    }
    return Optional.of(position.booleanValue());
  }

  public String json() {
    ObjectNode policy = Json.object();
    policy.put("revision", revision);
    ObjectNode words = policy.putObject("interfaces");
    interfaces.forEach((name, rule) -> words.put(name, rule.name().toLowerCase(Locale.ROOT)));
    policy.put("lockHours", lockHours);
    policy.put("wipeDays", wipeDays);
    policy.put("idleSeconds", idleSeconds);
    position.ifPresent(allowed -> policy.put("position", allowed));
    return Json.write(policy);
  }
}
