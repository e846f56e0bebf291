package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tongguan.access.SignedIn.PASSWORD;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.Platform;
import tongguan.base.Limits;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.identity.directory.LdapSettings;
import tongguan.identity.directory.Patience;
import tongguan.identity.directory.Slapd;

/**
 * Officers whose passwords a real directory proves, on two nodes: the same door, the same three
 * tries, the same answers (P12, suite S1 and S2 for accounts of the directory; F15 and P28 for a
 * directory that is away).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LdapHttpTest {
  private static final Patience SHORT_REST =
      new Patience(Limits.DIRECTORY_TIME, Duration.ofSeconds(1));

  private static final String THERE = "kept by the agency, 42 關";

  private DatabaseUrl url;
  private Platform one;
  private Platform two;
  private Slapd slapd;
  private SignedIn admin;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    slapd =
        Slapd.start(
            folder.resolve("slapd"),
            Map.of(
                "chen", THERE, "lin.cs", THERE, "hsu", THERE, "wu-a", THERE, "lee", THERE, "ho-a",
                THERE),
            1);
    url = TestDatabase.empty();
    one = node(folder);
    two = node(folder);
    TestDatabase.execute(
        url, "update identity.policy set most = 100000, value = 100000 where code = 'guess-limit'");
    TestDatabase.execute(url, "update identity.role set second_factor = false");
    SignedIn.account(one, "admin", "HQ", 2, "headquarters-administrator", "all");
    admin = SignedIn.stranger(one, "admin").in();
  }

  private Platform node(Path folder) {
    Platform node = new Platform(url, url, 0, Clock.systemUTC());
    node.identity().open(folder);
    node.identity().join(LdapSettings.of(slapd.settings()).orElseThrow().within(SHORT_REST));
    node.start();
    return node;
  }

  @AfterAll
  void stop() {
    one.close();
    two.close();
    slapd.close();
  }

  private SignedIn officer(String name, String subject) {
    HttpResponse<String> made =
        admin.make(
            "/api/v1/accounts",
            Map.of(
                "account",
                name,
                "nameZh",
                name,
                "nameEn",
                name,
                "unit",
                "A",
                "clearance",
                0,
                "source",
                "ldap",
                "subject",
                subject));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    TestDatabase.execute(
        url,
        "insert into identity.holding select id, 'officer', 'all' from identity.account where name = '"
            + name
            + "'");
    return SignedIn.stranger(one, name);
  }

  private long entries(String condition) {
    return Long.parseLong(
        TestDatabase.text(url, "select count(*) from audit.entry where " + condition));
  }

  @Test
  void anAdministratorMakesTheAccountAndTheDirectoryProvesThePassword() {
    Map<String, Object> wish =
        Map.of(
            "account",
            "chen.customs",
            "nameZh",
            "陳關員",
            "nameEn",
            "Chen",
            "unit",
            "A",
            "clearance",
            0,
            "mail",
            "chen@customs.test",
            "source",
            "ldap",
            "subject",
            "chen");
    HttpResponse<String> made = admin.make("/api/v1/accounts", wish);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    String path = "/api/v1/accounts/" + json(made).path("id").stringValue();
    assertThat(json(admin.get(path)).path("source").stringValue()).isEqualTo("ldap");
    assertThat(json(admin.get(path)).path("subject").stringValue()).isEqualTo("chen");

    SignedIn chen = SignedIn.stranger(two, "chen.customs");
    assertThat(code(chen.logIn("not this one"))).isEqualTo("login-refused");
    assertThat(code(chen.logIn(PASSWORD))).isEqualTo("login-refused");
    assertThat(chen.logIn(THERE).statusCode()).isEqualTo(200);
    assertThat(chen.at(one).get("/api/v1/sessions").statusCode()).isEqualTo(200);

    Map<String, Object> again = new java.util.HashMap<>(wish);
    again.put("account", "chen.again");
    again.put("subject", "CHEN");
    assertThat(code(admin.make("/api/v1/accounts", again)))
        .as("one person of the directory, one account")
        .isEqualTo("subject-taken");
  }

  @Test
  void lockUnlockingAndConfirmationAskTheDirectoryAndShareItsThreeTries() {
    SignedIn lin = officer("lin", "lin.cs");
    assertThat(lin.logIn(THERE).statusCode()).isEqualTo(200);
    lin.post("/api/v1/session/lock", Map.of());
    assertThat(lin.get("/api/v1/flow").statusCode()).isEqualTo(423);
    assertThat(lin.unlock(PASSWORD).statusCode()).isEqualTo(401);
    assertThat(lin.unlock(THERE).statusCode()).isEqualTo(200);

    lin.post("/api/v1/session/lock", Map.of());
    assertThat(lin.unlock("wrong one").statusCode()).isEqualTo(401);
    assertThat(lin.at(two).unlock("wrong two").statusCode()).isEqualTo(401);
    assertThat(lin.at(two).logIn("wrong three").statusCode()).isEqualTo(401);

    assertThat(lin.unlock(THERE).statusCode()).as("comes too late").isEqualTo(401);
    assertThat(code(lin.logIn(THERE))).isEqualTo("login-refused");
    assertThat(entries("name = 'lin' and act = 'account.locked'")).isEqualTo(1);
  }

  @Test
  void ofManyWrongTriesAtOnceOnTwoNodesTheDirectoryHearsOfThree() throws Exception {
    SignedIn hsu = officer("hsu", "hsu");
    List<Callable<Integer>> guesses = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Platform node = i % 2 == 0 ? one : two;
      String guess = "wrong guess " + i;
      guesses.add(() -> SignedIn.stranger(node, "hsu").logIn(guess).statusCode());
    }
    try (ExecutorService crowd = Executors.newFixedThreadPool(16)) {
      for (Future<Integer> status : crowd.invokeAll(guesses)) {
        assertThat(status.get()).isIn(401, 503);
      }
    }

    assertThat(
            entries("name = 'hsu' and act = 'login' and details::jsonb ->> 'evaluated' = 'true'"))
        .isEqualTo(3);
    assertThat(code(hsu.logIn(THERE))).isEqualTo("login-refused");
  }

  @Test
  void whoIsRefusedLearnsTheSameWhetherTheDirectoryAnswersOrNot() throws Exception {
    officer("wu-a", "wu-a");
    SignedIn.account(one, "local", "A", 0, "officer", "all");
    SignedIn.account(one, "local-locked", "A", 0, "officer", "all");
    for (int i = 0; i < 3; i++) {
      SignedIn.stranger(one, "local-locked").logIn("wrong " + i);
    }
    List<String> names = List.of("wu-a", "local", "local-locked", "nobody-at-all", "無此人");

    assertThat(bodies(names)).hasSize(1).first().asString().contains("login-refused");
    slapd.stop();
    try {
      assertThat(bodies(names)).hasSize(1).first().asString().contains("directory-away");
      assertThat(SignedIn.stranger(one, "local").logIn(PASSWORD).statusCode())
          .as("the platform's own accounts go on")
          .isEqualTo(200);
    } finally {
      startAgain();
    }
  }

  private List<String> bodies(List<String> names) {
    return names.stream()
        .map(name ->
            SignedIn.stranger(one, "x")
                .post("/api/v1/login", Map.of("account", name, "password", "not it"))
                .body()
                .replaceAll("\"correlation\":\"[^\"]*\"", ""))
        .distinct()
        .toList();
  }

  @Test
  void whatTheDirectoryWasNotAskedCostsNoTry() throws Exception {
    SignedIn lee = officer("lee", "lee");
    assertThat(lee.logIn(THERE).statusCode()).isEqualTo(200);
    lee.post("/api/v1/session/lock", Map.of());
    slapd.stop();
    try {
      for (int i = 0; i < 5; i++) {
        assertThat(code(lee.unlock(THERE))).isEqualTo("directory-away");
        assertThat(code(SignedIn.stranger(two, "lee").logIn(THERE))).isEqualTo("directory-away");
      }
      assertThat(lee.get("/api/v1/flow").statusCode()).as("stays locked").isEqualTo(423);
    } finally {
      startAgain();
    }
    assertThat(
            TestDatabase.text(
                url,
                "select max(t.fails) from identity.tries t join identity.account a on a.id = t.account where a.name = 'lee'"))
        .isEqualTo("0");
    assertThat(entries("name = 'lee' and code = 'directory-away'")).isEqualTo(10);
  }

  @Test
  void thePasswordIsNotOursToSetAndStandsNowhere() {
    SignedIn ho = officer("ho-a", "ho-a");
    assertThat(ho.logIn(THERE).statusCode()).isEqualTo(200);
    String id = TestDatabase.text(url, "select id from identity.account where name = 'ho-a'");

    assertThat(
            code(
                ho.post(
                    "/api/v1/me/password",
                    Map.of("current", THERE, "password", "a new one of my own"))))
        .isEqualTo("password-elsewhere");
    assertThat(
            code(
                admin.post(
                    "/api/v1/accounts/" + id + "/reset/draft", Map.of("reason", "forgotten"))))
        .isEqualTo("password-elsewhere");
    assertThatThrownBy(() ->
            TestDatabase.execute(
                url, "update identity.account set password = 'x' where id = '" + id + "'"))
        .hasMessageContaining("account_password_elsewhere");
    assertThat(entries("details like '%kept by the agency%' or name like '%kept by the agency%'"))
        .isEqualTo(0);
  }

  /** Until both nodes have noticed. */
  private void startAgain() throws IOException {
    slapd.startAgain();
    for (Platform node : List.of(one, two)) {
      Awaitility.await()
          .atMost(Limits.DIRECTORY_REST.multipliedBy(3))
          .until(() ->
              code(SignedIn.stranger(node, "nobody-at-all").logIn("x")).equals("login-refused"));
    }
  }
}
