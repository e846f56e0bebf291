package tongguan;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tongguan.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The published description of the API, for tests that hold the platform against it. */
public final class OpenApi {
  private static final String URN = "urn:tongguan:openapi";
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  public final JsonNode document;
  private final SchemaRegistry registry;

  public OpenApi() {
    this.document = load();
    ObjectNode definitions = Json.MAPPER.createObjectNode();
    definitions.put("$id", URN);
    definitions.set("$defs", document.at("/components/schemas"));
    String text = Json.text(definitions).replace("#/components/schemas/", "#/$defs/");
    this.registry =
        SchemaRegistry.withDialect(
            Dialects.getDraft202012(),
            builder ->
                builder
                    .schemas(Map.of(URN, text))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  private static JsonNode load() {
    try (InputStream in = OpenApi.class.getResourceAsStream("/tongguan/openapi.json")) {
      return Json.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Json.Malformed e) {
      throw new AssertionError(e);
    }
  }

  /** By method and path, as "GET /api/v1/me". */
  public Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    document
        .path("paths")
        .forEachEntry((path, item) ->
            item.forEachEntry((method, operation) -> {
              if (METHODS.contains(method)) {
                operations.put(method.toUpperCase(Locale.ROOT) + " " + path, operation);
              }
            }));
    return operations;
  }

  /** A part that is named by {@code $ref}, or the part itself. */
  public JsonNode resolved(JsonNode part) {
    return part.has("$ref") ? document.at(part.path("$ref").stringValue().substring(1)) : part;
  }

  /** What is wrong with a value by the schema of that name; nothing when all is well. */
  public List<String> faults(String schema, JsonNode value) {
    Schema compiled = registry.getSchema(SchemaLocation.of(URN + "#/$defs/" + schema));
    return compiled.validate(value).stream().map(Error::toString).toList();
  }
}
