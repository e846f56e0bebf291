package tongguan.access.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.audit.Audit;
import tongguan.base.Ids;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.Migrations;
import tongguan.base.database.TestDatabase;

/** The verb, and the setting that says where to listen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayVerbTest {
  private DatabaseUrl url;
  private Database database;
  private Audit audit;
  private Path data;

  @BeforeAll
  void start(@TempDir Path folder) {
    url = TestDatabase.empty();
    Migrations.run(url, List.of("base", "audit", "identity", "fleet", "access"));
    data = folder;
    database = new Database(url, 1);
    Clock clock = Clock.systemUTC();
    audit = new Audit(database, new Ids(clock), clock);
  }

  @AfterAll
  void stop() {
    audit.close();
    database.close();
  }

  private String run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(
            GatewayVerb.run(
                List.of(words),
                data,
                database,
                audit,
                new PrintStream(out, true, StandardCharsets.UTF_8)))
        .isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void addsListsReplacesAndDisables() throws Exception {
    Path password = Files.writeString(data.resolve("p"), "apn password\n");
    String first =
        run(
            "add",
            "pgw-1",
            "--address",
            "192.0.2.1",
            "--apn",
            "A.b,c.mnc092.mcc466.gprs",
            "--signing",
            "access",
            "--dynamic-port",
            "1700",
            "--password-file",
            password.toString());
    assertThat(first.lines().findFirst().orElseThrow()).matches("[0-9a-f]{64}");
    assertThat(run("list"))
        .contains("pgw-1  192.0.2.1  a.b,c  Message-Authenticator access  Disconnect to 1700")
        .doesNotContain("disabled");
    run("disable", "pgw-1");
    assertThat(run("list")).contains("disabled");
    assertThatThrownBy(() -> run("disable", "pgw-1")).isInstanceOf(StartFailure.class);

    String second = run("add", "pgw-1", "--address", "192.0.2.1", "--apn", "a.b");
    assertThat(second.lines().findFirst()).isNotEqualTo(first.lines().findFirst());
    assertThat(run("list")).doesNotContain("disabled");
    for (String output : List.of(first, second)) {
      String secret = output.lines().findFirst().orElseThrow();
      assertThat(
              TestDatabase.text(
                  url,
                  "select count(*) from audit.entry e where e::text like '%"
                      + secret
                      + "%' or e::text like '%apn password%'"))
          .isEqualTo("0");
    }
    assertThat(
            TestDatabase.text(
                url, "select count(*) from audit.entry where act like 'network.gateway%'"))
        .isEqualTo("3");
    assertThat(Files.getPosixFilePermissions(data.resolve("gateway.key"))).hasSize(2);
  }

  @Test
  void aSlipOfThePenIsToldInOneSentence() {
    for (List<String> words :
        List.of(
            List.<String>of(),
            List.of("remove", "x"),
            List.of("add"),
            List.of("add", "X", "--address", "192.0.2.9", "--apn", "a"),
            List.of("add", "x", "--address", "192.0.2.9"),
            List.of("add", "x", "--apn", "a"),
            List.of("add", "x", "--address", "example.org", "--apn", "a"),
            List.of("add", "x", "--address", "0.0.0.0", "--apn", "a"),
            List.of("add", "x", "--address", "192.0.2.9", "--apn", "a,"),
            List.of("add", "x", "--address", "192.0.2.9", "--apn", "a", "--signing", "never"),
            List.of("add", "x", "--address", "192.0.2.9", "--apn", "a", "--dynamic-port", "0"),
            List.of("add", "x", "--address", "192.0.2.9", "--apn", "a", "--dynamic-port", "70000"),
            List.of("add", "x", "--address", "192.0.2.9", "--apn", "a", "--password-file", "/none"),
            List.of("disable"))) {
      assertThatThrownBy(() -> run(words.toArray(String[]::new)))
          .as(words.toString())
          .isInstanceOf(StartFailure.class);
    }
    run("add", "one", "--address", "192.0.2.7", "--apn", "a");
    assertThatThrownBy(() -> run("add", "two", "--address", "192.0.2.7", "--apn", "a"))
        .hasMessageContaining("one");
  }

  @Test
  void whereToListenIsReadFromTheEnvironment() {
    assertThat(RadiusSettings.of(Map.of())).isEmpty();
    assertThat(RadiusSettings.of(Map.of("TONGGUAN_RADIUS", " "))).isEmpty();
    assertThat(RadiusSettings.of(Map.of("TONGGUAN_RADIUS", "10.9.0.2:1812:1813")))
        .contains(new RadiusSettings(InetAddress.ofLiteral("10.9.0.2"), 1812, 1813));
    assertThat(RadiusSettings.of(Map.of("TONGGUAN_RADIUS", "[fd00::2]:0:0")))
        .contains(new RadiusSettings(InetAddress.ofLiteral("fd00::2"), 0, 0));
    for (String text :
        List.of(
            "1812",
            "10.9.0.2",
            "10.9.0.2:1812",
            "host:1:2",
            "10.9.0.2:1:99999",
            "10.9.0.2:a:b",
            ":1:2")) {
      assertThatThrownBy(() -> RadiusSettings.parse(text))
          .as(text)
          .isInstanceOf(StartFailure.class);
    }
  }
}
