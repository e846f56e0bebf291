package tongguan.examination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tongguan.access.SignedIn.PASSWORD;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.Folders;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.core.CorePeer;
import tools.jackson.databind.JsonNode;

/**
 * The result of an examination from the form to the core system and back into the record, with the
 * real core system of air clearance behind it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExaminationHttpTest {
  private final Path folder;
  private final DatabaseUrl url = TestDatabase.empty();
  private final CorePeer air;
  private final Platform platform;
  private final AtomicInteger serial = new AtomicInteger(1000);
  private SignedIn chen;
  private SignedIn wang;
  private SignedIn kaohsiung;

  ExaminationHttpTest() throws IOException {
    folder = Files.createTempDirectory("examination-http");
    air = CorePeer.start("air", folder);
    CorePeer.write(Files.createDirectories(folder.resolve("data")), List.of(air));
    platform = new Platform(url, url, 0, Clock.systemUTC());
    platform.open(folder.resolve("data"));
  }

  @BeforeAll
  void start() {
    platform.start();
    TestDatabase.execute(url, "update identity.role set second_factor = false");
    chen = officer("chen", "C");
    wang = officer("wang", "C");
    kaohsiung = officer("kaohsiung", "B");
  }

  private SignedIn officer(String name, String unit) {
    SignedIn.account(platform, name, unit, 1, "officer", "own");
    SignedIn officer = SignedIn.stranger(platform, name).in();
    HttpResponse<String> in =
        officer.post("/api/v1/core/air/sign-in", Map.of("user", "wang", "password", "air wang 1"));
    assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
    return officer;
  }

  @AfterAll
  void stop() throws IOException {
    platform.close();
    air.close();
    Folders.delete(folder);
  }

  /** A declaration of Taipei, by air, assigned to be opened. */
  private String assigned() {
    String number = "CA  9912AB" + serial.incrementAndGet();
    TestDatabase.execute(
        url,
        """
        insert into record.declaration (number, office, direction, declaration_kind, voyage, phase, channel, origin,
          trader, trader_company, items, lodged_at)
        values ('%1$s', 'CA', 'import', 'G1', 'CI0123/2026-11-25', 'examination', 'C3M', 'JP', '大同貿易', '04595257',
          '[{"line": 1, "commodityCode": "84713000", "description": "電腦", "origin": "JP", "quantity": 120, "unit": "PCE"},
            {"line": 2, "commodityCode": "42022100", "description": "皮包", "quantity": 40.5, "unit": "KGM"}]', now());
        insert into record.step (declaration, at, step, channel, source, told_rank, told_tie, message)
        select '%1$s', now() - interval '1 hour' + n * interval '1 minute', step, channel, 'test', 1, n, uuidv7()
        from (values (1, 'accepted', null), (2, 'channel', 'C3M'), (3, 'examination-assigned', null)) s(n, step, channel)
        """
            .formatted(number));
    return number;
  }

  private static String path(String declaration, String what) {
    return "/api/v1/declarations/" + declaration.replace(" ", "%20") + "/" + what;
  }

  private static Map<String, Object> form() {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("result", "clear");
    form.put("packagesOpened", 3);
    form.put("origin", Map.of("marks", "as-declared"));
    form.put("intellectualProperty", Map.of("outcome", "none"));
    form.put("cites", Map.of("outcome", "not-checked"));
    return form;
  }

  private static Map<String, Object> form(String member, Object value) {
    Map<String, Object> form = form();
    form.put(member, value);
    return form;
  }

  private static String photo(SignedIn officer, String declaration, int width) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, 30, BufferedImage.TYPE_INT_RGB), "jpg", out);
    byte[] bytes = out.toByteArray();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    HttpResponse<String> begun =
        officer.post(
            path(declaration, "photos"),
            Map.of("sha256", hash, "bytes", bytes.length, "takenAt", "2026-11-25T01:00:00Z"));
    String id = json(begun).path("id").stringValue("");
    HttpResponse<String> sent = officer.post("/api/v1/photos/" + id + "/pieces?offset=0", bytes);
    assertThat(json(sent).path("whole").asBoolean()).as(sent.body()).isTrue();
    return hash;
  }

  private static JsonNode items(SignedIn officer, String declaration, String what) {
    HttpResponse<String> answer = officer.get(path(declaration, what));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).path("items");
  }

  @Test
  void whatAnOfficerFoundReachesTheCoreSystemAndTheRecordAndIsShownOnce() throws Exception {
    String declaration = assigned();
    String photo = photo(chen, declaration, 41);
    Map<String, Object> form = form();
    form.put("result", "discrepancy");
    form.put("quantities", List.of(Map.of("line", 1, "found", "118", "unit", "PCE")));
    form.put("origin", Map.of("marks", "other", "country", "CN"));
    form.put(
        "discrepancies",
        List.of(
            Map.of(
                "kind",
                "value",
                "line",
                2,
                "text",
                "發票所列單價偏低",
                "amount",
                "125000.50",
                "currency",
                "TWD")));
    form.put("photos", List.of(photo));

    HttpResponse<String> done = chen.make(path(declaration, "examinations"), form);

    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    String command = json(done).path("command").stringValue();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          JsonNode first = items(wang, declaration, "examinations").path(0);
          assertThat(first.path("of").stringValue("")).as(first.toString()).isEqualTo("both");
        });
    JsonNode shown = items(wang, declaration, "examinations");
    assertThat(shown).hasSize(1);
    JsonNode one = shown.path(0);
    assertThat(one.path("result").stringValue()).isEqualTo("discrepancy");
    assertThat(one.at("/command/state").stringValue()).isEqualTo("done");
    assertThat(one.at("/form/quantities/0/difference").decimalValue()).hasToString("-2");
    assertThat(one.at("/form/discrepancies/0/amount").decimalValue()).hasToString("125000.50");
    assertThat(one.at("/photos/0").stringValue()).isEqualTo(photo);
    assertThat(one.path("findings").toString()).contains("QUANTITY", "ORIGIN", "VALUE");
    // The dossier and the list of all examinations show the same one.
    JsonNode dossier = json(wang.get("/api/v1/dossiers?key=" + declaration.replace(" ", "%20")));
    assertThat(dossier.at("/examinations/0/key")).isEqualTo(one.path("key"));
    JsonNode listed =
        json(wang.get("/api/v1/examinations?declaration=" + declaration.replace(" ", "%20")))
            .path("items");
    assertThat(listed).hasSize(1);
    assertThat(listed.path(0).path("key")).isEqualTo(one.path("key"));
    assertThat(air.journal(command)).hasSize(1);
    assertThat(
            TestDatabase.text(
                url,
                "select details from audit.entry where act = 'examination.record' and record = 'declaration:%s'"
                    .formatted(declaration)))
        .contains("125000.50", "Photos");
    assertThat(items(wang, declaration, "photos")).hasSize(1);
  }

  @Test
  void ofTwoOfficersAtOnceOneIsFirst() throws Exception {
    String declaration = assigned();
    air.fault("down", "", 0);
    try {
      String path = path(declaration, "examinations");
      String first = chen.draft(path, form());
      String second = wang.draft(path, form());
      List<HttpResponse<String>> answers =
          Stream.of(chen, wang)
              .parallel()
              .map(officer ->
                  officer.confirm(path, form(), officer == chen ? first : second, PASSWORD))
              .toList();

      assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 409);
      assertThat(items(chen, declaration, "examinations")).hasSize(1);
      JsonNode waiting = items(chen, declaration, "examinations").path(0);
      assertThat(waiting.path("of").stringValue()).isEqualTo("officer");
    } finally {
      air.clear();
    }
  }

  @Test
  void aPhotoThatIsNotThereOrBelongsElsewhereIsNotTaken() throws Exception {
    String declaration = assigned();
    String elsewhere = photo(chen, assigned(), 43);
    for (String hash : List.of("ab".repeat(32), elsewhere)) {
      HttpResponse<String> refused =
          chen.post(path(declaration, "examinations/draft"), form("photos", List.of(hash)));
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(code(refused)).isEqualTo("photos-missing");
      assertThat(json(refused).path("photos").path(0).stringValue()).isEqualTo(hash);
    }
    assertThat(items(chen, declaration, "examinations")).isEmpty();
  }

  @Test
  void anotherPhotoThanTheConfirmedOneIsNotRecorded() throws Exception {
    String declaration = assigned();
    String shown = photo(chen, declaration, 51);
    String other = photo(chen, declaration, 52);
    String path = path(declaration, "examinations");
    String nonce = chen.draft(path, form("photos", List.of(shown)));

    HttpResponse<String> forged =
        chen.confirm(path, form("photos", List.of(other)), nonce, PASSWORD);

    assertThat(forged.statusCode()).isEqualTo(409);
    assertThat(code(forged)).isEqualTo("confirmation");
  }

  @Test
  void whatDoesNotFitTogetherIsNamed() {
    String declaration = assigned();
    Map<String, Map<String, Object>> wrong = new LinkedHashMap<>();
    wrong.put("result", form("origin", Map.of("marks", "other", "country", "CN")));
    wrong.put(
        "result ", form("quantities", List.of(Map.of("line", 1, "found", "121", "unit", "PCE"))));
    wrong.put("discrepancies", form("result", "discrepancy"));
    wrong.put("sample", form("result", "sampled"));
    wrong.put("origin.marks", form("origin", Map.of()));
    wrong.put("origin.country", form("origin", Map.of("marks", "other", "country", "cn")));
    wrong.put(
        "quantities.line",
        form("quantities", List.of(Map.of("line", 7, "found", "1", "unit", "PCE"))));
    wrong.put("found", form("quantities", List.of(Map.of("line", 1, "found", 1, "unit", "PCE"))));
    wrong.put("species", form("cites", Map.of("outcome", "permit-seen", "permit", "X1")));
    wrong.put("right", form("intellectualProperty", Map.of("outcome", "suspected")));
    wrong.put(
        "amount",
        form(
            "discrepancies",
            List.of(Map.of("kind", "value", "text", "x", "amount", "1.234", "currency", "TWD"))));
    wrong.put("photos", form("photos", List.of("ab".repeat(32), "ab".repeat(32))));
    wrong.put("packagesOpened", form("packagesOpened", -1));

    wrong.forEach((member, form) -> {
      HttpResponse<String> refused = chen.post(path(declaration, "examinations/draft"), form);
      assertThat(refused.statusCode()).as(member + refused.body()).isEqualTo(400);
      assertThat(json(refused).path("member").stringValue()).isEqualTo(member.strip());
    });
    // What was found as declared is no discrepancy.
    Map<String, Object> exact =
        form("quantities", List.of(Map.of("line", 2, "found", "40.50", "unit", "KGM")));
    assertThat(chen.post(path(declaration, "examinations/draft"), exact).statusCode())
        .isEqualTo(200);
  }

  @Test
  void anotherDistrictKnowsNothingOfIt() {
    String declaration = assigned();
    for (String what : List.of("examinations", "similar-examinations")) {
      assertThat(kaohsiung.get(path(declaration, what)).statusCode()).isEqualTo(404);
    }
    HttpResponse<String> refused = kaohsiung.post(path(declaration, "examinations/draft"), form());
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(code(refused)).isEqualTo("unknown-declaration");
  }

  @Test
  void withoutAnAssignmentNothingIsRecorded() {
    String declaration = assigned();
    TestDatabase.execute(
        url,
        "delete from record.step where step = 'examination-assigned' and declaration = '%s'"
            .formatted(declaration));

    HttpResponse<String> barred = chen.post(path(declaration, "examinations/draft"), form());

    assertThat(barred.statusCode()).isEqualTo(409);
    assertThat(code(barred)).isEqualTo("act-barred");
  }

  @Test
  void similarOnesComeTheMostAlikeFirstAndOnlyAsFarAsOneMaySee() {
    String declaration = assigned();
    String alike = earlier("CA", "04595257", "84713000", "JP", 0);
    String sameGoods = earlier("CA", "22099131", "84713000", "KR", 0);
    String sameImporter = earlier("CA", "04595257", "99999999", "US", 0);
    String elsewhere = earlier("BC", "04595257", "84713000", "JP", 0);
    String secret = earlier("CA", "04595257", "84713000", "JP", 2);
    String unlike = earlier("CA", "22099131", "99999999", "US", 0);

    List<String> found =
        items(chen, declaration, "similar-examinations")
            .valueStream()
            .map(item -> item.path("declaration").stringValue())
            .toList();

    assertThat(found).contains(alike, sameGoods, sameImporter);
    assertThat(found).doesNotContain(elsewhere, secret, unlike, declaration);
    assertThat(found.indexOf(alike)).isLessThan(found.indexOf(sameGoods));
    JsonNode first =
        items(chen, declaration, "similar-examinations")
            .valueStream()
            .filter(item -> item.path("declaration").stringValue("").equals(alike))
            .findFirst()
            .orElseThrow();
    assertThat(first.path("same").toString()).isEqualTo("[\"importer\",\"code\",\"origin\"]");
  }

  private String earlier(
      String office, String company, String code, String origin, int classification) {
    String number = office + "  9911AB" + serial.incrementAndGet();
    TestDatabase.execute(
        url,
        """
        insert into record.declaration (number, office, phase, channel, trader_company, classification, items, lodged_at)
        values ('%1$s', '%2$s', 'released', 'C3M', '%3$s', %6$d,
          '[{"line": 1, "commodityCode": "%4$s", "origin": "%5$s"}]', now() - interval '30 days');
        insert into record.examination (number, declaration, containers, method, office, result, cancelled, source,
          told_at, told_rank, told_tie, message)
        values ('EX-%1$s', '%1$s', '{}', 'M', '%2$s', 'discrepancy', false, 'test',
          now() - interval '29 days', 1, 1, uuidv7())
        """
            .formatted(number, office, company, code, origin, classification));
    return number;
  }
}
