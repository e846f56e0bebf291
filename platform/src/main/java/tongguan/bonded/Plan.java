package tongguan.bonded;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tongguan.access.operation.Input;
import tongguan.base.Limits;
import tongguan.record.key.CompanyNumber;
import tools.jackson.databind.JsonNode;

/**
 * What is to be checked: where, when, by whom, and what the books say that there is.
 *
 * @param officer the account's name of whoever goes there
 */
record Plan(
    Premises premises, String company, LocalDate plannedFor, String officer, List<Item> items) {
  private static final Set<String> KINDS = Set.of("factory", "warehouse", "free-port");

  /** A bonded place; the second letter of its number is the district that watches it. */
  record Premises(String number, String name, String kind) {}

  /** One line of the books. */
  record Item(String code, String description, String unit, BigDecimal book) {}

  static Plan of(JsonNode input) {
    String number = Input.text(input, "premises", 20);
    if (!number.matches("[A-Z][A-D][0-9][A-Z0-9]{1,12}")) {
      throw Input.refused("premises", "number of bonded premises");
    }
    String kind = Input.text(input, "kind", 20);
    if (!KINDS.contains(kind)) {
      throw Input.refused("kind", "factory, warehouse or free-port");
    }
    String company = Input.text(input, "company", 8);
    if (CompanyNumber.parse(company).isEmpty()) {
      throw Input.refused("company", "company number of eight digits");
    }
    return new Plan(
        new Premises(number, Input.text(input, "name", 100), kind),
        company,
        day(input),
        Input.text(input, "officer", 60),
        items(input.path("items")));
  }

  private static LocalDate day(JsonNode input) {
    try {
      return LocalDate.parse(Input.text(input, "plannedFor", 10));
    } catch (DateTimeParseException notADay) {
      throw Input.refused("plannedFor", "day, as 2026-11-25");
    }
  }

  private static List<Item> items(JsonNode list) {
    if (!list.isArray() || list.isEmpty() || list.size() > Limits.BONDED_ITEMS) {
      throw Input.refused("items", "list of 1 to " + Limits.BONDED_ITEMS);
    }
    List<Item> items = new ArrayList<>();
    Set<String> codes = new HashSet<>();
    for (JsonNode one : list) {
      Item item =
          new Item(
              Input.text(one, "code", 40),
              Input.text(one, "description", 200),
              Input.text(one, "unit", 10),
              quantity(one, "book"));
      if (!codes.add(item.code())) {
        throw Input.refused("items.code", "each code once: " + item.code());
      }
      items.add(item);
    }
    return List.copyOf(items);
  }

  /** A number as text, so that it comes as it was typed. */
  static BigDecimal quantity(JsonNode in, String member) {
    String text = in.path(member).stringValue("");
    if (!text.matches("[0-9]{1,11}(\\.[0-9]{1,6})?")) {
      throw Input.refused(
          member, "number that is not negative, as text, with at most six decimals");
    }
    return new BigDecimal(text);
  }
}
