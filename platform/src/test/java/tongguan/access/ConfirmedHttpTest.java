package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;
import static tongguan.access.SignedIn.PASSWORD;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.Platform;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tools.jackson.databind.JsonNode;

/**
 * Changes that are confirmed one by one, and those of two persons, on two real nodes. Closes suite
 * S5, the paths P9 (accounts), P11, P22 and P24, and the faults F2 (a used confirmation) and F13.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfirmedHttpTest {
  private DatabaseUrl url;
  private Platform one;
  private Platform two;
  private SignedIn admin;
  private SignedIn second;
  private SignedIn district;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path keys) {
    folder = keys;
    url = TestDatabase.empty();
    one = new Platform(url, url, 0, Clock.systemUTC());
    two = new Platform(url, url, 0, Clock.systemUTC());
    one.identity().open(keys);
    two.identity().open(keys);
    one.start();
    two.start();
    // Administrators need a second factor; that has a test of its own.
    TestDatabase.execute(url, "update identity.role set second_factor = false");
    admin = administrator("admin", "HQ", "headquarters-administrator", "all");
    second = administrator("second", "HQ", "headquarters-administrator", "all");
    district = administrator("district", "A", "district-administrator", "own");
  }

  private SignedIn administrator(String name, String unit, String role, String scope) {
    SignedIn.account(one, name, unit, 2, role, scope);
    return SignedIn.stranger(one, name).in();
  }

  @AfterAll
  void stop() {
    one.close();
    two.close();
  }

  private String lockedOfficer(String name) {
    UUID id = SignedIn.account(one, name, "A", 0, "officer", "own");
    lock(id);
    return "/api/v1/accounts/" + id + "/unlock";
  }

  private void lock(UUID account) {
    TestDatabase.execute(
        url,
        "insert into identity.tries (account, place, fails) values ('"
            + account
            + "', 'elsewhere', 3)");
  }

  private boolean isLocked(String name) {
    return TestDatabase.text(
            url,
            "select coalesce(max(t.fails), 0) >= 3 from identity.tries t join identity.account a on a.id = t.account where a.name = '"
                + name
                + "'")
        .equals("t");
  }

  private static final Map<String, Object> REASON =
      Map.of("reason", "called back and known by voice");

  @Test
  void whatIsShownIsConfirmedAndDoneOnceAndIsInTheAudit() {
    String path = lockedOfficer("s5-good");
    JsonNode draft = json(admin.post(path + "/draft", REASON));
    assertThat(draft.path("title").stringValue()).isEqualTo("Unlock the account");
    assertThat(draft.at("/lines/0/value").stringValue()).contains("s5-good");
    assertThat(draft.at("/lines/1/value").stringValue())
        .isEqualTo("called back and known by voice");
    assertThat(isLocked("s5-good")).isTrue();

    HttpResponse<String> done =
        admin.at(two).confirm(path, REASON, draft.path("confirmation").stringValue(), PASSWORD);

    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(isLocked("s5-good")).isFalse();
    assertThat(
            TestDatabase.text(
                url,
                "select count(*) from audit.entry where act = 'account.unlock' and outcome = 'done' and record = 'account:s5-good' and name = 'admin'"))
        .isEqualTo("1");
    assertThat(SignedIn.stranger(one, "s5-good").logIn(PASSWORD).statusCode()).isEqualTo(200);
  }

  @Test
  void s5aChangedCharacterAnotherSessionAnotherOperationAndALateOneAreRefused() {
    String path = lockedOfficer("s5-flips");
    String other = lockedOfficer("s5-other");
    Map<String, UnaryOperator<Map<String, Object>>> flips = new LinkedHashMap<>();
    flips.put(
        "a letter of the reason", input -> Map.of("reason", "Called back and known by voice"));
    flips.put("a blank", input -> Map.of("reason", "called back and known by voice."));
    flips.put("a member more", input -> Map.of("reason", input.get("reason"), "also", true));
    for (Map.Entry<String, UnaryOperator<Map<String, Object>>> flip : flips.entrySet()) {
      String nonce = admin.draft(path, REASON);
      HttpResponse<String> refused =
          admin.confirm(path, flip.getValue().apply(REASON), nonce, PASSWORD);
      assertThat(code(refused)).as(flip.getKey()).isEqualTo("confirmation");
      assertThat(json(refused).path("why").stringValue()).isEqualTo("changed");
    }

    assertThat(why(admin.confirm(other, REASON, admin.draft(path, REASON), PASSWORD)))
        .as("another account")
        .isEqualTo("changed");
    assertThat(
            why(
                admin.confirm(
                    path.replace("unlock", "end"), REASON, admin.draft(path, REASON), PASSWORD)))
        .as("another operation")
        .isEqualTo("other");
    assertThat(why(second.confirm(path, REASON, admin.draft(path, REASON), PASSWORD)))
        .as("another person")
        .isEqualTo("unknown");
    SignedIn elsewhere = SignedIn.stranger(two, "admin").in();
    assertThat(why(elsewhere.confirm(path, REASON, admin.draft(path, REASON), PASSWORD)))
        .as("another session")
        .isEqualTo("unknown");
    assertThat(why(admin.confirm(path, REASON, "0".repeat(32), PASSWORD)))
        .as("made up")
        .isEqualTo("unknown");
    String late = admin.draft(path, REASON);
    TestDatabase.execute(
        url, "update access.confirmation set ends_at = now() where used_at is null");
    assertThat(why(admin.confirm(path, REASON, late, PASSWORD))).isEqualTo("expired");
    String stale = admin.draft(path, REASON);
    TestDatabase.execute(
        url, "update identity.account set version = version + 1 where name = 's5-flips'");
    assertThat(why(admin.confirm(path, REASON, stale, PASSWORD)))
        .as("another version")
        .isEqualTo("changed");

    assertThat(isLocked("s5-flips")).isTrue();
    assertThat(isLocked("s5-other")).isTrue();
  }

  private static String why(HttpResponse<String> response) {
    return json(response).path("why").stringValue("none of " + response.body());
  }

  @Test
  void s5usedTwiceAtOnceOnTwoNodesItHasOneEffect() throws Exception {
    String path = lockedOfficer("s5-twice");
    String nonce = admin.draft(path, REASON);
    List<Callable<HttpResponse<String>>> uses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Platform node = i % 2 == 0 ? one : two;
      uses.add(() -> admin.at(node).confirm(path, REASON, nonce, PASSWORD));
    }
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService crowd = Executors.newFixedThreadPool(8)) {
      for (Future<HttpResponse<String>> use : crowd.invokeAll(uses)) {
        statuses.add(use.get().statusCode());
      }
    }

    assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
    assertThat(statuses.stream().filter(status -> status == 409)).hasSize(7);
    assertThat(
            TestDatabase.text(
                url,
                "select count(*) from audit.entry where act = 'account.unlock' and record = 'account:s5-twice' and outcome = 'done'"))
        .isEqualTo("1");
  }

  @Test
  void theSameRequestWithTheSameKeyGetsTheFirstReplyAndAnotherOneIsRefused() {
    String path = lockedOfficer("s5-again");
    Map<String, Object> body =
        Map.of("input", REASON, "confirmation", admin.draft(path, REASON), "password", PASSWORD);
    HttpResponse<String> first = admin.post(path, body, "Idempotency-Key", "one-wish");
    HttpResponse<String> again = admin.at(two).post(path, body, "Idempotency-Key", "one-wish");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(json(again)).isEqualTo(json(first));
    assertThat(
            TestDatabase.text(
                url,
                "select count(*) from audit.entry where act = 'account.unlock' and record = 'account:s5-again' and outcome = 'done'"))
        .isEqualTo("1");
    assertThat(
            code(
                admin.post(
                    path,
                    Map.of(
                        "input",
                        Map.of("reason", "other"),
                        "confirmation",
                        "0".repeat(32),
                        "password",
                        PASSWORD),
                    "Idempotency-Key",
                    "one-wish")))
        .isEqualTo("idempotency-key-reused");
    assertThat(code(admin.post(path, body))).isEqualTo("idempotency-key");
  }

  @Test
  void aWrongPasswordUsesTheConfirmationUpAndCountsAsATry() {
    SignedIn careless = administrator("careless", "HQ", "headquarters-administrator", "all");
    String path = lockedOfficer("s5-wrong");
    for (int i = 0; i < 3; i++) {
      assertThat(code(careless.confirm(path, REASON, careless.draft(path, REASON), "wrong")))
          .isEqualTo("confirmation-refused");
    }

    assertThat(code(careless.confirm(path, REASON, careless.draft(path, REASON), PASSWORD)))
        .as("too late")
        .isEqualTo("confirmation-refused");
    assertThat(isLocked("s5-wrong")).isTrue();
    assertThat(isLocked("careless")).isTrue();
  }

  @Test
  void rolesAreGrantedByTwoPersonsAndNeverForOneself() {
    UUID id = SignedIn.account(one, "p22-officer", "A", 0, "officer", "own");
    String path = "/api/v1/accounts/" + id + "/roles";
    Map<String, Object> wish =
        Map.of(
            "roles",
            List.of(Map.of("role", "anti-smuggling-officer", "scope", "all")),
            "reason",
            "joins the squad");
    HttpResponse<String> asked = admin.make(path, wish);
    String request = json(asked).path("request").stringValue();
    assertThat(rolesOf("p22-officer")).isEqualTo("officer");

    String decide = "/api/v1/requests/" + request + "/decide";
    Map<String, Object> yes = Map.of("approve", true, "reason", "known to the unit");
    assertThat(code(admin.post(decide + "/draft", yes)))
        .as("one's own request")
        .isEqualTo("second-person");
    JsonNode seen =
        json(second.get("/api/v1/requests"))
            .path("items")
            .valueStream()
            .filter(item -> item.path("id").stringValue().equals(request))
            .findFirst()
            .orElseThrow();
    assertThat(seen.path("mayDecide").booleanValue()).isTrue();
    assertThat(seen.path("wish").stringValue()).isEqualTo("joins the squad");
    HttpResponse<String> decided = second.make(decide, yes);

    assertThat(decided.statusCode()).as(decided.body()).isEqualTo(200);
    assertThat(rolesOf("p22-officer")).isEqualTo("anti-smuggling-officer");
    assertThat(code(second.post(decide + "/draft", yes))).isEqualTo("decided");
    JsonNode mine =
        json(admin.get("/api/v1/requests"))
            .path("items")
            .valueStream()
            .filter(item -> item.path("id").stringValue().equals(request))
            .findFirst()
            .orElseThrow();
    assertThat(mine.path("state").stringValue()).isEqualTo("approved");
    assertThat(mine.path("reason").stringValue()).isEqualTo("known to the unit");
    String self =
        "/api/v1/accounts/"
            + TestDatabase.text(url, "select id from identity.account where name = 'admin'")
            + "/roles";
    assertThat(code(admin.post(self + "/draft", wish))).isEqualTo("concerns-oneself");
  }

  private String rolesOf(String name) {
    return TestDatabase.text(
        url,
        "select string_agg(role, ',') from identity.holding h join identity.account a on a.id = h.account where a.name = '"
            + name
            + "'");
  }

  @Test
  void aRefusedRequestChangesNothingAndAStaleOneCannotBeApproved() {
    Map<String, Object> wish =
        Map.of("code", "setup-hours", "value", 48, "reason", "long weekends");
    String refused = json(admin.make("/api/v1/policy/change", wish)).path("request").stringValue();
    String stale = json(admin.make("/api/v1/policy/change", wish)).path("request").stringValue();
    second.make(
        "/api/v1/requests/" + refused + "/decide", Map.of("approve", false, "reason", "too long"));
    assertThat(
            TestDatabase.text(url, "select value from identity.policy where code = 'setup-hours'"))
        .isEqualTo("24");

    TestDatabase.execute(
        url, "update identity.policy set version = version + 1 where code = 'setup-hours'");
    HttpResponse<String> late =
        second.make(
            "/api/v1/requests/" + stale + "/decide", Map.of("approve", true, "reason", "fine"));

    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(
            TestDatabase.text(url, "select value from identity.policy where code = 'setup-hours'"))
        .isEqualTo("24");
    assertThat(
            TestDatabase.text(url, "select outcome from access.request where id = '" + stale + "'"))
        .isEqualTo("open");
  }

  @Test
  void noOneGrantsMoreThanTheyHoldAndWhatIsOutOfReachIsNotThere() {
    UUID own = SignedIn.account(one, "p9-own", "A", 0, "officer", "own");
    UUID foreign = SignedIn.account(one, "p9-foreign", "B", 0, "officer", "own");
    assertThat(district.get("/api/v1/accounts/" + own).statusCode()).isEqualTo(200);
    HttpResponse<String> there = district.get("/api/v1/accounts/" + foreign);
    HttpResponse<String> nowhere = district.get("/api/v1/accounts/" + UUID.randomUUID());
    assertThat(there.statusCode()).isEqualTo(404);
    assertThat(code(there)).isEqualTo(code(nowhere));
    assertThat(
            json(district.get("/api/v1/accounts?limit=200"))
                .path("items")
                .valueStream()
                .map(item -> item.path("account").stringValue()))
        .contains("p9-own")
        .doesNotContain("p9-foreign", "admin");
    assertThat(district.post("/api/v1/accounts/" + foreign + "/unlock/draft", REASON).statusCode())
        .isEqualTo(404);

    Map<String, Object> more =
        Map.of(
            "roles",
            List.of(Map.of("role", "headquarters-administrator", "scope", "own")),
            "reason",
            "please");
    assertThat(code(district.post("/api/v1/accounts/" + own + "/roles/draft", more)))
        .isEqualTo("beyond-own");
    Map<String, Object> wider =
        Map.of("roles", List.of(Map.of("role", "officer", "scope", "all")), "reason", "please");
    assertThat(code(district.post("/api/v1/accounts/" + own + "/roles/draft", wider)))
        .isEqualTo("beyond-own");
  }

  @Test
  void p9whoDoesNotReachTheAccountSeesNoRequestAboutItAndCannotDecideIt() {
    SignedIn districtB = administrator("district-b", "B", "district-administrator", "own");
    SignedIn otherA = administrator("district-a2", "A", "district-administrator", "own");
    UUID id = SignedIn.account(one, "p9-of-a", "A", 0, "officer", "own");
    HttpResponse<String> asked =
        district.make(
            "/api/v1/accounts/" + id + "/roles", Map.of("roles", List.of(), "reason", "on leave"));
    String request = json(asked).path("request").stringValue();
    String decide = "/api/v1/requests/" + request + "/decide";
    Map<String, Object> yes = Map.of("approve", true, "reason", "fine");

    assertThat(requestsOf(districtB)).doesNotContain(request);
    HttpResponse<String> hidden = districtB.post(decide + "/draft", yes);
    assertThat(hidden.statusCode()).isEqualTo(404);
    assertThat(code(hidden))
        .isEqualTo(
            code(districtB.post("/api/v1/requests/" + UUID.randomUUID() + "/decide/draft", yes)))
        .isEqualTo("unknown-request");
    assertThat(requestsOf(second)).as("headquarters").contains(request);
    assertThat(requestsOf(otherA)).as("the same district").contains(request);
    HttpResponse<String> decided = otherA.make(decide, yes);
    assertThat(decided.statusCode()).as(decided.body()).isEqualTo(200);
  }

  private static List<String> requestsOf(SignedIn officer) {
    return json(officer.get("/api/v1/requests"))
        .path("items")
        .valueStream()
        .map(item -> item.path("id").stringValue())
        .toList();
  }

  @Test
  void p24aNewAccountGetsItsSecretByLetterAndTheAdministratorNeverSeesIt() throws Exception {
    Map<String, Object> wish =
        Map.of(
            "account",
            "new.officer",
            "nameZh",
            "新關員",
            "nameEn",
            "New Officer",
            "unit",
            "A",
            "clearance",
            0,
            "mail",
            "new.officer@example.test");
    HttpResponse<String> made = admin.make("/api/v1/accounts", wish);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);

    String letter = letterTo("new.officer@example.test");
    String secret =
        letter
            .lines()
            .map(String::strip)
            .filter(line -> line.length() == 43)
            .findFirst()
            .orElseThrow();
    assertThat(made.body()).doesNotContain(secret);
    SignedIn owner = SignedIn.stranger(two, "new.officer");
    assertThat(owner.logIn(PASSWORD).statusCode()).isEqualTo(401);
    assertThat(
            owner
                .post("/api/v1/setup", Map.of("secret", secret, "password", "new.officer is me"))
                .statusCode())
        .isEqualTo(422);
    assertThat(
            owner
                .post("/api/v1/setup", Map.of("secret", secret, "password", PASSWORD))
                .statusCode())
        .isEqualTo(200);
    assertThat(owner.logIn(PASSWORD).statusCode()).isEqualTo(200);
    assertThat(code(owner.post("/api/v1/setup", Map.of("secret", secret, "password", PASSWORD))))
        .as("once")
        .isEqualTo("setup-refused");
    assertThat(
            TestDatabase.text(
                url, "select count(*) from audit.entry where details like '%" + secret + "%'"))
        .isEqualTo("0");
  }

  private String letterTo(String address) throws Exception {
    try (var letters = Files.list(folder.resolve("mail"))) {
      for (Path letter : letters.toList()) {
        String text = Files.readString(letter);
        if (text.contains("To: " + address)) {
          String body = text.substring(text.indexOf("\r\n\r\n") + 4);
          return new String(
              java.util.Base64.getMimeDecoder().decode(body),
              java.nio.charset.StandardCharsets.UTF_8);
        }
      }
    }
    throw new AssertionError("no letter to " + address);
  }

  @Test
  void endingAnAccountEndsItsSessionsOnEveryNodeAtOnce() {
    UUID id = SignedIn.account(one, "leaver", "A", 0, "officer", "own");
    SignedIn leaver = SignedIn.stranger(two, "leaver").in();
    admin.make("/api/v1/accounts/" + id + "/end", Map.of("reason", "left the service"));

    assertThat(leaver.get("/api/v1/sessions").statusCode()).isEqualTo(401);
    assertThat(leaver.logIn(PASSWORD).statusCode()).isEqualTo(401);
    assertThat(code(admin.post("/api/v1/accounts/" + id + "/unlock/draft", REASON)))
        .isEqualTo("unknown-account");
  }

  @Test
  void lookAlikeNamesCannotBeMade() {
    for (String name :
        List.of(
            "аdmin",
            "admin\u200b",
            "ad min",
            "admin\u0301",
            "ADMİN",
            "a",
            "-admin",
            "x".repeat(65))) {
      Map<String, Object> wish =
          Map.of("account", name, "nameZh", "x", "nameEn", "x", "unit", "A", "clearance", 0);
      assertThat(admin.post("/api/v1/accounts/draft", wish).statusCode()).as(name).isEqualTo(400);
    }
    assertThat(
            code(
                admin.post(
                    "/api/v1/accounts/draft",
                    Map.of(
                        "account",
                        "ＡＤＭＩＮ",
                        "nameZh",
                        "x",
                        "nameEn",
                        "x",
                        "unit",
                        "A",
                        "clearance",
                        0))))
        .isEqualTo("account-exists");
  }
}
