package tongguan.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.Limits;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Photos as a device sends them over a bad line, and as others may see them; on two nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhotoHttpTest {
  private static final String KEELUNG = "AA  9912345678";
  private static final String SECRET = "AA  9912345679";
  private static final int PIECE = 100_000;

  private final DatabaseUrl url = TestDatabase.empty();
  private final Platform platform = new Platform(url, url, 0, Clock.systemUTC());
  private final Platform other = new Platform(url, url, 0, Clock.systemUTC());
  private SignedIn chen;
  private SignedIn wang;
  private SignedIn kaohsiung;

  @BeforeAll
  void start() {
    platform.start();
    other.start();
    TestDatabase.execute(
        url,
        """
        update identity.role set second_factor = false;
        insert into record.declaration (number, office, classification) values
          ('AA  9912345678', 'AA', 0), ('AA  9912345679', 'AA', 2)
        """);
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
    other.close();
  }

  /** A picture of about 300 KB that no other test has. */
  static byte[] picture(long seed) {
    byte[] drawn = PictureTest.drawn("png", 30, 20);
    byte[] noise = new byte[300_000];
    new Random(seed).nextBytes(noise);
    byte[] both = Arrays.copyOf(drawn, drawn.length + noise.length);
    System.arraycopy(noise, 0, both, drawn.length, noise.length);
    return both;
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Object> announcement(byte[] bytes) {
    Map<String, Object> wish = new HashMap<>();
    wish.put("sha256", sha256(bytes));
    wish.put("bytes", bytes.length);
    wish.put("takenAt", "2026-11-25T09:30:00+08:00");
    wish.put("position", Map.of("latitude", 25.150923, "longitude", 121.740101, "accuracy", 8.5));
    return wish;
  }

  private static String path(String declaration) {
    return "/api/v1/declarations/" + declaration.replace(" ", "%20") + "/photos";
  }

  private static String begun(SignedIn officer, byte[] bytes) {
    HttpResponse<String> answer = officer.post(path(KEELUNG), announcement(bytes));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).path("id").stringValue();
  }

  private static HttpResponse<String> send(SignedIn officer, String id, byte[] bytes, int at) {
    return officer.post(
        "/api/v1/photos/" + id + "/pieces?offset=" + at,
        Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PIECE)));
  }

  private static JsonNode sent(SignedIn officer, String id, byte[] bytes) {
    JsonNode last = json(officer.get("/api/v1/photos/" + id));
    for (int at = 0; at < bytes.length; at += PIECE) {
      HttpResponse<String> answer = send(officer, id, bytes, at);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      last = json(answer);
    }
    return last;
  }

  private String audited(String id, String column) {
    return TestDatabase.text(
        url,
        "select string_agg(%s, ' ' order by id) from audit.entry where record = 'photo:%s'"
            .formatted(column, id));
  }

  @Test
  void anInterruptedUploadGoesOnWhereItEndedAlsoOnAnotherNode() {
    byte[] bytes = picture(1);
    String id = begun(chen, bytes);
    assertThat(send(chen, id, bytes, 0).statusCode()).isEqualTo(200);

    // The line breaks; the device asks anew, twice, and another node answers.
    SignedIn again = chen.at(other);
    assertThat(begun(again, bytes)).isEqualTo(id);
    HttpResponse<String> known = again.get("/api/v1/photos/" + id);
    assertThat(known.headers().firstValue("Upload-Offset")).contains("100000");
    assertThat(json(known).path("offset").intValue()).isEqualTo(PIECE);
    // A piece that is there already comes again, and one comes too early.
    assertThat(json(send(again, id, bytes, 0)).path("offset").intValue()).isEqualTo(PIECE);
    HttpResponse<String> early = send(again, id, bytes, 2 * PIECE);
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(json(early).path("offset").intValue()).isEqualTo(PIECE);

    assertThat(send(again, id, bytes, PIECE).statusCode()).isEqualTo(200);
    assertThat(send(again, id, bytes, 2 * PIECE).statusCode()).isEqualTo(200);
    JsonNode whole = json(send(chen, id, bytes, 3 * PIECE));

    assertThat(whole.path("whole").booleanValue()).isTrue();
    assertThat(whole.path("mediaType").stringValue()).isEqualTo("image/png");
    assertThat(whole.path("width").intValue()).isEqualTo(30);
    assertThat(whole.at("/position/latitude").decimalValue()).hasToString("25.150923");
    assertThat(begun(chen, bytes)).isEqualTo(id);
    // The last piece again changes nothing either.
    assertThat(json(send(chen, id, bytes, 3 * PIECE)).path("whole").booleanValue()).isTrue();
    assertThat(audited(id, "act")).isEqualTo("photo.begin photo.add");

    HttpResponse<byte[]> shown = wang.at(other).bytes("/api/v1/photos/" + id + "/content");
    assertThat(shown.body()).isEqualTo(bytes);
    assertThat(shown.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(shown.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(shown.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'");
    assertThat(shown.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(json(wang.get(path(KEELUNG))).path("items").toString()).contains(id);
    assertThat(audited(id, "act")).endsWith("photo.view");
  }

  @Test
  void bytesOfAnotherHashAreThrownAwayAndWrittenDown() {
    byte[] bytes = picture(2);
    String id = begun(chen, bytes);
    byte[] forged = bytes.clone();
    forged[bytes.length - 1] ^= 1;
    for (int at = 0; at < 3 * PIECE; at += PIECE) {
      assertThat(send(chen, id, forged, at).statusCode()).isEqualTo(200);
    }

    HttpResponse<String> refused = send(chen, id, forged, 3 * PIECE);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(code(refused)).isEqualTo("photo-hash");
    assertThat(chen.get("/api/v1/photos/" + id).statusCode()).isEqualTo(404);
    assertThat(
            TestDatabase.text(url, "select count(*) from photo.piece where photo = '" + id + "'"))
        .isEqualTo("0");
    assertThat(audited(id, "act || ':' || code")).isEqualTo("photo.begin: photo.add:photo-hash");
    assertThat(sent(chen, begun(chen, bytes), bytes).path("whole").booleanValue()).isTrue();
  }

  @Test
  void whatIsNoPictureOrIsFarTooLargeIsRefused() {
    byte[] page = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> noPicture = send(chen, begun(chen, page), page, 0);
    assertThat(noPicture.statusCode()).isEqualTo(422);
    assertThat(code(noPicture)).isEqualTo("photo-kind");

    byte[] bomb = PictureTest.drawn("png", 10, 10);
    bomb[17] = 0x01;
    bomb[21] = 0x01;
    assertThat(code(send(chen, begun(chen, bomb), bomb, 0))).isEqualTo("photo-pixels");
  }

  @Test
  void theBoundsHold() {
    byte[] bytes = picture(3);
    Map<String, Object> wish = announcement(bytes);
    wish.put("bytes", Limits.PHOTO_BYTES + 1);
    assertThat(chen.post(path(KEELUNG), wish).statusCode()).isEqualTo(400);
    for (Map.Entry<String, Object> wrong :
        Map.<String, Object>of(
                "sha256",
                "AB" + "0".repeat(62),
                "takenAt",
                "2999-01-01T00:00:00Z",
                "position",
                Map.of("latitude", 91, "longitude", 0))
            .entrySet()) {
      Map<String, Object> spoilt = announcement(bytes);
      spoilt.put(wrong.getKey(), wrong.getValue());
      HttpResponse<String> answer = chen.post(path(KEELUNG), spoilt);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(json(answer).path("member").stringValue()).startsWith(wrong.getKey());
    }

    String id = begun(chen, bytes);
    String pieces = "/api/v1/photos/" + id + "/pieces?offset=0";
    assertThat(code(chen.post(pieces, Arrays.copyOf(bytes, 1000)))).isEqualTo("photo-piece");
    assertThat(chen.post(pieces, new byte[Limits.PHOTO_PIECE_BYTES + 1]).statusCode())
        .isEqualTo(413);
    assertThat(chen.post(pieces, new byte[bytes.length + 1]).statusCode()).isEqualTo(409);
    Map<String, Object> shorter = announcement(bytes);
    shorter.put("bytes", bytes.length - 1);
    assertThat(code(chen.post(path(KEELUNG), shorter))).isEqualTo("photo-differs");
  }

  @Test
  void onlyWhoMaySeeTheDeclarationSeesItsPhotosAndOnlyItsOfficerAddsToOne() {
    byte[] bytes = picture(4);
    String id = begun(chen, bytes);
    // Not whole yet: it exists for its own officer alone.
    assertThat(wang.get("/api/v1/photos/" + id).statusCode()).isEqualTo(404);
    assertThat(send(wang, id, bytes, 0).statusCode()).isEqualTo(404);
    assertThat(sent(chen, id, bytes).path("whole").booleanValue()).isTrue();
    assertThat(wang.get("/api/v1/photos/" + id).statusCode()).isEqualTo(200);
    // Another officer's upload of the same picture is another row, with nothing of the first one's.
    assertThat(begun(wang, bytes)).isNotEqualTo(id);

    for (String elsewhere : new String[] {"", "/content"}) {
      assertThat(kaohsiung.get("/api/v1/photos/" + id + elsewhere).statusCode()).isEqualTo(404);
    }
    assertThat(json(kaohsiung.get(path(KEELUNG))).path("items")).isEmpty();
    assertThat(kaohsiung.post(path(KEELUNG), announcement(bytes)).statusCode()).isEqualTo(404);
    assertThat(chen.post(path(SECRET), announcement(bytes)).statusCode()).isEqualTo(404);

    TestDatabase.execute(
        url, "update record.declaration set raised = 2 where number = '" + KEELUNG + "'");
    try {
      assertThat(chen.get("/api/v1/photos/" + id + "/content").statusCode()).isEqualTo(404);
    } finally {
      TestDatabase.execute(
          url, "update record.declaration set raised = 0 where number = '" + KEELUNG + "'");
    }
  }
}
