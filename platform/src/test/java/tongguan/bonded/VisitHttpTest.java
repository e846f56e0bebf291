package tongguan.bonded;

import static org.assertj.core.api.Assertions.assertThat;
import static tongguan.access.SignedIn.PASSWORD;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.access.Sight;
import tongguan.access.SignedIn;
import tongguan.base.Json;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tools.jackson.databind.JsonNode;

/** A bonded check from its plan to its report. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VisitHttpTest {
  private static final String PATH = "/api/v1/bonded-visits";

  private final DatabaseUrl url = TestDatabase.empty();
  private final Platform platform = new Platform(url, url, 0, Clock.systemUTC());
  private SignedIn chen;
  private SignedIn wang;
  private SignedIn kaohsiung;

  @BeforeAll
  void start() {
    platform.start();
    TestDatabase.execute(url, "update identity.role set second_factor = false");
    SignedIn.account(platform, "chen", "A", 1, "officer", "own");
    SignedIn.account(platform, "wang", "A", 1, "officer", "own");
    SignedIn.account(platform, "kaohsiung", "B", 2, "officer", "own");
    chen = SignedIn.stranger(platform, "chen").in();
    wang = SignedIn.stranger(platform, "wang").in();
    kaohsiung = SignedIn.stranger(platform, "kaohsiung").in();
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  private static Map<String, Object> plan(int items) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("premises", "WA1234");
    plan.put("name", "遠雄自由貿易港區倉庫");
    plan.put("kind", "warehouse");
    plan.put("company", "04595257");
    plan.put("plannedFor", "2026-11-26");
    plan.put("officer", "chen");
    plan.put(
        "items",
        IntStream.rangeClosed(1, items)
            .mapToObj(i ->
                Map.of("code", "P" + i, "description", "積體電路 " + i, "unit", "PCE", "book", "100.5"))
            .toList());
    return plan;
  }

  private String planned(int items) {
    HttpResponse<String> made = wang.make(PATH, plan(items));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    return json(made).path("id").stringValue();
  }

  private static Map<String, Object> findings(String... counted) {
    Map<String, Object> found = new LinkedHashMap<>();
    List<Map<String, String>> counts = new ArrayList<>();
    for (int i = 0; i < counted.length; i++) {
      counts.add(Map.of("code", "P" + (i + 1), "counted", counted[i]));
    }
    found.put("counts", counts);
    found.put(
        "checklist",
        Arrays.stream(Question.values())
            .map(question -> Map.of("question", question.code(), "answer", "yes"))
            .toList());
    found.put("signer", "林淑芬");
    found.put(
        "signature", List.of(List.of(List.of(100, 100), List.of(300, 200), List.of(500, 90))));
    return found;
  }

  @Test
  void aPlannedCheckIsCountedSignedAndClosedWithItsReport() throws IOException {
    String id = planned(3);
    JsonNode open = json(chen.get(PATH + "/" + id));
    assertThat(open.path("mine").booleanValue()).isTrue();
    assertThat(open.path("questions")).hasSize(Question.values().length);
    assertThat(json(chen.get(PATH + "?state=planned")).toString()).contains(id);

    HttpResponse<String> closed =
        chen.make(PATH + "/" + id + "/close", findings("100.5", "98", "100.50"));

    assertThat(closed.statusCode()).as(closed.body()).isEqualTo(200);
    assertThat(json(closed).path("result").stringValue()).isEqualTo("discrepancy");
    JsonNode visit = json(wang.get(PATH + "/" + id));
    assertThat(visit.path("state").stringValue()).isEqualTo("closed");
    assertThat(visit.at("/counts/1/difference").decimalValue()).hasToString("-2.5");
    assertThat(visit.at("/counts/2/difference").decimalValue().signum()).isZero();
    assertThat(json(chen.get(PATH + "?state=planned")).toString()).doesNotContain(id);

    byte[] report = wang.bytes(PATH + "/" + id + "/report").body();
    String sha256 = json(closed).path("reportSha256").stringValue();
    assertThat(sha256(report)).isEqualTo(sha256);
    assertThat(
            TestDatabase.text(
                url,
                "select details::json ->> 'sha256' from audit.entry where act = 'bonded.report' and record = 'bonded-visit:%s'"
                    .formatted(id)))
        .isEqualTo(sha256);
    String text = text(report);
    assertThat(text).contains("保稅查核紀錄", "遠雄自由貿易港區倉庫", "積體電路 2", "-2.5", "林淑芬", "不符", "1 / 1");
  }

  @Test
  void theSameCheckGivesTheSameReportAndALongOneGoesOverPages() throws IOException {
    String id = planned(120);
    String[] counted = new String[120];
    Arrays.fill(counted, "100.5");
    Map<String, Object> found = findings(counted);
    found.put("remark", "品名含罕用字 𠮷 與 emoji 🙂，逐項清點。".repeat(8));
    assertThat(chen.make(PATH + "/" + id + "/close", found).statusCode()).isEqualTo(200);

    byte[] report = wang.bytes(PATH + "/" + id + "/report").body();
    Visit visit = kept(id);
    Visit.Closed closed = Objects.requireNonNull(visit.closed());
    JsonNode input = Json.MAPPER.valueToTree(found);
    byte[] again = Report.of(visit, Findings.of(input, visit.items()), closed.at());

    assertThat(again).isEqualTo(report);
    assertThat(report.length).isLessThan(200_000);
    assertThat(text(report)).contains("積體電路 120", "□", "1 / ");
    try (PDDocument document = Loader.loadPDF(report)) {
      assertThat(document.getNumberOfPages()).isGreaterThan(2);
      assertThat(document.getPage(0).getResources().getFontNames()).hasSize(1);
    }
  }

  @Test
  void onlyThePlannedOfficerClosesItAndOnce() {
    String id = planned(1);
    String close = PATH + "/" + id + "/close";
    HttpResponse<String> refused = wang.post(close + "/draft", findings("100.5"));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(code(refused)).isEqualTo("not-the-officer");

    String first = chen.draft(close, findings("100.5"));
    String second = chen.draft(close, findings("100.5"));
    List<Integer> answers =
        Stream.of(first, second)
            .parallel()
            .map(nonce -> chen.confirm(close, findings("100.5"), nonce, PASSWORD).statusCode())
            .toList();
    assertThat(answers).containsExactlyInAnyOrder(200, 409);
    assertThat(code(chen.post(close + "/draft", findings("100.5")))).isEqualTo("visit-closed");
  }

  @Test
  void anotherDistrictNeitherSeesNorPlansIt() {
    String id = planned(1);
    assertThat(kaohsiung.get(PATH + "/" + id).statusCode()).isEqualTo(404);
    assertThat(kaohsiung.get(PATH + "/" + id + "/report").statusCode()).isEqualTo(404);
    assertThat(json(kaohsiung.get(PATH)).path("items")).isEmpty();
    assertThat(kaohsiung.post(PATH + "/" + id + "/close/draft", findings("1")).statusCode())
        .isEqualTo(404);
    HttpResponse<String> plan = kaohsiung.post(PATH + "/draft", plan(1));
    assertThat(plan.statusCode()).isEqualTo(400);
    assertThat(json(plan).path("member").stringValue()).isEqualTo("premises");
  }

  @Test
  void whatIsMissingIsNamed() {
    String close = PATH + "/" + planned(2) + "/close";
    Map<String, Map<String, Object>> wrong = new LinkedHashMap<>();
    wrong.put("counts", findings("100.5"));
    wrong.put("counts.code", findings("1", "2", "3"));
    wrong.put("counted", findings("1", "-2"));
    Map<String, Object> unsigned = findings("1", "2");
    unsigned.put("signature", List.of());
    wrong.put("signature", unsigned);
    Map<String, Object> unanswered = findings("1", "2");
    unanswered.put("checklist", List.of());
    wrong.put("checklist", unanswered);
    Map<String, Object> unexplained = findings("1", "2");
    unexplained.put("checklist", List.of(Map.of("question", "locks-whole", "answer", "no")));
    wrong.put("checklist.remark", unexplained);

    wrong.forEach((member, found) -> {
      HttpResponse<String> refused = chen.post(close + "/draft", found);
      assertThat(refused.statusCode()).as(member).isEqualTo(400);
      assertThat(json(refused).path("member").stringValue()).isEqualTo(member);
    });
    Map<String, Object> nobody = plan(1);
    nobody.put("officer", "nobody");
    assertThat(json(wang.post(PATH + "/draft", nobody)).path("member").stringValue())
        .isEqualTo("officer");
  }

  @Test
  void theListGoesOnFromPageToPage() {
    for (int i = 0; i < 3; i++) {
      planned(1);
    }
    JsonNode first = json(wang.get(PATH));
    assertThat(first.path("items").size()).isGreaterThanOrEqualTo(3);
    JsonNode last = first.path("items").path(0);
    String after = last.path("plannedFor").stringValue() + "%20" + last.path("id").stringValue();
    JsonNode rest = json(wang.get(PATH + "?after=" + after));
    assertThat(rest.path("items").size()).isEqualTo(first.path("items").size() - 1);
    assertThat(wang.get(PATH + "?after=yesterday").statusCode()).isEqualTo(400);
  }

  private Visit kept(String id) {
    try (Database database = new Database(url, 1)) {
      return database.query(connection ->
          new VisitStore(connection).one(UUID.fromString(id), Sight.ALL).orElseThrow());
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** What a reader sees of it. */
  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    }
  }
}
