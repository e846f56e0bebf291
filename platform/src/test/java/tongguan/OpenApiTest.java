package tongguan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.base.http.Route;
import tools.jackson.databind.JsonNode;

/** What is published is what is mounted, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
  private final OpenApi openApi = new OpenApi();
  private Map<String, Route> routes = Map.of();

  @BeforeAll
  void mount() {
    DatabaseUrl url = TestDatabase.empty();
    try (Platform platform = new Platform(url, url, 0, Clock.systemUTC())) {
      routes =
          platform.routes().stream()
              .collect(Collectors.toMap(OpenApiTest::name, Function.identity()));
    }
  }

  private static String name(Route route) {
    return route.method() + ' ' + route.path().replace("{+", "{");
  }

  @Test
  void everyRouteIsPublishedAndEveryPublishedOperationIsMounted() {
    assertThat(openApi.operations().keySet()).isEqualTo(new TreeSet<>(routes.keySet()));
  }

  @Test
  void permissionLimitAndMediaTypesAreThoseOfTheRoute() {
    openApi
        .operations()
        .forEach((name, operation) -> {
          Route route = Objects.requireNonNull(routes.get(name), name);
          assertThat(operation.path("x-permission").stringValue()).as(name).isEqualTo(route.need());
          assertThat(operation.path("x-body-limit").longValue())
              .as(name)
              .isEqualTo(route.bodyBytes());
          assertThat(types(operation.path("requestBody"))).as(name).isEqualTo(route.consumes());
          assertThat(types(good(operation))).as(name).isEqualTo(route.produces());
        });
  }

  /** What a browser that is led on gets instead of 200. */
  private JsonNode good(JsonNode operation) {
    JsonNode led = operation.at("/responses/303");
    return led.isMissingNode() ? operation.at("/responses/200") : openApi.resolved(led);
  }

  private static Set<String> types(JsonNode part) {
    return Set.copyOf(part.path("content").propertyNames());
  }

  @Test
  void everyOperationNamesTheRefusalsThatItCanGive() {
    openApi
        .operations()
        .forEach((name, operation) -> {
          Set<String> expected = new HashSet<>(Set.of("400", "403", "406", "500", "503"));
          expected.add(
              Stream.of("303", "204")
                  .filter(status -> operation.path("responses").has(status))
                  .findFirst()
                  .orElse("200"));
          if (!name.startsWith("GET")) {
            expected.add("411");
          }
          if (operation.has("requestBody")) {
            expected.addAll(Set.of("413", "415"));
          }
          if (name.contains("{")) {
            expected.add("404");
          }
          assertThat(operation.path("responses").propertyNames()).as(name).containsAll(expected);
        });
  }

  @Test
  void everyRefusalIsAProblem() {
    openApi
        .operations()
        .forEach((name, operation) ->
            operation
                .path("responses")
                .forEachEntry((status, response) -> {
                  if (Integer.parseInt(status) >= 400) {
                    assertThat(types(openApi.resolved(response)))
                        .as(name + " " + status)
                        .containsExactly("application/problem+json");
                  }
                }));
  }

  @Test
  void parametersOfThePathAreDeclaredAndAllNamesAreUnique() {
    openApi
        .operations()
        .forEach((name, operation) -> {
          List<String> declared =
              operation
                  .path("parameters")
                  .valueStream()
                  .map(openApi::resolved)
                  .filter(parameter -> parameter.path("in").stringValue().equals("path"))
                  .map(parameter -> '{' + parameter.path("name").stringValue() + '}')
                  .toList();
          List<String> inPath =
              Stream.of(name.split("/")).filter(segment -> segment.startsWith("{")).toList();
          assertThat(declared).as(name).isEqualTo(inPath);
        });
    assertThat(
            openApi.operations().values().stream()
                .map(operation -> operation.path("operationId").stringValue()))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyReferenceLeadsSomewhereAndEverySchemaIsUsed() {
    Set<String> references = new HashSet<>();
    collect(openApi.document, references);

    assertThat(references)
        .allSatisfy(reference ->
            assertThat(openApi.document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    assertThat(openApi.document.at("/components/schemas").propertyNames())
        .allSatisfy(name -> assertThat(references).contains("#/components/schemas/" + name));
  }

  private static void collect(JsonNode node, Set<String> references) {
    if (node.has("$ref")) {
      references.add(node.path("$ref").stringValue());
    }
    node.forEach(child -> collect(child, references));
  }
}
