package tongguan.exchange.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tongguan.record.key.BillKey;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.DeclarationNumber;
import tongguan.record.key.VoyageKey;
import tools.jackson.databind.JsonNode;

/**
 * The fields of an object that its schema has passed, so that each has its type and form. Reading a
 * field that the schema does not require must go through the methods that may give nothing.
 */
record Fields(JsonNode object) {

  String text(String name) {
    return required(name).stringValue();
  }

  String text(String name, String otherwise) {
    JsonNode node = object.get(name);
    return node == null ? otherwise : node.stringValue();
  }

  @Nullable String textOrNull(String name) {
    JsonNode node = object.get(name);
    return node == null ? null : node.stringValue();
  }

  @Nullable Boolean flagOrNull(String name) {
    JsonNode node = object.get(name);
    return node == null ? null : Boolean.valueOf(node.booleanValue());
  }

  @Nullable Integer countOrNull(String name) {
    JsonNode node = object.get(name);
    return node == null ? null : Integer.valueOf(node.decimalValue().intValueExact());
  }

  BigDecimal decimal(String name) {
    return decimalOf(required(name));
  }

  @Nullable BigDecimal decimalOrNull(String name) {
    JsonNode node = object.get(name);
    return node == null ? null : decimalOf(node);
  }

  private static BigDecimal decimalOf(JsonNode node) {
    return node.isString() ? new BigDecimal(node.stringValue()) : node.decimalValue();
  }

  @Nullable Instant timeOrNull(String name) {
    JsonNode node = object.get(name);
    return node == null ? null : OffsetDateTime.parse(node.stringValue()).toInstant();
  }

  Fields object(String name) {
    return new Fields(required(name));
  }

  Optional<Fields> optional(String name) {
    return Optional.ofNullable(object.get(name)).map(Fields::new);
  }

  /** What is made of each object of an array, nothing where there is none. */
  <T> List<T> list(String name, Function<Fields, T> each) {
    List<T> values = new ArrayList<>();
    object.path(name).forEach(node -> values.add(each.apply(new Fields(node))));
    return values;
  }

  List<String> texts(String name) {
    List<String> values = new ArrayList<>();
    object.path(name).forEach(node -> values.add(node.stringValue()));
    return values;
  }

  ContainerNumber container(String name) {
    return containerOf(text(name));
  }

  List<ContainerNumber> containers(String name) {
    return texts(name).stream().map(Fields::containerOf).distinct().toList();
  }

  private static ContainerNumber containerOf(String text) {
    return ContainerNumber.parse(text).orElseThrow();
  }

  DeclarationNumber declaration(String name) {
    return DeclarationNumber.parse(text(name)).orElseThrow();
  }

  @Nullable DeclarationNumber declarationOrNull(String name) {
    return object.has(name) ? declaration(name) : null;
  }

  List<DeclarationNumber> declarations(String name) {
    return texts(name).stream()
        .map(text -> DeclarationNumber.parse(text).orElseThrow())
        .distinct()
        .toList();
  }

  List<BillKey> bills(String name) {
    return list(name, Fields::bill).stream().distinct().toList();
  }

  @Nullable BillKey billOrNull(String name) {
    return optional(name).map(Fields::bill).orElse(null);
  }

  private BillKey bill() {
    return BillKey.of(text("master"), textOrNull("house")).orElseThrow();
  }

  @Nullable VoyageKey voyageOrNull(String name) {
    return optional(name).map(Fields::voyage).orElse(null);
  }

  /** This object as a voyage. */
  VoyageKey voyage() {
    return object.has("flight")
        ? VoyageKey.air(text("flight"), LocalDate.parse(text("date"))).orElseThrow()
        : VoyageKey.sea(text("imo"), text("voyageNumber")).orElseThrow();
  }

  private JsonNode required(String name) {
    JsonNode node = object.get(name);
    if (node == null) {
      throw new NoSuchElementException("the schema lets " + name + " be absent");
    }
    return node;
  }
}
