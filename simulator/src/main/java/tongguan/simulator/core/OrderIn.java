package tongguan.simulator.core;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** An order as it came in, whatever it was written in. */
record OrderIn(UUID key, String officer, String declaration, String act, JsonNode values) {
  /** From the JSON in which most systems take it. */
  static OrderIn of(JsonNode json) {
    return new OrderIn(
        UUID.fromString(json.path("key").asString("")),
        json.path("officer").asString(""),
        json.path("declaration").asString(""),
        json.path("act").asString(""),
        json.path("values"));
  }
}
