package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.OpenApi;
import tongguan.Platform;
import tongguan.base.Json;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Suite S6: each operation of the published API gets for each of its parameters and each member of
 * its body what nobody should send, from one who may use it. Whatever it answers is one of the
 * statuses that it declares, never a failure of the platform; a refusal is a problem that fits its
 * schema and tells nothing of the inside.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractHttpTest {
  private static final int ALL = Integer.MAX_VALUE;
  private static final int LANES = 8;

  /** They end or lock the session that asks, or never end themselves. */
  private static final Set<String> LEFT_OUT =
      Set.of("POST /api/v1/logout", "POST /api/v1/session/lock");

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1e400",
          "99999999999999999999999",
          "0x41",
          "NaN",
          "true",
          "null",
          "[]",
          "{}",
          "[[[[[[[[",
          ",,,",
          "'; drop table identity.account;--",
          "\" or 1=1",
          "\\",
          "%",
          "%25%00",
          "\u0000",
          "\r\nX-Injected: yes",
          "../../../etc/passwd",
          "<script>alert(1)</script>",
          "${jndi:ldap://127.0.0.1/x}",
          "{{7*7}}",
          "=1+1",
          "\u202etxt.exe",
          "\u200b",
          "ａｄｍｉｎ",
          "🚢🚢",
          "2026-13-45",
          "9999999-12-31T23:59:60Z",
          "00000000-0000-0000-0000-000000000000",
          "AAAA====",
          "x".repeat(3_000));

  private final OpenApi openApi = new OpenApi();
  private Platform platform;
  private SignedIn officer;

  @BeforeAll
  void start() {
    DatabaseUrl url = TestDatabase.empty();
    platform = new Platform(url, url, 0, Clock.systemUTC());
    platform.start();
    TestDatabase.execute(url, "update identity.role set second_factor = false");
    TestDatabase.execute(
        url, "update identity.policy set most = 100000, value = 100000 where code = 'guess-limit'");
    SignedIn.account(platform, "fuzz", "HQ", 2, "headquarters-administrator", "all");
    officer = SignedIn.stranger(platform, "fuzz").in();
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  @Test
  void s6whatNobodyShouldSendIsRefusedWithAWordAndHarmsNothing() throws Exception {
    ask(2);
  }

  @Tag("slow")
  @Test
  void s6everyParameterOfEveryOperationGetsEachOfThem() throws Exception {
    ask(ALL);
  }

  /** One request, and what may be answered. */
  private record Question(String name, JsonNode operation, String path, String body) {
    boolean isGet() {
      return name.startsWith("GET ");
    }
  }

  private void ask(int variants) throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed: " + seed);
    List<Question> questions = questions(new Random(seed), variants);
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
      for (Question question : questions) {
        lanes.submit(() -> {
          try {
            wrong.addAll(faults(question));
          } catch (RuntimeException | AssertionError broken) {
            wrong.add(question + " " + broken);
          }
        });
      }
    }
    System.out.println(questions.size() + " requests");
    assertThat(wrong.stream().limit(20)).isEmpty();
    assertThat(officer.get("/api/v1/me").statusCode()).as("still in").isEqualTo(200);
  }

  private List<Question> questions(Random random, int variants) {
    List<Question> questions = new ArrayList<>();
    openApi
        .operations()
        .forEach((name, operation) -> {
          String path = name.substring(name.indexOf(' ') + 1);
          if (LEFT_OUT.contains(name) || streams(operation)) {
            return;
          }
          String plain = path.replaceAll("\\{[^}]*\\}", "none");
          operation
              .path("parameters")
              .forEach(reference -> {
                JsonNode parameter = openApi.resolved(reference);
                String own = parameter.path("name").stringValue();
                for (String text : some(random, variants)) {
                  String coded =
                      URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
                  switch (parameter.path("in").stringValue()) {
                    case "query" ->
                        questions.add(
                            new Question(name, operation, plain + '?' + own + '=' + coded, "{}"));
                    case "path" ->
                        questions.add(
                            new Question(
                                name,
                                operation,
                                path.replaceAll(
                                        "\\{\\+?" + own + "\\}", coded.isEmpty() ? "%20" : coded)
                                    .replaceAll("\\{[^}]*\\}", "none"),
                                "{}"));
                    default -> {}
                  }
                }
              });
          members(operation)
              .forEach(member -> {
                for (String text : some(random, variants)) {
                  questions.add(new Question(name, operation, plain, body(member, text)));
                }
              });
        });
    return questions;
  }

  private static List<String> some(Random random, int variants) {
    List<String> texts = new ArrayList<>(TEXTS);
    Collections.shuffle(texts, random);
    return texts.subList(0, Math.min(variants, texts.size()));
  }

  private static boolean streams(JsonNode operation) {
    return operation.path("responses").toString().contains("text/event-stream");
  }

  private List<String> members(JsonNode operation) {
    JsonNode content =
        openApi.resolved(operation.path("requestBody")).at("/content/application~1json/schema");
    List<String> members = new ArrayList<>();
    openApi.resolved(content).path("properties").forEachEntry((name, schema) -> members.add(name));
    return members;
  }

  /** As text, and where it is JSON by itself as that. */
  private static String body(String member, String text) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put(member, text);
    boolean bare =
        Set.of("0", "-1", "1e400", "99999999999999999999999", "true", "null", "[]", "{}")
            .contains(text);
    return bare ? "{\"" + member + "\":" + text + '}' : Json.text(body);
  }

  private List<String> faults(Question question) {
    HttpResponse<String> response =
        question.isGet()
            ? officer.get(question.path())
            : officer.post(question.path(), question.body());
    int status = response.statusCode();
    List<String> faults = new ArrayList<>();
    String about =
        question.name() + ' ' + question.path() + ' ' + question.body() + " -> " + status;
    if (status >= 500) {
      faults.add(about + ' ' + response.body());
    }
    JsonNode declared = question.operation().path("responses");
    // What the web server refuses, any may get; a slash in a path makes it that of another one.
    if (!declared.has(String.valueOf(status))
        && !Set.of(400, 404, 405, 414, 431).contains(status)) {
      faults.add(about + " is not declared");
    }
    if (status >= 400) {
      faults.addAll(
          openApi.faults("Problem", SignedIn.json(response)).stream()
              .map(fault -> about + ' ' + fault)
              .toList());
    }
    if (response.body().contains("tongguan.") || response.body().contains("org.postgresql")) {
      faults.add(about + " tells of the inside");
    }
    return faults;
  }
}
