package tongguan.core;

import java.time.Instant;
import java.util.UUID;
import tongguan.base.Json;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * One act that an officer confirmed, to be carried out exactly once.
 *
 * @param key ours; the same order has the same key however often it is sent
 * @param officer the name at that core system of the officer on whose behalf it is sent
 * @param declaration its number in canonical form
 * @param act the word for it, as {@code release}
 * @param values what goes with the act, a JSON object
 * @param confirmedAt when the officer confirmed it
 */
public record Order(
    UUID key, String officer, String declaration, String act, String values, Instant confirmedAt) {

  /** All of it as JSON, for systems that take it so. */
  public byte[] json() {
    ObjectNode order = Json.MAPPER.createObjectNode();
    order.put("key", key.toString());
    order.put("officer", officer);
    order.put("declaration", declaration);
    order.put("act", act);
    order.putRawValue("values", new RawValue(values));
    order.put("confirmedAt", confirmedAt.toString());
    return Json.bytes(order);
  }
}
