package tongguan.simulator.core;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * One thing that an order brought about, as it is to be told.
 *
 * @param step as {@code declaration-reply} names it, or {@code documents-asked}, {@code
 *     duty-assessed}, {@code released}, {@code examination}
 * @param more what else there is to say of it
 */
record Happening(String declaration, String step, Instant at, JsonNode more) {
  String text(String name) {
    return more.path(name).asString("");
  }
}
