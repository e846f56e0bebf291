package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tongguan.access.SignedIn.PASSWORD;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.Platform;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.identity.factor.Totp;
import tools.jackson.databind.JsonNode;

/**
 * Nodes whose clocks are wrong by hours, and one whose clock jumps in the middle of a session: all
 * that ends, locks or lapses does so by the database's clock. Closes P25 and fault F11 for log-in,
 * lock, confirmation and audit.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClockHttpTest {
  private DatabaseUrl url;
  private final Jumping clock = new Jumping();
  private Platform late;
  private Platform early;
  private Platform jumping;

  /** A node's clock that a test moves. */
  private static final class Jumping extends Clock {
    private volatile Duration off = Duration.ZERO;

    @Override
    public Instant instant() {
      return Clock.systemUTC().instant().plus(off);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeAll
  void start(@TempDir Path keys) {
    url = TestDatabase.empty();
    late = node(keys, Clock.offset(Clock.systemUTC(), Duration.ofHours(2)));
    early = node(keys, Clock.offset(Clock.systemUTC(), Duration.ofHours(-2)));
    jumping = node(keys, clock);
    TestDatabase.execute(
        url, "update identity.policy set most = 100000, value = 100000 where code = 'guess-limit'");
    TestDatabase.execute(
        url, "update identity.role set second_factor = code = 'headquarters-administrator'");
  }

  private Platform node(Path keys, Clock time) {
    Platform node = new Platform(url, url, 0, time);
    node.identity().open(keys);
    node.start();
    return node;
  }

  @AfterAll
  void stop() {
    late.close();
    early.close();
    jumping.close();
  }

  @AfterEach
  void right() {
    clock.off = Duration.ZERO;
  }

  private List<Platform> all() {
    return List.of(late, early, jumping);
  }

  private SignedIn officer(Platform node, String name) {
    SignedIn.account(node, name, "A", 0, "officer", "all");
    return SignedIn.stranger(node, name);
  }

  @Test
  void f11aSessionBegunAtOneNodeLastsEquallyLongAtAll() {
    SignedIn officer = officer(late, "clock-session").in();
    JsonNode first = json(officer.get("/api/v1/me")).path("session");

    for (Platform node : all()) {
      JsonNode there = json(officer.at(node).get("/api/v1/me")).path("session");
      assertThat(there.path("endsAt")).isEqualTo(first.path("endsAt"));
      Instant lockAt = Instant.parse(there.path("lockAt").stringValue());
      assertThat(Duration.between(Instant.now(), lockAt))
          .isBetween(Duration.ofMinutes(4), Duration.ofHours(1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, -2, 48})
  void f11aJumpOfTheClockNeitherEndsNorProlongsASessionAndUnlocksNothing(int hours) {
    String name = "clock-jump" + hours;
    SignedIn officer = officer(jumping, name).in();
    clock.off = Duration.ofHours(hours);
    assertThat(officer.get("/api/v1/sessions").statusCode()).as("still in").isEqualTo(200);

    TestDatabase.execute(
        url,
        "update identity.session set active_at = now() - idle_seconds * interval '1 second' where account = (select id from identity.account where name = '"
            + name
            + "')");
    assertThat(officer.get("/api/v1/sessions").statusCode()).as("idle is idle").isEqualTo(423);
    clock.off = Duration.ofHours(-hours);
    assertThat(officer.get("/api/v1/sessions").statusCode()).as("stays locked").isEqualTo(423);
    assertThat(officer.unlock(PASSWORD).statusCode()).isEqualTo(200);

    TestDatabase.execute(
        url,
        "update identity.session set ends_at = now() where account = (select id from identity.account where name = '"
            + name
            + "')");
    assertThat(code(officer.get("/api/v1/sessions"))).as("over is over").isEqualTo("not-signed-in");
  }

  @Test
  void f11aLockIsNotShortenedAtANodeWhoseClockIsLate() {
    SignedIn officer = officer(early, "clock-lock");
    for (int i = 0; i < 3; i++) {
      assertThat(officer.at(all().get(i)).logIn("wrong").statusCode()).isEqualTo(401);
    }
    long minutes = 60;
    TestDatabase.execute(
        url, "update identity.policy set value = " + minutes + " where code = 'lock-minutes'");
    try {
      for (Platform node : all()) {
        assertThat(SignedIn.stranger(node, "clock-lock").logIn(PASSWORD).statusCode())
            .as("two hours are more than the lock's one, and yet not over")
            .isEqualTo(401);
      }
      TestDatabase.execute(
          url, "update identity.tries set last_at = last_at - interval '61 minutes'");
      assertThat(SignedIn.stranger(early, "clock-lock").logIn(PASSWORD).statusCode())
          .as("over by the database, also where the clock is early")
          .isEqualTo(200);
    } finally {
      TestDatabase.execute(url, "update identity.policy set value = 0 where code = 'lock-minutes'");
    }
  }

  @Test
  void f11aConfirmationHoldsItsMinuteWhicheverNodeDrewIt() {
    SignedIn.account(late, "clock-admin", "A", 2, "district-administrator", "own");
    SignedIn admin = SignedIn.stranger(late, "clock-admin").in();
    UUID id = SignedIn.account(late, "clock-locked", "A", 0, "officer", "own");
    String path = "/api/v1/accounts/" + id + "/unlock";
    Map<String, ?> input = Map.of("reason", "called back");

    String drawnEarly = admin.at(early).draft(path, input);
    HttpResponse<String> done = admin.at(late).confirm(path, input, drawnEarly, PASSWORD);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);

    String drawnLate = admin.at(late).draft(path, input);
    TestDatabase.execute(
        url, "update access.confirmation set ends_at = now() where used_at is null");
    assertThat(code(admin.at(early).confirm(path, input, drawnLate, PASSWORD)))
        .isEqualTo("confirmation");
  }

  @Test
  void f11codesCountByTheDatabaseAndNotByANodeThatIsTwoHoursAhead() {
    SignedIn.account(late, "clock-totp", "HQ", 2, "headquarters-administrator", "all");
    SignedIn admin = SignedIn.stranger(late, "clock-totp");
    admin.logIn(PASSWORD);
    byte[] secret =
        Base32.decode(
            json(admin.post("/api/v1/me/totp", Map.of("password", PASSWORD)))
                .path("secret")
                .stringValue());
    long step =
        Long.parseLong(
            TestDatabase.text(url, "select floor(extract(epoch from now()) / 30)::bigint"));

    assertThat(
            code(
                admin.post(
                    "/api/v1/me/totp/confirm", Map.of("code", Totp.code(secret, step + 240)))))
        .as("a code of the node's own time")
        .isEqualTo("wrong-code");
    assertThat(
            admin
                .finish("/api/v1/me/totp/confirm", Map.of("code", Totp.code(secret, step)))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void f11theAuditIsInTheOrderOfItsSequenceAndTheDatabasesTime() {
    SignedIn officer = officer(early, "clock-audit").in();
    for (int i = 0; i < 9; i++) {
      officer.at(all().get(i % 3)).get("/api/v1/dossiers?key=CSQU305438" + i);
    }
    String entries =
        "select string_agg(right(record, 1), '' order by at) from audit.entry where act = 'query' and name = 'clock-audit'";

    await().untilAsserted(() -> assertThat(TestDatabase.text(url, entries)).isEqualTo("012345678"));
    assertThat(
            TestDatabase.text(
                url,
                "select max(node_at) - min(node_at) > interval '3 hours' from audit.entry where act = 'query' and name = 'clock-audit'"))
        .as("the nodes' own times stand beside it")
        .isEqualTo("t");
  }
}
