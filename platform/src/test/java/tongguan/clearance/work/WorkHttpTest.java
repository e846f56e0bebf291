package tongguan.clearance.work;

import static org.assertj.core.api.Assertions.assertThat;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Work lists as officers and their chiefs find them, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkHttpTest {
  private final DatabaseUrl url = TestDatabase.empty();
  private final Platform platform = new Platform(url, url, 0, Clock.systemUTC());
  private SignedIn officer;
  private SignedIn colleague;
  private SignedIn chief;
  private SignedIn elsewhere;

  @BeforeAll
  void start() {
    platform.start();
    TestDatabase.execute(url, "update identity.role set second_factor = false");
    officer = in("officer", "A", 0, "officer");
    colleague = in("colleague", "A", 0, "officer");
    chief = in("chief", "A", 1, "district-administrator");
    elsewhere = in("elsewhere", "B", 2, "officer");
  }

  private SignedIn in(String name, String unit, int clearance, String role) {
    SignedIn.account(platform, name, unit, clearance, role, "own");
    return SignedIn.stranger(platform, name).in();
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  @BeforeEach
  void clear() {
    TestDatabase.execute(
        url,
        "delete from clearance.assignment; delete from clearance.command; delete from record.declaration");
  }

  /** A declaration as the record has settled it, its last step so many minutes ago. */
  private void declared(String number, String phase, String next, int minutes, String more) {
    TestDatabase.execute(
        url,
        """
        insert into record.declaration (number, direction, office, phase, channel, waiting_for, next_step, last_step_at)
        values ('%s', 'import', left('%1$s', 2), '%s', 'C3M', '{%2$s}', '%s', now() - %d * interval '1 minute')
        """
            .formatted(number, phase, next, minutes));
    TestDatabase.execute(
        url,
        "update record.declaration set %s where number = '%s'"
            .formatted(more.isEmpty() ? "origin = 'JP'" : more, number));
  }

  private void declared(String number, String phase, String next, int minutes) {
    declared(number, phase, next, minutes, "");
  }

  private static List<String> keys(JsonNode page) {
    List<String> keys = new ArrayList<>();
    page.path("items").forEach(item -> keys.add(item.path("key").stringValue("")));
    return keys;
  }

  private static JsonNode work(SignedIn who, String query) {
    HttpResponse<String> answer = who.get("/api/v1/work" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private static int count(JsonNode page, String view) {
    return page.path("counts").path(view).intValue();
  }

  private static String path(String number, String word) {
    return "/api/v1/declarations/" + number.replace(" ", "%20") + "/" + word;
  }

  private static HttpResponse<String> assign(SignedIn who, String number, String word) {
    return who.make(path(number, word), Map.of());
  }

  @Test
  void whatWaitsForAnOfficerIsCustomsNextStepInTheOwnUnitTheMostUrgentFirst() {
    declared("AA  1500000001", "examination", "examined", 60);
    declared("AA  1500000002", "lodged", "accepted", 30);
    declared("AA  1500000003", "duty", "duty-paid", 30);
    declared("AA  1500000004", "released", "goods-out", 30);
    declared("AA  1500000005", "valuation", "valued", 30, "waiting_for = '{hold,valuation}'");
    declared("BA  1500000006", "lodged", "accepted", 30);

    JsonNode page = work(officer, "");

    assertThat(keys(page)).containsExactly("AA  1500000002", "AA  1500000001");
    assertThat(page.at("/items/0/next").stringValue("")).isEqualTo("accepted");
    assertThat(page.at("/items/0/dueAt").isString()).isTrue();
    assertThat(count(page, "waiting")).isEqualTo(2);
    assertThat(count(page, "unit")).isEqualTo(4);
    assertThat(keys(work(officer, "?of=unit"))).hasSize(4);
    assertThat(keys(work(elsewhere, ""))).containsExactly("BA  1500000006");
  }

  @Test
  void whatAnOfficerMayNotSeeIsNeitherShownNorCounted() {
    declared("AA  1500000001", "lodged", "accepted", 30);
    declared("AA  1500000002", "lodged", "accepted", 30, "classification = 1");
    declared("AA  1500000003", "lodged", "accepted", 30, "raised = 2");
    declared("AABB1500000004", "lodged", "accepted", 30);

    for (String view : List.of("waiting", "near", "unit")) {
      JsonNode page = work(officer, "?of=" + view);
      assertThat(keys(page)).as(view).containsExactly("AA  1500000001", "AABB1500000004");
      assertThat(count(page, view)).as(view).isEqualTo(2);
    }
    assertThat(count(work(chief, "?of=unit"), "unit")).isEqualTo(3);
    assertThat(count(work(elsewhere, "?of=unit"), "unit")).isZero();
  }

  @Test
  void whoApprovesFindsWhatIsHeldAndNotWhatOthersDo() {
    String holds = "holds = '[{\"reference\": \"H1\"}]', waiting_for = '{hold,valuation}'";
    declared("AA  1500000001", "valuation", "valued", 30, holds);
    declared("AA  1500000002", "lodged", "accepted", 30);

    assertThat(keys(work(chief, ""))).containsExactly("AA  1500000001");
    assertThat(keys(work(officer, ""))).containsExactly("AA  1500000002");
  }

  @Test
  void whatIsOnItsWayToTheCoreSystemWaitsForNobodyHere() {
    declared("AA  1500000001", "lodged", "accepted", 30);
    TestDatabase.execute(
        url,
        """
        insert into clearance.command
          (id, declaration, act, input, system, officer, officer_name, unit, core_user, next_at)
        select uuidv7(), 'AA  1500000001', 'accept', '{}', 'sea', a.id, a.name, a.unit, 'wang', 'infinity'
        from identity.account a where a.name = 'officer'
        """);

    assertThat(keys(work(officer, ""))).isEmpty();
    assertThat(keys(work(officer, "?of=unit"))).hasSize(1);
  }

  @Test
  void pagesFollowEachOtherByDeadlineWithoutGapOrRepetition() {
    TestDatabase.execute(
        url,
        """
        insert into record.declaration (number, direction, office, phase, waiting_for, next_step, last_step_at)
        select 'AA1515' || lpad(n::text, 8, '0'), 'import', 'AA', 'lodged', '{acceptance}', 'accepted',
          now() - (n % 7) * interval '1 minute'
        from generate_series(1, 120) n
        """);

    List<String> all = new ArrayList<>();
    List<String> dues = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = work(officer, after.isEmpty() ? "" : "?after=" + after);
      all.addAll(keys(page));
      page.path("items").forEach(item -> dues.add(item.path("dueAt").stringValue("")));
      after = page.path("next").stringValue("");
    } while (!after.isEmpty());

    assertThat(all).hasSize(120).doesNotHaveDuplicates();
    assertThat(dues).isSorted();
    assertThat(code(officer.get("/api/v1/work?after=x"))).isEqualTo("cursor");
    assertThat(code(officer.get("/api/v1/work?of=all"))).isEqualTo("parameter");
  }

  @Test
  void whatOneOfficerHasTakenOnIsNotAnothersUntilItIsGivenBack() {
    declared("AA  1500000001", "examination", "examined", 60);

    assertThat(assign(officer, "AA  1500000001", "take").statusCode()).isEqualTo(200);

    assertThat(keys(work(officer, "?of=mine"))).containsExactly("AA  1500000001");
    assertThat(keys(work(officer, ""))).containsExactly("AA  1500000001");
    assertThat(keys(work(colleague, ""))).isEmpty();
    assertThat(work(colleague, "?of=unit").at("/items/0/officer").stringValue(""))
        .isEqualTo("officer");
    HttpResponse<String> second =
        colleague.post(path("AA  1500000001", "take") + "/draft", Map.of());
    assertThat(code(second)).isEqualTo("taken-already");

    assertThat(assign(officer, "AA  1500000001", "leave").statusCode()).isEqualTo(200);

    assertThat(keys(work(officer, "?of=mine"))).isEmpty();
    assertThat(keys(work(colleague, ""))).containsExactly("AA  1500000001");
  }

  @Test
  void aChiefGivesWorkToAnOfficerOfTheDistrictWhoMaySeeIt() {
    declared("AA  1500000001", "examination", "examined", 60, "classification = 1");
    declared("AA  1500000002", "examination", "examined", 60);
    declared("BA  1500000003", "examination", "examined", 60);
    assertThat(assign(officer, "AA  1500000002", "take").statusCode()).isEqualTo(200);

    assertThat(given("AA  1500000002", "colleague").statusCode()).isEqualTo(200);

    assertThat(keys(work(colleague, "?of=mine"))).containsExactly("AA  1500000002");
    assertThat(code(drafted("AA  1500000001", "colleague"))).isEqualTo("input");
    assertThat(code(drafted("AA  1500000002", "elsewhere"))).isEqualTo("input");
    assertThat(code(drafted("BA  1500000003", "colleague"))).isEqualTo("unknown-declaration");
    assertThat(
            officer
                .post(path("AA  1500000002", "give") + "/draft", Map.of("officer", "officer"))
                .statusCode())
        .isEqualTo(403);
  }

  private HttpResponse<String> given(String number, String to) {
    return chief.make(path(number, "give"), Map.of("officer", to));
  }

  private HttpResponse<String> drafted(String number, String to) {
    return chief.post(path(number, "give") + "/draft", Map.of("officer", to));
  }
}
