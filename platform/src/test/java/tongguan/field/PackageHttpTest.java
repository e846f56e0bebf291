package tongguan.field;

import static org.assertj.core.api.Assertions.assertThat;
import static tongguan.access.SignedIn.code;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Packages as a device fetches them; what of them an officer may see is SightHttpTest's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackageHttpTest {
  private static final String VOYAGE = "/api/v1/field/packages/voyage?key=9074729%2F0123E";

  private final DatabaseUrl url = TestDatabase.empty();
  private final Platform platform = new Platform(url, url, 0, Clock.systemUTC());
  private SignedIn officer;

  @BeforeAll
  void start() {
    platform.start();
    officer = SignedIn.reader(platform);
    TestDatabase.execute(
        url,
        """
        insert into record.voyage (key, mode, imo, voyage_number) values ('9074729/0123E', 'sea', '9074729', '0123E');
        insert into record.declaration (number, direction, declaration_kind, office, voyage, phase, channel)
        select 'AA  99PACK' || lpad(n::text, 4, '0'), 'import', 'G1', 'AA', '9074729/0123E',
          case when n <= 2 then 'examination' else 'lodged' end, case when n <= 2 then 'C3' end
        from generate_series(1, 700) n;
        """);
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  private static List<JsonNode> lines(String body) {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : body.split("\n", -1)) {
      if (!line.isEmpty()) {
        try {
          lines.add(Json.read(line.getBytes(StandardCharsets.UTF_8)));
        } catch (Json.Malformed e) {
          throw new AssertionError(line, e);
        }
      }
    }
    return lines;
  }

  @Test
  void aVoyageComesWithItsDeclarationsAndWhatMayBeDoneNextAndSaysWhatIsLeft() {
    HttpResponse<String> answer = officer.get(VOYAGE);

    List<JsonNode> lines = lines(answer.body());
    JsonNode head = lines.getFirst();
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(head.path("dossiers").intValue()).isEqualTo(Limits.PACKAGE_DOSSIERS);
    assertThat(head.path("left").intValue()).isEqualTo(701 - Limits.PACKAGE_DOSSIERS);
    assertThat(Instant.parse(head.path("asOf").stringValue()))
        .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now().plusSeconds(60));
    assertThat(lines.getLast().path("end").booleanValue()).isTrue();
    assertThat(lines).hasSize(Limits.PACKAGE_DOSSIERS + 2);
    assertThat(lines.get(1).path("kind").stringValue()).isEqualTo("voyage");
    JsonNode declaration = lines.get(2);
    assertThat(declaration.at("/dossier/subject/key").stringValue())
        .isEqualTo(declaration.path("key").stringValue());
    HttpResponse<String> next =
        officer.get(
            "/api/v1/declarations/"
                + declaration.path("key").stringValue().replace(" ", "%20")
                + "/next");
    assertThat(declaration.path("next")).isEqualTo(SignedIn.json(next));
  }

  @Test
  void theExaminationListIsOfOneOfficeOrOfAll() {
    List<JsonNode> all = lines(officer.get("/api/v1/field/packages/examinations").body());
    List<JsonNode> other = lines(officer.get("/api/v1/field/packages/examinations?key=BA").body());

    assertThat(all.getFirst().path("dossiers").intValue()).isEqualTo(2);
    assertThat(other.getFirst().path("dossiers").intValue()).isZero();
    assertThat(other.getLast().path("end").booleanValue()).isTrue();
  }

  @Test
  void itComesCompressedToWhoeverTakesThat() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.port() + VOYAGE))
            .header("Cookie", officer.cookie())
            .header("Accept-Encoding", "gzip")
            .build();
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());

    byte[] whole = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
    System.out.printf(
        "a package of %d dossiers: %d bytes, %d compressed%n",
        Limits.PACKAGE_DOSSIERS, whole.length, answer.body().length);
    assertThat(lines(new String(whole, StandardCharsets.UTF_8)))
        .hasSize(Limits.PACKAGE_DOSSIERS + 2);
    assertThat(answer.body().length).isLessThan(whole.length / 4);
  }

  @Test
  void itIsOneEntryWithItsKeyAndCount() {
    HttpResponse<String> _ = officer.get("/api/v1/field/packages/yard?key=TWKEL-E13");

    assertThat(
            TestDatabase.text(
                url,
                "select record || ' ' || results || ' ' || name from audit.entry where act = 'field.package' and record = 'yard:TWKEL-E13'"))
        .isEqualTo("yard:TWKEL-E13 0 reader");
  }

  @Test
  void aDayHasItsBoundAndSoHasThePermission() {
    SignedIn.account(platform, "collector", "HQ", 2, "officer", "all");
    SignedIn collector = SignedIn.stranger(platform, "collector").in();
    for (int i = 0; i < Limits.PACKAGE_DOSSIERS_OF_DAY / Limits.PACKAGE_DOSSIERS; i++) {
      assertThat(collector.get(VOYAGE).statusCode()).isEqualTo(200);
    }
    TestDatabase.execute(
        url,
        "insert into identity.role (code, name_zh, name_en, permissions, idle_seconds, session_hours, second_factor) values ('blind', '無', 'Blind', '{field.read}', 900, 12, false)");
    SignedIn.account(platform, "blind", "HQ", 2, "blind", "all");

    assertThat(code(collector.get(VOYAGE))).isEqualTo("packages-of-day");
    assertThat(collector.get("/api/v1/field/packages/yard?key=TWKEL-E12").statusCode())
        .isEqualTo(200);
    assertThat(code(SignedIn.stranger(platform, "blind").in().get(VOYAGE)))
        .isEqualTo("not-permitted");
  }

  @Test
  void aPackageOfNothingIsNotThere() {
    assertThat(code(officer.get("/api/v1/field/packages/patrol?key=1")))
        .isEqualTo("unknown-package");
    assertThat(code(officer.get("/api/v1/field/packages/voyage"))).isEqualTo("parameter");
  }
}
