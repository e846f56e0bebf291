package tongguan.dossier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
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

/**
 * District and classification (ASVS 8.2.2, 8.2.3): what an officer may not see does not show, not
 * even by its absence. Shown by two worlds that differ in nothing but what the officer may not see:
 * every answer is the same in both.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SightHttpTest {
  private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
  private static final String COMPANY = "12345675";
  private static final VoyageKey VOYAGE = VoyageKey.sea("9074729", "0123E").orElseThrow();

  /** In both worlds. */
  private static final ContainerNumber BOX = new ContainerNumber("CSQU3054383");

  private static final BillKey MASTER = BillKey.of("COSU6123456780", null).orElseThrow();
  private static final DeclarationNumber KEELUNG = declared("AA//15/1234/5678");

  /** In the whole world only. */
  private static final ContainerNumber AWAY = new ContainerNumber("MSKU3054383");

  private static final BillKey HOUSE_AWAY = BillKey.of("COSU6123456780", "KHH1").orElseThrow();
  private static final DeclarationNumber KAOHSIUNG = declared("BA//15/1234/5679");
  private static final DeclarationNumber SECRET = declared("AA//15/1234/5680");

  /** A whole world, and one that holds no more than the officer may see. */
  private static final class World implements AutoCloseable {
    final Platform platform;
    final SignedIn keelung;
    final SignedIn headquarters;

    World(List<Fact> facts) {
      DatabaseUrl url = TestDatabase.empty();
      platform = new Platform(url, url, 0, Clock.systemUTC());
      platform.start();
      SignedIn.account(platform, "keelung", "A", 0, "officer", "own");
      keelung = SignedIn.stranger(platform, "keelung").in();
      headquarters = SignedIn.reader(platform);
      try (Database database = new Database(url, 1)) {
        int _ =
            database.inTransaction(tx -> {
              new Record().apply(tx, facts);
              return facts.size();
            });
      }
    }

    @Override
    public void close() {
      platform.close();
    }
  }

  private World whole;
  private World seen;

  @BeforeAll
  void start() {
    seen = new World(visible());
    List<Fact> all = new ArrayList<>(visible());
    all.addAll(hidden());
    whole = new World(all);
  }

  @AfterAll
  void stop() {
    whole.close();
    seen.close();
  }

  static Stream<String> questions() {
    Stream<String> keys =
        Stream.of(
                BOX.value(),
                AWAY.value(),
                "MSKU3054384",
                MASTER.value(),
                HOUSE_AWAY.value(),
                "KHH1",
                KEELUNG.value(),
                KAOHSIUNG.value(),
                SECRET.value(),
                VOYAGE.value(),
                COMPANY,
                "DPA",
                "DPB",
                "EXA",
                "EXB",
                "EXS",
                "EXSECRET",
                "BCA",
                "BCB",
                "BCS",
                "SEALA",
                "SEALB")
            .map(key -> "/api/v1/dossiers?key=" + URLEncoder.encode(key, UTF_8));
    Stream<String> lists =
        Lists.ALL.stream()
            .map(Listing::path)
            .map(path ->
                path.endsWith("manifest") ? path + "?voyage=9074729%2F0123E" : path + "?limit=50")
            .flatMap(path -> Stream.of(path, path + "&format=csv"));
    Stream<String> filtered =
        Stream.of(
            "/api/v1/declarations?container=" + BOX.value(),
            "/api/v1/declarations?bill=" + MASTER.value(),
            "/api/v1/declarations?district=B",
            "/api/v1/movements?container=" + BOX.value(),
            "/api/v1/examinations?declaration=" + URLEncoder.encode(SECRET.value(), UTF_8),
            "/api/v1/bonded-checks?company=" + COMPANY,
            "/api/v1/flow?limit=1",
            "/api/v1/field/packages/voyage?key=9074729%2F0123E",
            "/api/v1/field/packages/examinations",
            "/api/v1/field/packages/yard?key=TWKEL-E12",
            "/api/v1/field/packages/yard?key=TWKHH-T66");
    return Stream.of(keys, lists, filtered).flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void whatTheOfficerMayNotSeeChangesNoAnswer(String path) {
    HttpResponse<String> inWhole = whole.keelung.get(path);
    HttpResponse<String> inSeen = seen.keelung.get(path);

    assertThat(inWhole.statusCode()).isEqualTo(inSeen.statusCode()).isIn(200, 404);
    assertThat(said(inWhole)).isEqualTo(said(inSeen));
  }

  /** So that the test above does not pass because nothing is there. */
  @Test
  void headquartersSeesAllOfIt() {
    String box = whole.headquarters.get("/api/v1/dossiers?key=" + BOX.value()).body();
    assertThat(box)
        .contains(
            KAOHSIUNG.value(), SECRET.value(), "EXB", "EXS", "BCB", "BCS", "SEALB", "TWKHH-T66");
    assertThat(whole.headquarters.get("/api/v1/declarations").body())
        .contains(KAOHSIUNG.value(), SECRET.value());
    assertThat(whole.keelung.get("/api/v1/dossiers?key=" + BOX.value()).body())
        .contains(KEELUNG.value(), "EXA", "BCA", "SEALA")
        .doesNotContain(
            KAOHSIUNG.value(), SECRET.value(), "EXB", "EXS", "BCB", "BCS", "SEALB", "TWKHH");
    long differing =
        questions()
            .filter(
                path -> !said(whole.headquarters.get(path)).equals(said(whole.keelung.get(path))))
            .count();
    assertThat(differing).isGreaterThan(30);
  }

  @Test
  void clearanceOpensWhatIsSecretInOnesOwnDistrictAndNothingElse() {
    SignedIn.account(whole.platform, "cleared", "A", 1, "officer", "own");
    SignedIn cleared = SignedIn.stranger(whole.platform, "cleared").in();

    assertThat(cleared.get("/api/v1/dossiers?key=" + BOX.value()).body())
        .contains(SECRET.value(), "EXS", "BCS")
        .doesNotContain(KAOHSIUNG.value(), "EXB");
    assertThat(cleared.get("/api/v1/dossiers?key=EXCONFIDENTIAL").statusCode()).isEqualTo(404);
    assertThat(whole.headquarters.get("/api/v1/dossiers?key=EXCONFIDENTIAL").statusCode())
        .isEqualTo(200);
  }

  /** Without the id of the request and its moment, which are others each time. */
  private static String said(HttpResponse<String> response) {
    return response.body().replaceAll("\"(correlation|asOf)\":\"[^\"]*\"", "");
  }

  private static List<Fact> visible() {
    return List.of(
        voyage(),
        bill(MASTER, "TWKEL", BOX, "SEALA"),
        movement(BOX, "TWKEL-E12", 3, "SEALA"),
        permit("DPA", "AA", "TWKEL-E12", List.of(BOX)),
        declaration(KEELUNG, "AA", 0, BOX),
        step(KEELUNG),
        examination("EXA", KEELUNG, "AA", 0),
        check("BCA", "WA0701", 0));
  }

  private static List<Fact> hidden() {
    return List.of(
        bill(HOUSE_AWAY, "TWKHH", BOX, "SEALB"),
        bill(BillKey.of("KHHONLY1", null).orElseThrow(), "TWKHH", AWAY, "SEALB"),
        movement(BOX, "TWKHH-T66", 20, "SEALB"),
        movement(AWAY, "TWKHH-T66", 20, "SEALB"),
        permit("DPB", "BA", "TWKHH-T66", List.of(BOX)),
        declaration(KAOHSIUNG, "BA", 0, BOX),
        step(KAOHSIUNG),
        examination("EXB", KAOHSIUNG, "BA", 0),
        check("BCB", "WB0203", 0),
        declaration(SECRET, "AA", 1, BOX),
        step(SECRET),
        examination("EXS", SECRET, "AA", 0),
        examination("EXSECRET", KEELUNG, "AA", 1),
        examination("EXCONFIDENTIAL", KEELUNG, "AA", 2),
        check("BCS", "WA0701", 1));
  }

  private static DeclarationNumber declared(String number) {
    return DeclarationNumber.parse(number).orElseThrow();
  }

  private static Told told(int hour, String what, int classification) {
    UUID id = UUID.nameUUIDFromBytes((hour + what).getBytes(UTF_8));
    return new Told(
        DAY.plusSeconds(hour * 3600L), 30, id.getMostSignificantBits(), id, "TEST", classification);
  }

  private static Fact voyage() {
    return new Fact.Voyage(
        told(0, "v", 0),
        VOYAGE,
        "EVER TEST",
        "15A001",
        "EVG",
        "CNSHA",
        "TWKEL",
        "TWKEL-E12",
        DAY,
        DAY,
        null,
        null);
  }

  private static Fact bill(BillKey key, String port, ContainerNumber box, String seal) {
    return new Fact.Bill(
        told(1, key.value(), 0),
        key,
        VOYAGE,
        "DOC" + port,
        false,
        "tyres",
        10,
        "CT",
        BigDecimal.TEN,
        "SHIPPER",
        "TRADER",
        COMPANY,
        null,
        "CNSHA",
        port,
        null,
        List.of(),
        List.of(new Fact.Bill.Packed(box, "22G1", true, 10, BigDecimal.TEN, List.of(seal))));
  }

  private static Fact movement(ContainerNumber box, String place, int hour, String seal) {
    return new Fact.Movement(
        told(hour, box.value() + place, 0),
        box,
        MovementKind.GATE_IN,
        DAY.plusSeconds(hour * 3600L),
        place,
        null,
        false,
        "22G1",
        true,
        null,
        List.of(seal),
        VOYAGE,
        null,
        null,
        null);
  }

  private static Fact permit(
      String number, String office, String terminal, List<ContainerNumber> boxes) {
    return new Fact.Permit(
        told(2, number, 0),
        number,
        VOYAGE,
        Fact.Permit.Scope.PART,
        false,
        office,
        terminal,
        null,
        boxes,
        List.of());
  }

  private static Fact declaration(
      DeclarationNumber number, String office, int classification, @Nullable ContainerNumber box) {
    return new Fact.Declaration(
        told(5, number.value(), classification),
        number,
        Direction.IMPORT,
        "G1",
        office,
        "TRADER",
        COMPANY,
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
        List.of(),
        List.of(MASTER),
        List.of(box));
  }

  private static Fact step(DeclarationNumber number) {
    return new Fact.Step(
        told(6, number.value(), 0),
        number,
        StepKind.LODGED,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }

  private static Fact examination(
      String number, DeclarationNumber declaration, String office, int classification) {
    return new Fact.Examination(
        told(10, number, classification),
        number,
        declaration,
        List.of(BOX),
        Fact.Examination.Method.X,
        Fact.Examination.Result.CONFORM,
        false,
        office,
        null,
        List.of(),
        null);
  }

  private static Fact check(String number, String premises, int classification) {
    return new Fact.BondedCheck(
        told(11, number, classification),
        number,
        new Fact.BondedCheck.Premises(
            premises, "warehouse", Fact.BondedCheck.Premises.Kind.WAREHOUSE),
        COMPANY,
        Fact.BondedCheck.Result.CONFORM,
        false,
        List.of(),
        List.of(BOX),
        List.of(),
        null);
  }
}
