package tongguan.dossier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.Json;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.record.Channel;
import tongguan.record.Direction;
import tongguan.record.Fact;
import tongguan.record.MovementKind;
import tongguan.record.Record;
import tongguan.record.StepKind;
import tongguan.record.Told;
import tongguan.record.key.BillKey;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.DeclarationNumber;
import tongguan.record.key.VoyageKey;
import tools.jackson.databind.JsonNode;

/** What a client sees of the look-up and the lists, over real HTTP on a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DossierHttpTest {
  private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
  private static final ContainerNumber BOX = new ContainerNumber("CSQU3054383");
  private static final ContainerNumber WRONG = new ContainerNumber("MSKU3054380");
  private static final VoyageKey VOYAGE = VoyageKey.sea("9074729", "0123E").orElseThrow();
  private static final VoyageKey FLIGHT =
      VoyageKey.air("CI61", LocalDate.of(2026, 11, 20)).orElseThrow();
  private static final BillKey BILL = BillKey.of("COSU6123456780", null).orElseThrow();
  private static final BillKey HOUSE = BillKey.of("COSU6123456780", "KLN2611001").orElseThrow();
  private static final BillKey WAYBILL = BillKey.of("69512345675", null).orElseThrow();
  private static final DeclarationNumber DECLARATION =
      DeclarationNumber.parse("AA//15/1234/5678").orElseThrow();

  private static final DeclarationNumber OTHER =
      DeclarationNumber.parse("ZZ//15/1234/5678").orElseThrow();

  private SignedIn officer;
  private DatabaseUrl url;
  private Platform platform;
  private Database database;

  @BeforeAll
  void start() {
    url = TestDatabase.empty();
    platform = new Platform(url, url, 0, Clock.systemUTC());
    platform.start();
    officer = SignedIn.reader(platform);
    database = new Database(url, 2);
    tell(aContainerInClearance());
  }

  @AfterAll
  void stop() {
    database.close();
    platform.close();
  }

  @Test
  void oneContainerNumberBringsEverythingThatIsLinkedToIt() {
    JsonNode dossier = dossier("CSQU3054383");

    assertThat(dossier.at("/subject/kind").stringValue()).isEqualTo("container");
    assertThat(dossier.at("/subject/sizeType").stringValue()).isEqualTo("22G1");
    assertThat(dossier.at("/state/phase").stringValue()).isEqualTo("in-clearance");
    assertThat(dossier.at("/state/where/movement").stringValue()).isEqualTo("gate-in");
    assertThat(texts(dossier.at("/state/waitingFor"))).containsExactly("hold", "duty");
    assertThat(dossier.at("/state/next").stringValue()).isEqualTo("duty-paid");
    assertThat(keys(dossier, "bills"))
        .containsExactly("COSU6123456780", "COSU6123456780/KLN2611001");
    assertThat(keys(dossier, "declarations")).containsExactly("AA  1512345678");
    assertThat(keys(dossier, "voyages")).containsExactly("9074729/0123E");
    assertThat(keys(dossier, "permits")).containsExactly("DP1");
    assertThat(keys(dossier, "examinations")).containsExactly("EX1");
    assertThat(keys(dossier, "bondedChecks")).containsExactly("BC1");
    assertThat(dossier.at("/declarations/0/duty/settled").booleanValue()).isFalse();
    assertThat(dossier.at("/declarations/0/holds/0/reason").stringValue()).isEqualTo("商標");
    assertThat(dossier.at("/declarations/0/items/0/commodityCode").stringValue())
        .isEqualTo("40111000");
    assertThat(dossier.at("/movements").size()).isEqualTo(2);
    assertThat(dossier.at("/timeline").size()).isEqualTo(11);
    assertThat(dossier.at("/links").valueStream().map(link -> link.path("href").stringValue()))
        .contains(
            "/api/v1/dossiers?key=AA%20%201512345678",
            "/api/v1/dossiers?key=COSU6123456780%2FKLN2611001");
  }

  @Test
  void everyLinkOfADossierLeadsToADossier() {
    for (JsonNode link : dossier("CSQU3054383").at("/links")) {
      HttpResponse<String> response = get(link.path("href").stringValue());

      assertThat(response.statusCode()).as(link.toString()).isEqualTo(200);
      assertThat(json(response).at("/subject/key").stringValue())
          .isEqualTo(link.path("key").stringValue());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "csqu 305438 3|container|CSQU3054383",
        "CSQU-305438-3|container|CSQU3054383",
        "ＣＳＱＵ３０５４３８３|container|CSQU3054383",
        "CSQU305438|container|CSQU3054383",
        "aa/  /15/1234/5678|declaration|AA  1512345678",
        "AA1512345678|declaration|AA  1512345678",
        "cosu6123456780|bill|COSU6123456780",
        "COSU6123456780 / kln2611001|bill|COSU6123456780/KLN2611001",
        "KLN2611001|bill|COSU6123456780/KLN2611001",
        "695-1234 5675|bill|69512345675",
        "IMO9074729 0123e|voyage|9074729/0123E",
        "9074729/0123E|voyage|9074729/0123E",
        "15A123|voyage|9074729/0123E",
        "15A123 0123E|voyage|9074729/0123E",
        "ci061 20nov26|voyage|CI61/2026-11-20",
        "CI61/2026-11-20|voyage|CI61/2026-11-20",
        "dp1|permit|DP1",
        "cn 884412|seal|CN884412",
        "12345675|company|12345675",
        "EX1|examination|EX1",
        "BC-1|bonded-check|BC1"
      })
  void aKeyIsKnownHoweverItIsTyped(String typed, String kind, String key) {
    JsonNode subject = dossier(typed).at("/subject");

    assertThat(subject.path("kind").stringValue()).isEqualTo(kind);
    assertThat(subject.path("key").stringValue()).isEqualTo(key);
  }

  @Test
  void aWrongCheckDigitIsAnsweredWithTheNearestRealNumbers() {
    HttpResponse<String> response = look("CSQU3054384");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = json(response);
    assertThat(problem.path("code").stringValue()).isEqualTo("unknown-key");
    assertThat(problem.path("title").stringValue()).contains("check digit");
    assertThat(problem.at("/nearest/0/key").stringValue()).isEqualTo("CSQU3054383");
  }

  @Test
  void aBoxThatReallyCarriesAWrongDigitIsFoundWithAWarning() {
    JsonNode dossier = dossier("MSKU3054380");

    assertThat(dossier.at("/subject/checkDigit").stringValue()).isEqualTo("wrong");
    assertThat(texts(dossier.at("/warnings"))).containsExactly("check-digit-wrong");
  }

  @Test
  void anUnknownKeyIsNotFoundAndSaysAsWhatItWasLookedFor() {
    HttpResponse<String> response = look("ZZZU1234560");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(texts(json(response).path("readings"))).containsExactly("container", "bill");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "貨櫃", "<script>", "a b c d; drop table"})
  void whatCannotBeANumberIsSaidToBeSo(String typed) {
    HttpResponse<String> response = look(typed);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("code").stringValue()).isEqualTo("unreadable-key");
  }

  @Test
  void whatNoRecordCanHaveInItIsRefusedAtTheDoor() {
    HttpResponse<String> response = look("CSQU\u00003054383");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("code").stringValue()).isEqualTo("parameter");
  }

  @Test
  void aKeyOfSeveralThingsIsAnsweredWithTheCandidates() {
    tell(List.of(permit("COSU6123456780")));

    JsonNode candidates = json(look("COSU6123456780")).path("candidates");

    assertThat(candidates.valueStream().map(c -> c.path("kind").stringValue()))
        .containsExactly("bill", "permit");
    assertThat(candidates.at("/0/about").stringValue()).contains("輪胎");
    database.inTransaction(connection -> {
      try (var statement = connection.createStatement()) {
        return statement.executeUpdate("delete from record.permit where number = 'COSU6123456780'");
      }
    });
  }

  @Test
  void aMasterThatNobodyStatedIsAnsweredWithItsHouses() {
    BillKey orphan = BillKey.of("16012345675", "EX77").orElseThrow();
    tell(List.of(bill(1, orphan, FLIGHT, WRONG)));

    JsonNode candidates = json(look("160-1234 5675")).path("candidates");

    assertThat(candidates.at("/0/key").stringValue()).isEqualTo("16012345675/EX77");
  }

  @Test
  void aDeclarationShowsItsOwnStateAndNotThatOfAnotherOnTheSameBill() {
    DeclarationNumber rejected = DeclarationNumber.parse("AA//15/1234/9999").orElseThrow();
    tell(
        List.of(
            new Fact.Declaration(
                told(5, "r"),
                rejected,
                Direction.IMPORT,
                "G1",
                "AA",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(BILL),
                List.of()),
            new Fact.Step(
                told(30, "r"),
                rejected,
                StepKind.REJECTED,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of())));

    JsonNode dossier = dossier("AA//15/1234/9999");

    assertThat(dossier.at("/state/phase").stringValue()).isEqualTo("rejected");
    assertThat(keys(dossier, "declarations")).containsExactly("AA  1512349999");
    TestDatabase.execute(
        url,
        "delete from record.declaration where number = 'AA  1512349999';"
            + "delete from record.declaration_bill where declaration = 'AA  1512349999';"
            + "delete from record.step where declaration = 'AA  1512349999'");
  }

  @Test
  void aBoxStillAtSeaWaitsForItsDischarge() {
    assertThat(texts(dossier("MSKU3054380").at("/state/waitingFor"))).containsExactly("discharge");
  }

  @Test
  void whatHasNotChangedCostsNoBody() {
    HttpResponse<String> first = look("CSQU3054383");
    String etag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = look("CSQU3054383", "If-None-Match", etag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(look("CSQU3054383", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void listsAreCutIntoPagesThatTogetherAreTheWhole() {
    List<Fact> many = new ArrayList<>();
    for (int i = 0; i < 230; i++) {
      many.add(
          movement(100 + i, new ContainerNumber("TESTBOX" + i), MovementKind.GATE_IN, "TWKEL-P"));
    }
    tell(many);

    List<String> seen = new ArrayList<>();
    String path = "/api/v1/movements?place=TWKEL-P&limit=100";
    String next = path;
    while (!next.isEmpty()) {
      JsonNode page = json(get(next));
      page.path("items")
          .valueStream()
          .forEach(row -> seen.add(row.path("container").stringValue()));
      String cursor = page.path("next").asString("");
      next = cursor.isEmpty() ? "" : path + "&after=" + cursor;
    }

    assertThat(seen).hasSize(230).doesNotHaveDuplicates();
    assertThat(seen.getFirst()).isEqualTo("TESTBOX229");
  }

  @Test
  void aListIsExportedWholeAndWithoutFormulas() {
    tell(
        List.of(
            new Fact.Examination(
                told(40, "x"),
                "EX9",
                OTHER,
                List.of(),
                Fact.Examination.Method.M,
                Fact.Examination.Result.CONFORM,
                false,
                "ZZ",
                null,
                List.of(),
                "=cmd|' /C calc'!A0")));

    HttpResponse<String> response = get("/api/v1/examinations?office=ZZ&format=csv");

    assertThat(response.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
    assertThat(response.body()).startsWith("\uFEFFExamination,Declaration");
    assertThat(response.body()).contains("EX9").contains(",'=cmd|' /C calc'!A0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/flow",
        "/api/v1/declarations",
        "/api/v1/releases",
        "/api/v1/permits",
        "/api/v1/movements",
        "/api/v1/bonded-checks",
        "/api/v1/examinations",
        "/api/v1/voyages",
        "/api/v1/manifest?voyage=9074729%2F0123E"
      })
  void everyListAnswers(String path) {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(json(response).path("items").isArray()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/movements?limit=0", "/api/v1/movements?limit=201", "/api/v1/movements?limit=x",
        "/api/v1/movements?from=yesterday", "/api/v1/movements?after=nonsense", "/api/v1/manifest"
      })
  void aListRefusesWhatItCannotRead(String path) {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("parameter").stringValue()).isNotEmpty();
  }

  @Test
  void filtersNarrowTheClearanceFlow() {
    assertThat(json(get("/api/v1/flow?phase=duty&waiting=hold")).path("items").size()).isEqualTo(1);
    assertThat(json(get("/api/v1/flow?district=B")).path("items").size()).isZero();
    assertThat(json(get("/api/v1/declarations?container=csqu%20305438%203")).path("items").size())
        .isEqualTo(1);
  }

  private static List<Fact> aContainerInClearance() {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact.Voyage(
            told(1, "v"),
            VOYAGE,
            "EVER SAMPLE",
            "15A123",
            "COSU",
            "CNSHA",
            "TWKEL",
            "TWKEL-E12",
            DAY,
            DAY.plusSeconds(7200),
            null,
            null));
    facts.add(Fact.Voyage.named(told(1, "f"), FLIGHT));
    facts.add(bill(1, BILL, VOYAGE, BOX));
    facts.add(bill(1, HOUSE, VOYAGE, BOX));
    facts.add(bill(1, WAYBILL, FLIGHT, WRONG));
    facts.add(permit("DP1"));
    facts.add(movement(3, BOX, MovementKind.DISCHARGE, "TWKEL-E12"));
    facts.add(movement(4, BOX, MovementKind.GATE_IN, "TWKEL-E12"));
    facts.add(declaration());
    facts.add(step(5, StepKind.LODGED, null, null, null));
    facts.add(step(6, StepKind.ACCEPTED, null, null, null));
    facts.add(step(7, StepKind.CHANNEL, null, Channel.C1, null));
    facts.add(step(8, StepKind.DUTY_ASSESSED, "M1", null, null));
    facts.add(step(9, StepKind.HOLD, "HD1", null, "商標"));
    facts.add(
        new Fact.Examination(
            told(10, "e"),
            "EX1",
            DECLARATION,
            List.of(BOX),
            Fact.Examination.Method.X,
            Fact.Examination.Result.CONFORM,
            false,
            "AA",
            null,
            List.of(),
            null));
    facts.add(
        new Fact.BondedCheck(
            told(11, "k"),
            "BC1",
            new Fact.BondedCheck.Premises("W1", "保稅倉庫", Fact.BondedCheck.Premises.Kind.WAREHOUSE),
            "12345675",
            Fact.BondedCheck.Result.CONFORM,
            false,
            List.of(),
            List.of(BOX),
            List.of(),
            null));
    return facts;
  }

  private static Told told(int hour, String message) {
    UUID id = UUID.nameUUIDFromBytes((hour + message).getBytes(UTF_8));
    return new Told(DAY.plusSeconds(hour * 3600L), 30, id.getMostSignificantBits(), id, "TEST");
  }

  private static Fact bill(int hour, BillKey key, VoyageKey voyage, ContainerNumber box) {
    return new Fact.Bill(
        told(hour, key.value()),
        key,
        voyage,
        "DOC1",
        false,
        "輪胎 tyres",
        10,
        "CT",
        BigDecimal.TEN,
        "SHIPPER",
        "大同貿易",
        "12345675",
        null,
        "CNSHA",
        "TWKEL",
        null,
        List.of(),
        List.of(new Fact.Bill.Packed(box, "22G1", true, 10, BigDecimal.TEN, List.of("CN884412"))));
  }

  private static Fact permit(String number) {
    return new Fact.Permit(
        told(2, "p"),
        number,
        VOYAGE,
        Fact.Permit.Scope.ALL,
        false,
        "AA",
        "TWKEL-E12",
        null,
        List.of(),
        List.of());
  }

  private static Fact movement(int hour, ContainerNumber box, MovementKind kind, String place) {
    return new Fact.Movement(
        told(hour, box.value()),
        box,
        kind,
        DAY.plusSeconds(hour * 3600L),
        place,
        null,
        false,
        "22G1",
        true,
        null,
        List.of(),
        null,
        null,
        null,
        null);
  }

  private static Fact declaration() {
    return new Fact.Declaration(
        told(5, "d"),
        DECLARATION,
        Direction.IMPORT,
        "G1",
        "AA",
        "大同貿易",
        "12345675",
        null,
        null,
        null,
        null,
        VOYAGE,
        null,
        null,
        "CN",
        10,
        "CT",
        null,
        null,
        null,
        List.of(new Fact.Declaration.Item(1, "40111000", "輪胎", "CN", null, null, null, null, null)),
        List.of(BILL),
        List.of(BOX));
  }

  private static Fact step(
      int hour,
      StepKind kind,
      @org.jspecify.annotations.Nullable String reference,
      @org.jspecify.annotations.Nullable Channel channel,
      @org.jspecify.annotations.Nullable String reason) {
    return new Fact.Step(
        told(hour, "t"),
        DECLARATION,
        kind,
        reference,
        channel,
        reason,
        null,
        null,
        null,
        List.of());
  }

  private void tell(List<Fact> facts) {
    database.inTransaction(connection -> {
      new Record().apply(connection, facts);
      return facts.size();
    });
  }

  private JsonNode dossier(String typed) {
    HttpResponse<String> response = look(typed);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  private HttpResponse<String> look(String typed, String... headers) {
    return get("/api/v1/dossiers?key=" + URLEncoder.encode(typed, UTF_8), headers);
  }

  @Test
  void everyLookUpAndEveryExportIsInTheAuditWithWhatItFound() {
    look("CSQU3054383");
    look("MSKU9999997");
    get("/api/v1/examinations?office=AA&format=csv");

    await()
        .untilAsserted(() -> {
          assertThat(audited("act = 'query' and record = 'key:CSQU3054383' and results = 1"))
              .isNotZero();
          assertThat(audited("act = 'query' and record = 'key:MSKU9999997' and results = 0"))
              .isNotZero();
        });
    assertThat(
            audited(
                "act = 'export' and record = 'list:examinations' and results >= 0 and outcome = 'done'"))
        .isNotZero();
  }

  @Test
  void whoMayLookMayNotThereforeTakeTheListAway() {
    TestDatabase.execute(
        url,
        "insert into identity.role (code, name_zh, name_en, permissions, idle_seconds, session_hours, second_factor) values ('looker', 'x', 'x', '{record.read}', 600, 8, false)");
    SignedIn.account(platform, "looker", "HQ", 0, "looker", "all");
    SignedIn looker = SignedIn.stranger(platform, "looker").in();

    assertThat(looker.get("/api/v1/flow").statusCode()).isEqualTo(200);
    assertThat(SignedIn.code(looker.get("/api/v1/flow?format=csv"))).isEqualTo("not-permitted");
    assertThat(audited("act = 'export' and name = 'looker' and code = 'not-permitted'"))
        .isEqualTo(1);
  }

  private long audited(String condition) {
    return Long.parseLong(
        TestDatabase.text(url, "select count(*) from audit.entry where " + condition));
  }

  private HttpResponse<String> get(String path, String... headers) {
    return officer.get(path, headers);
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return Json.read(response.body().getBytes(UTF_8));
    } catch (Json.Malformed e) {
      throw new AssertionError(response.body(), e);
    }
  }

  private static List<String> keys(JsonNode dossier, String list) {
    return dossier.path(list).valueStream().map(entry -> entry.path("key").stringValue()).toList();
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::stringValue).toList();
  }
}
