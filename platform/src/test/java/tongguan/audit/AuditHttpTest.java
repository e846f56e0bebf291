package tongguan.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.OpenApi;
import tongguan.base.Ids;
import tongguan.base.Json;
import tongguan.base.http.StaticClient;
import tongguan.base.http.Traffic;
import tongguan.base.http.Viewer;
import tongguan.base.http.WebHost;
import tools.jackson.databind.JsonNode;

/** Reading the log over HTTP: each filter, page by page, as CSV, with its proofs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditHttpTest {
  private static final String LIN = "018f3f3e-0000-7000-8000-000000000001";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final OpenApi openApi = new OpenApi();
  private AuditLog log;
  private WebHost host;

  @BeforeAll
  void start() {
    log = AuditLog.open();
    log.openFolder();
    for (int i = 0; i < 3_000; i++) {
      log.audit.write(log.entry("query").found(i));
    }
    Actor stranger = new Actor("", "=HYPERLINK(\"x\")\n;admin", "", "PDA-7", "192.0.2.66", "");
    log.audit.write(Entry.refused("login", "unknown", stranger, "c-2"));
    Actor chen =
        new Actor(
            "018f3f3e-0000-7000-8000-000000000002", "chen", "BD20", "PDA-7", "192.0.2.8", "s2");
    log.audit.write(
        Entry.done("account.unlock", chen, "account:" + LIN, "c-3").with(Map.of("reason", "來電確認")));
    log.seal();
    log.asSuperuser("analyze audit.entry");
    host =
        new WebHost(
            0,
            new AuditRoutes(
                    log.audit,
                    log.database,
                    (call, permission) ->
                        new AuditRoutes.Reader(
                            new Actor(
                                "018f3f3e-0000-7000-8000-00000000000a", "auditor", "", "", "", ""),
                            call.header("Reach").map(List::of)))
                .routes(),
            new StaticClient(),
            (call, route) -> new Auditor(),
            new Ids(Clock.systemUTC()),
            new Traffic(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
    host.start();
  }

  @AfterAll
  void stop() {
    host.close();
    log.close();
  }

  @ParameterizedTest
  @CsvSource({
    "person=chen, account.unlock",
    "person=018f3f3e-0000-7000-8000-000000000002, account.unlock",
    "unit=BD20, account.unlock",
    "record=account:" + LIN + ", account.unlock",
    "act=account.unlock, account.unlock",
    "device=PDA-7&outcome=done, account.unlock",
    "outcome=refused, login",
    "act=login, login"
  })
  void eachFilterFindsWhatItIsFor(String query, String act) {
    JsonNode page = json("/api/v1/audit?" + query);

    assertThat(openApi.faults("AuditPage", page)).isEmpty();
    assertThat(page.path("items").valueStream().map(item -> item.path("act").stringValue()))
        .containsExactly(act);
  }

  @Test
  void aNameIsFoundAsItWasTyped() {
    String typed = URLEncoder.encode("=HYPERLINK(\"x\")\n;admin", StandardCharsets.UTF_8);

    JsonNode found = json("/api/v1/audit?person=" + typed).path("items");

    assertThat(found.size()).isEqualTo(1);
    assertThat(found.path(0).path("name").stringValue()).isEqualTo("=HYPERLINK(\"x\")\\u{a};admin");
  }

  @Test
  void pagesGoThroughAllOfItOnceWhileMoreIsWritten() {
    List<Long> places = new ArrayList<>();
    String path = "/api/v1/audit?record=container:CSQU3054383&limit=200";
    String next = "";
    do {
      JsonNode page = json(path + next);
      page.path("items").forEach(item -> places.add(item.path("seq").longValue()));
      log.audit.write(log.entry("query.other").about("container:OTHER"));
      next = page.path("next").isNull() ? "" : "&after=" + page.path("next").stringValue();
    } while (!next.isEmpty());

    assertThat(places)
        .hasSize(3_000)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void timesBoundTheListAndDoNotReadTheRest() {
    String today =
        log.column("select to_char(now() at time zone 'Asia/Taipei', 'YYYY-MM-DD')").getFirst();

    assertThat(json("/api/v1/audit?from=2020-01-01&to=2020-01-02").path("items").size()).isZero();
    assertThat(json("/api/v1/audit?from=2020-01-01&limit=3").path("items").size()).isEqualTo(3);
    assertThat(json("/api/v1/audit?limit=3&from=" + today).path("items").size()).isEqualTo(3);
    assertThat(json("/api/v1/audit?limit=3&to=" + today).path("items").size()).isZero();
    assertThat(json("/api/v1/audit?limit=3&from=2099-01-01").path("items").size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "person=chen, name",
    "person=018f3f3e-0000-7000-8000-000000000002, account",
    "unit=BD20, unit",
    "device=PDA-7, device",
    "record=r, record",
    "act=login, act",
    "act=query, order",
    "outcome=refused, refused",
    "limit=5, order"
  })
  void eachFilterRidesOnItsIndex(String query, String index) {
    List<Object> plan = new ArrayList<>();
    log.database.query(connection -> {
      String[] pair = query.split("=", 2);
      AuditFilter filter =
          AuditFilter.of(
              (AuditFilter.Asked)
                  name -> Optional.of(pair[1]).filter(value -> name.equals(pair[0])));
      // Explained as it runs: by a generic plan, which knows no value.
      String sql = AuditSearch.statement(filter);
      for (int place = 1; sql.contains("?"); place++) {
        sql = sql.replaceFirst("\\?", "\\$" + place);
      }
      String values =
          Stream.concat(filter.values().stream(), Stream.of(51))
              .map(value -> "'" + value + "'")
              .collect(Collectors.joining(", "));
      try (var statement = connection.createStatement()) {
        statement.execute("prepare page as " + sql);
        try (var row = statement.executeQuery("explain execute page(" + values + ")")) {
          while (row.next()) {
            plan.add(row.getString(1));
          }
        }
        statement.execute("deallocate page");
      }
      return true;
    });

    String month =
        index.equals("order")
            ? "xid_id_idx"
            : index.equals("refused") ? "xid_id_idx1" : index + "_xid_id_idx";
    assertThat(String.join("\n", plan.stream().map(Object::toString).toList()))
        .contains("Index Scan Backward using entry_" + log.month() + "_" + month)
        .doesNotContain("Seq Scan on entry_" + log.month());
  }

  @Test
  void theExportIsOneLineAnEntryAndNoFormula() {
    String csv = get("/api/v1/audit.csv?outcome=refused").body();

    assertThat(csv.strip().lines()).hasSize(2);
    assertThat(csv).contains("\"'=HYPERLINK(\"\"x\"\")\\u{a};admin\"");
    assertThat(
            log.column(
                "select details from audit.entry where act = 'export.audit' and name = 'auditor'"))
        .contains("{\"outcome\":\"refused\"}");
  }

  @Test
  void whoSeesSomeUnitsOnlySeesNothingOfTheOthersAndNotThatItIsThere() {
    String unlocked =
        json("/api/v1/audit?act=account.unlock").path("items").path(0).path("id").stringValue();

    String list = get("/api/v1/audit?limit=200", "Reach", "BD20").body();
    String csv = get("/api/v1/audit.csv", "Reach", "BD20").body();

    assertThat(list)
        .contains("account.unlock", "\"next\":null")
        .doesNotContain("AA10", "HYPERLINK");
    assertThat(csv.strip().lines()).hasSize(2);
    assertThat(get("/api/v1/audit?unit=AA10", "Reach", "BD20").body())
        .isEqualTo("{\"items\":[],\"next\":null}");
    assertThat(get("/api/v1/audit/" + unlocked + "/proof", "Reach", "BD20").statusCode())
        .isEqualTo(200);
    assertThat(get("/api/v1/audit/" + unlocked + "/proof", "Reach", "AA10").statusCode())
        .isEqualTo(404);
  }

  @Test
  void whoReadsTheLogIsInTheLog() {
    JsonNode page = json("/api/v1/audit?person=nobody-of-that-name");

    assertThat(page.path("items").size()).isZero();
    await()
        .untilAsserted(() ->
            assertThat(
                    log.column(
                        "select name || ' ' || results from audit.entry where act = 'query.audit' and details like '%nobody-of-that-name%'"))
                .containsExactly("auditor 0"));
  }

  @Test
  void checkpointsAndProofsAreHandedOutInTheirPublishedShape() {
    JsonNode checkpoints = json("/api/v1/audit/checkpoints");
    JsonNode entry = json("/api/v1/audit?act=account.unlock").path("items").path(0);
    JsonNode proof = json("/api/v1/audit/" + entry.path("id").stringValue() + "/proof");

    assertThat(openApi.faults("CheckpointPage", checkpoints)).isEmpty();
    assertThat(checkpoints.path("items").size()).isEqualTo(1);
    assertThat(openApi.faults("InclusionProof", proof)).isEmpty();
    assertThat(proof.path("leafIndex").longValue()).isEqualTo(entry.path("seq").longValue());
    assertThat(proof.path("rootHash")).isEqualTo(checkpoints.path("items").path(0).path("root"));
  }

  @Test
  void anEntryThatNoCheckpointCoversHasNoProofYetAndAnUnknownOneHasNone() {
    log.audit.write(log.entry("fresh").about("container:FRESH"));
    String fresh = log.column("select id from audit.entry where act = 'fresh'").getFirst();

    assertThat(get("/api/v1/audit/" + fresh + "/proof").statusCode()).isEqualTo(409);
    assertThat(get("/api/v1/audit/00000000-0000-7000-8000-000000000000/proof").statusCode())
        .isEqualTo(404);
    assertThat(get("/api/v1/audit/x/proof").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "outcome=maybe",
        "from=yesterday",
        "to=2026-13-01",
        "limit=0",
        "limit=201",
        "limit=x",
        "after=x",
        "after=WyIxIl0",
        "after=WyJ4IiwieSJd",
        "from=%2B999999999-01-01T00:00:00Z",
        "unit=a&unit=b"
      })
  void whatCannotBeUnderstoodIsRefused(String query) {
    assertThat(get("/api/v1/audit?" + query).statusCode()).isEqualTo(400);
  }

  private record Auditor() implements Viewer {
    @Override
    public boolean may(String permission) {
      return true;
    }
  }

  private JsonNode json(String path) {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(200);
    try {
      return Json.read(response.body().getBytes(StandardCharsets.UTF_8));
    } catch (Json.Malformed e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + host.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(
          request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
