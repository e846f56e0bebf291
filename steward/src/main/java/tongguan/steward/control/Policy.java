package tongguan.steward.control;

import java.util.LinkedHashMap;
import java.util.Map;
import tongguan.steward.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which interfaces are shut while the device is locked. What a policy does not name is shut, and so
 * is everything while there is no policy.
 */
public record Policy(Map<String, Boolean> interfaces) {
  public static final Policy ALL_SHUT = new Policy(Map.of());

  public Policy {
    interfaces = Map.copyOf(interfaces);
  }

  public boolean shuts(String control) {
    return interfaces.getOrDefault(control, true);
  }

  /** {@code {"interfaces":{"network":"lock","usb-printer":"open"}}}; any other word is refused. */
  public static Policy parse(String json) throws Json.Malformed {
    JsonNode interfaces = Json.read(json).path("interfaces");
    if (!interfaces.isObject()) {
      throw new Json.Malformed("no object \"interfaces\"");
    }
    Map<String, Boolean> shut = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : interfaces.properties()) {
      switch (entry.getValue().asString("")) {
        case "lock" -> shut.put(entry.getKey(), true);
        case "open" -> shut.put(entry.getKey(), false);
        default -> throw new Json.Malformed(entry.getKey() + " is neither \"lock\" nor \"open\"");
      }
    }
    return new Policy(shut);
  }

  public String json() {
    ObjectNode words = Json.object();
    interfaces.forEach((name, shut) -> words.put(name, shut ? "lock" : "open"));
    ObjectNode policy = Json.object();
    policy.set("interfaces", words);
    return Json.write(policy);
  }
}
