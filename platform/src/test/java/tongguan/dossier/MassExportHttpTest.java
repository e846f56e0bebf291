package tongguan.dossier;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;

/** Two persons for mass exports (P12, ASVS 14.2.4): also in small pieces, and never oneself. */
class MassExportHttpTest {
  private DatabaseUrl url;
  private Platform platform;
  private SignedIn asker;
  private SignedIn giver;

  @BeforeEach
  void start() {
    url = TestDatabase.empty();
    platform = new Platform(url, url, 0, Clock.systemUTC());
    platform.start();
    TestDatabase.execute(
        url,
        """
        update identity.role set second_factor = false;
        update identity.policy set least = 1, value = 3 where code = 'export-rows';
        insert into record.permit (number, voyage, scope, office, issued_at, cancelled, source, told_at,
          told_rank, told_tie, message)
        select 'DP' || n, case when n < 3 then 'V1' else 'V2' end, 'all', 'AA',
          timestamptz '2026-11-20' + n * interval '1 hour', false, 'TEST', now(), 1, n, gen_random_uuid()
        from generate_series(1, 5) n
        """);
    SignedIn.account(platform, "asker", "HQ", 2, "headquarters-administrator", "all");
    SignedIn.account(platform, "giver", "HQ", 2, "headquarters-administrator", "all");
    asker = SignedIn.stranger(platform, "asker").in();
    giver = SignedIn.stranger(platform, "giver").in();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void whatIsTooMuchForOnePersonIsAlsoTooMuchInSmallPieces() {
    assertThat(refused(asker.get("/api/v1/permits?format=csv"))).isEqualTo("mass-export");
    assertThat(lines(asker.get("/api/v1/permits?format=csv&voyage=V1"))).isEqualTo(3);
    assertThat(refused(asker.get("/api/v1/permits?format=csv&voyage=V1"))).isEqualTo("mass-export");
    assertThat(lines(giver.get("/api/v1/permits?format=csv&voyage=V1"))).isEqualTo(3);
    assertThat(audited("outcome = 'refused' and code = 'mass-export'")).isEqualTo("2");
  }

  @Test
  void anotherPersonsWordIsGoodForOneExportOfThatList() {
    Map<String, Object> wish =
        Map.of("list", "permits", "filters", Map.of(), "reason", "yearly report");
    String request =
        SignedIn.json(asker.make("/api/v1/mass-exports", wish)).path("request").stringValue();
    Map<String, Object> yes = Map.of("approve", true, "reason", "agreed");
    String decide = "/api/v1/requests/" + request + "/decide";
    assertThat(refused(asker.get("/api/v1/permits?format=csv&grant=" + request)))
        .isEqualTo("mass-export");
    assertThat(refused(asker.post(decide + "/draft", yes))).isEqualTo("second-person");
    assertThat(giver.make(decide, yes).statusCode()).isEqualTo(200);
    String path = SignedIn.json(asker.get("/api/v1/requests")).at("/items/0/result").stringValue();

    assertThat(refused(giver.get(path))).isEqualTo("mass-export");
    assertThat(refused(asker.get(path + "&voyage=V2"))).isEqualTo("mass-export");
    assertThat(lines(asker.get(path))).isEqualTo(6);
    assertThat(refused(asker.get(path))).isEqualTo("mass-export");

    assertThat(
            audited(
                "act = 'export' and outcome = 'done' and details::json ->> 'request' = '"
                    + request
                    + "' and results = 5"))
        .isEqualTo("1");
    assertThat(audited("act = 'records.export' and name = 'giver'")).isEqualTo("1");
  }

  @Test
  void aListThatIsNoneAndAFilterThatIsNoneAreRefusedBeforeAnyoneIsAsked() {
    assertThat(
            refused(
                asker.post(
                    "/api/v1/mass-exports/draft",
                    Map.of("list", "secrets", "filters", Map.of(), "reason", "x"))))
        .isEqualTo("input");
    assertThat(
            refused(
                asker.post(
                    "/api/v1/mass-exports/draft",
                    Map.of(
                        "list", "permits", "filters", Map.of("from", "yesterday"), "reason", "x"))))
        .isEqualTo("parameter");
  }

  @Test
  void anExportsFiltersAreInTheAudit() {
    asker.get("/api/v1/permits?format=csv&voyage=V1");

    assertThat(
            audited("act = 'export' and details::json ->> 'filters' = 'voyage=V1' and results = 2"))
        .isEqualTo("1");
  }

  private static String refused(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isGreaterThanOrEqualTo(400);
    return SignedIn.code(response);
  }

  private static long lines(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body().lines().count();
  }

  private String audited(String where) {
    return TestDatabase.text(url, "select count(*) from audit.entry where " + where);
  }
}
