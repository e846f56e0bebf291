package tongguan.exchange.json;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tongguan.exchange.message.Rejection;
import tools.jackson.databind.JsonNode;

/**
 * The published JSON Schemas (draft 2020-12), one per kind, and the judgement by them. They lie in
 * the jar; nothing is ever fetched.
 */
public final class Schemas {
  private static final String URN = "urn:tongguan:schema:";
  private static final List<String> SHARED = List.of("common", "envelope");

  private final Map<String, byte[]> published = new HashMap<>();
  private final Map<JsonKind, Schema> byKind = new EnumMap<>(JsonKind.class);

  public Schemas() {
    Stream.concat(SHARED.stream(), kinds().stream())
        .forEach(name -> published.put(name, load(name)));
    SchemaRegistry registry = registry();
    for (JsonKind kind : JsonKind.values()) {
      Schema schema = registry.getSchema(SchemaLocation.of(URN + kind.code()));
      schema.initializeValidators();
      byKind.put(kind, schema);
    }
  }

  private SchemaRegistry registry() {
    Dialect dialect = Dialect.builder(Dialects.getDraft202012()).formats(Formats.ALL).build();
    Map<String, String> texts = new HashMap<>();
    published.forEach(
        (name, bytes) -> texts.put(URN + name, new String(bytes, StandardCharsets.UTF_8)));
    return SchemaRegistry.withDialect(
        dialect,
        builder ->
            builder
                .schemas(texts)
                .schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  public List<String> kinds() {
    return Arrays.stream(JsonKind.values()).map(JsonKind::code).toList();
  }

  /** The schema as it is published, of a kind or of what kinds share. */
  public Optional<byte[]> published(String name) {
    return Optional.ofNullable(published.get(name)).map(byte[]::clone);
  }

  /** The first thing wrong with a message, or nothing. */
  Optional<Rejection> fault(JsonKind kind, JsonNode message) {
    Schema schema = byKind.get(kind);
    if (schema == null) {
      throw new IllegalStateException("every kind has a schema");
    }
    List<Error> errors = schema.validate(message);
    return errors.isEmpty() ? Optional.empty() : Optional.of(SchemaFault.of(errors.getFirst()));
  }

  private static byte[] load(String name) {
    try (InputStream in = Schemas.class.getResourceAsStream("/tongguan/schema/" + name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks the schema " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
