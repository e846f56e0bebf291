package tongguan.field;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tongguan.access.operation.Input;
import tongguan.base.Json;
import tongguan.base.Limits;
import tools.jackson.databind.JsonNode;

/**
 * One thing that an officer did without a network.
 *
 * @param id drawn on the device: its idempotency key
 * @param sequence the device's own count, which says what was done first
 * @param kind the name of the operation
 * @param base the version of the record that the officer saw
 * @param madeAt by the device's clock, which decides nothing
 * @param body the parameters of the operation's path, and its input
 */
record Item(UUID id, long sequence, String kind, String base, Instant madeAt, JsonNode body) {
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_PARAMETER = 200;
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  /**
   * Reads a bundle. What is wrong with one item alone is found out when it is judged, so that the
   * others go on; refused as a whole is what has no order.
   */
  static List<Item> of(JsonNode input) {
    JsonNode list = input.path("items");
    if (!list.isArray() || list.isEmpty() || list.size() > Limits.BUNDLE_ITEMS) {
      throw Input.refused("items", "list of 1 to " + Limits.BUNDLE_ITEMS);
    }
    List<Item> items = new ArrayList<>();
    Set<UUID> ids = new HashSet<>();
    for (JsonNode node : list) {
      Item item = one(node);
      if (!ids.add(item.id())
          || (!items.isEmpty() && items.getLast().sequence() >= item.sequence())) {
        throw Input.refused("items", "each once, in the order of their sequence");
      }
      items.add(item);
    }
    return items;
  }

  private static Item one(JsonNode node) {
    UUID id = Input.id(Input.text(node, "id", LONGEST_NAME), () -> Input.refused("id", "a UUID"));
    JsonNode sequence = node.path("sequence");
    if (!sequence.canConvertToLong() || !sequence.isIntegralNumber() || sequence.longValue() < 1) {
      throw Input.refused("sequence", "number from 1");
    }
    if (!node.path("body").isObject()) {
      throw Input.refused("body", "object");
    }
    return new Item(
        id,
        sequence.longValue(),
        Input.text(node, "kind", LONGEST_NAME),
        Input.optionalText(node, "base", LONGEST_NAME).orElse(""),
        moment(Input.text(node, "madeAt", LONGEST_NAME)),
        node.path("body"));
  }

  private static Instant moment(String text) {
    try {
      Instant moment = Instant.parse(text);
      if (moment.isAfter(Instant.EPOCH) && moment.isBefore(LATEST)) {
        return moment;
      }
    } catch (DateTimeException notAMoment) {
      // answered below like one that no clock shows
    }
    throw Input.refused("madeAt", "moment of RFC 3339 in UTC");
  }

  /** Of the operation's path. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    body.path("parameters")
        .properties()
        .forEach(member -> {
          if (!member.getValue().isString()
              || member.getValue().stringValue().length() > LONGEST_PARAMETER) {
            throw Input.refused(member.getKey(), "text of at most " + LONGEST_PARAMETER);
          }
          parameters.put(member.getKey(), member.getValue().stringValue());
        });
    return parameters;
  }

  JsonNode input() {
    if (!body.path("input").isObject()) {
      throw Input.refused("input", "object");
    }
    return body.path("input");
  }

  /** What tells it from another one under the same id. */
  byte[] fingerprint() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(Json.bytes(List.of(kind, base, body)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
