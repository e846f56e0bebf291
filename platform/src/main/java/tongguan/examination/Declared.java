package tongguan.examination;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The lines of a declaration, to hold against what is found. */
record Declared(Map<Integer, Item> items) {

  record Item(int line, @Nullable BigDecimal quantity, @Nullable String unit) {}

  /** From the record's own JSON. */
  static Declared of(JsonNode items) {
    Map<Integer, Item> lines = new LinkedHashMap<>();
    for (JsonNode item : items) {
      int line = item.path("line").asInt(0);
      lines.put(
          line,
          new Item(
              line,
              item.path("quantity").isNumber() ? item.path("quantity").decimalValue() : null,
              item.path("unit").stringValue(null)));
    }
    return new Declared(lines);
  }

  Optional<Item> line(int line) {
    return Optional.ofNullable(items.get(line));
  }
}
