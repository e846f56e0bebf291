package tongguan.access.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.http.TestAuthority;
import tools.jackson.databind.JsonNode;

/**
 * What the platform and its devices say to each other over real mutual TLS, on two nodes with one
 * database (decision 010; suites 7 and 10, P2 to P5, P30, F24; rules 1, 30).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamHttpTest {
  private Line line;
  private Platform other;

  @BeforeAll
  void start() {
    line = new Line();
    other = line.node();
  }

  @AfterAll
  void stop() {
    line.close();
  }

  private long wipe(Steward steward) {
    return inTransaction(
        tx -> line.platform.channel().commands().queue(tx, steward.id, "wipe", "{}", null, "test"));
  }

  private interface Work<T> {
    T with(java.sql.Connection tx) throws java.sql.SQLException;
  }

  private <T> T inTransaction(Work<T> work) {
    try (java.sql.Connection tx =
        java.sql.DriverManager.getConnection(
            line.url.jdbc(), line.url.user(), line.url.password())) {
      tx.setAutoCommit(false);
      T result = work.with(tx);
      tx.commit();
      return result;
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** As the report of its loss leaves it. */
  private UUID lose(Steward steward) {
    UUID loss = UUID.randomUUID();
    inTransaction(tx -> {
      try (var statement = tx.createStatement()) {
        statement.execute(
            """
            update fleet.device set state = 'lost', changed_at = clock_timestamp() where id = '%1$s';
            update fleet.certificate set revoked_at = clock_timestamp(), revoked_why = 'lost'
            where device = '%1$s' and revoked_at is null;
            insert into fleet.loss (id, device, reported_by, reason)
            select '%2$s', '%1$s', id, 'stolen' from identity.account where name = 'admin';
            """
                .formatted(steward.id, loss));
        long number =
            line.platform.channel().commands().queue(tx, steward.id, "wipe", "{}", null, "t");
        statement.execute(
            "insert into fleet.loss_step (loss, step, done_at, details) values ('%s', 'wipe', now(), '{\"number\": %d}')"
                .formatted(loss, number));
      }
      return true;
    });
    return loss;
  }

  private String outcome(Steward steward, long number) {
    return line.value(
        "select coalesce(outcome, 'waiting') from fleet.command where device = '%s' and number = %d",
        steward.id, number);
  }

  @Test
  void aDeviceIsGreetedToldAndAnswers() {
    Steward steward = line.aDevice().enrolled();
    try (Events events = steward.stream()) {
      JsonNode hello = events.hello().data();
      assertThat(hello.path("device").stringValue()).isEqualTo(steward.id.toString());
      assertThat(Instant.parse(hello.path("time").stringValue()))
          .isCloseTo(Instant.now(), within(Duration.ofSeconds(30)));
      assertThat(hello.path("heartbeatSeconds").intValue()).isEqualTo(60);
      assertThat(hello.path("lockHours").intValue()).isEqualTo(8);
      assertThat(hello.path("wipeDays").intValue()).isEqualTo(30);

      long number =
          line.tell(steward, Map.of("kind", "message", "text", "請回電 call back", "reason", "r"));
      Events.Event command = events.command();

      assertThat(command.id()).isEqualTo(Long.toString(number));
      assertThat(command.kind()).isEqualTo("message");
      assertThat(steward.believes(command.data())).isTrue();
      assertThat(command.data().path("body").stringValue())
          .isEqualTo("{\"text\":\"請回電 call back\"}");
      await()
          .untilAsserted(() ->
              assertThat(
                      line.value(
                          "select sent_times from fleet.command where device = '%s' and number = %d",
                          steward.id, number))
                  .isEqualTo("1"));

      assertThat(steward.answer(number, "message", "done", "read").statusCode()).isEqualTo(204);
      assertThat(outcome(steward, number)).isEqualTo("done");
    }
  }

  private static org.assertj.core.data.TemporalUnitOffset within(Duration duration) {
    return new org.assertj.core.data.TemporalUnitWithinOffset(
        duration.toSeconds(), java.time.temporal.ChronoUnit.SECONDS);
  }

  @Test
  void anOrderGivenOnOneNodeReachesAStreamOfTheOtherWithinASecond() {
    Steward steward = line.aDevice().enrolled().at(other);
    try (Events events = steward.stream()) {
      events.hello();
      long number = line.tell(steward, Map.of("kind", "lock", "reason", "r"));
      long started = System.nanoTime();

      assertThat(events.command().number()).isEqualTo(number);
      assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(1000);
    }
  }

  @Test
  void ordersComeInTheirOrderOnceAndThoseWithoutAnAnswerAgainAtTheNextStream() {
    Steward steward = line.aDevice().enrolled();
    long first = line.tell(steward, Map.of("kind", "message", "text", "1", "reason", "r"));
    long second = line.tell(steward, Map.of("kind", "message", "text", "2", "reason", "r"));
    long third;
    try (Events events = steward.stream()) {
      events.hello();
      third = line.tell(steward, Map.of("kind", "message", "text", "3", "reason", "r"));
      assertThat(
              List.of(
                  events.command().number(), events.command().number(), events.command().number()))
          .containsExactly(first, second, third);
      assertThat(steward.answer(second, "message", "done", "").statusCode()).isEqualTo(204);
      assertThat(events.isSilent(1200)).isTrue();
    }
    try (Events again = steward.stream()) {
      again.hello();
      assertThat(List.of(again.command().number(), again.command().number()))
          .containsExactly(first, third);
    }
  }

  @Test
  void theWipeComesFirstAndAlone() {
    Steward steward = line.aDevice().enrolled();
    line.tell(steward, Map.of("kind", "message", "text", "1", "reason", "r"));
    long number = wipe(steward);

    assertThat(wipe(steward)).as("one wipe at a time").isEqualTo(number);
    try (Events events = steward.stream()) {
      events.hello();
      Events.Event command = events.command();
      assertThat(command.kind()).isEqualTo("wipe");
      assertThat(command.number()).isEqualTo(number);
      assertThat(command.data().has("endsAt")).isFalse();
      assertThat(steward.believes(command.data())).isTrue();
      assertThat(events.isSilent(1200)).isTrue();
    }
  }

  /** P4, S7: the row waits, however long; expressed in the past of the database. */
  @Test
  void aDeviceThatWasSilentForThirtyDaysAndRetiredMeanwhileHearsOfTheWipeFirst() {
    Steward steward = line.aDevice().enrolled();
    UUID loss = lose(steward);
    line.execute(
        """
        update fleet.command set issued_at = issued_at - interval '30 days' where device = '%1$s';
        update fleet.device set changed_at = changed_at - interval '30 days' where id = '%1$s';
        update fleet.certificate set revoked_at = revoked_at - interval '30 days',
          ends_at = ends_at - interval '30 days' where device = '%1$s';
        update fleet.loss set found_at = now(), found_by = reported_by, found_reason = 'r'
        where device = '%1$s';
        update fleet.device set state = 'retired' where id = '%1$s';
        """,
        steward.id);

    try (Events events = steward.stream()) {
      assertThat(events.status()).isEqualTo(200);
      events.hello();
      Events.Event command = events.command();
      assertThat(command.kind()).isEqualTo("wipe");
      assertThat(steward.answer(command.number(), "wipe", "done", "gone").statusCode())
          .isEqualTo(204);
    }
    assertThat(
            line.value(
                "select acknowledged_at is not null from fleet.loss_step where loss = '%s'", loss))
        .isEqualTo("t");
    assertThat(
            line.value(
                "select count(*) from audit.entry where act = 'device.answer' and outcome = 'done' and device = '%s'",
                steward.id))
        .isEqualTo("1");
    assertThat(
            line.value(
                "select count(*) from fleet.event where kind = 'wipe-answered' and device = '%s'",
                steward.id))
        .isEqualTo("1");
  }

  @Test
  void aLostDeviceKeepsItsStreamForTheWipeAndGetsNothingElse() {
    Steward steward = line.aDevice().enrolled().at(other);
    try (Events events = steward.stream()) {
      events.hello();
      UUID loss = lose(steward);
      Events.Event command = events.command();
      assertThat(command.kind()).isEqualTo("wipe");

      inTransaction(tx ->
          line.platform
              .channel()
              .commands()
              .queue(tx, steward.id, "message", "{\"text\":\"x\"}", null, "test"));

      assertThat(events.isSilent(1500)).as("neither cut nor told anything else").isTrue();
      assertThat(steward.heartbeat(Map.of()).statusCode()).isEqualTo(403);
      assertThat(steward.answer(command.number(), "wipe", "done", "gone").statusCode())
          .isEqualTo(204);
      assertThat(
              line.value(
                  "select acknowledged_at is not null from fleet.loss_step where loss = '%s'",
                  loss))
          .isEqualTo("t");
    }
  }

  /** P4: nobody but the device itself can say that it is wiped. */
  @Test
  void nothingCountsAsWipedWithoutTheDevicesOwnSignature() {
    Steward steward = line.aDevice().enrolled();
    Steward neighbour = line.aDevice().enrolled();
    long number = wipe(steward);
    Map<String, Object> good =
        Steward.answerBody(steward.id, steward.keys, number, "wipe", "done", "gone");

    Map<String, Object> unsigned = with(good, "signature", "AAAA");
    Map<String, Object> anotherOutcome =
        with(
            Steward.answerBody(steward.id, steward.keys, number, "wipe", "failed", "gone"),
            "outcome",
            "done");
    Map<String, Object> anotherDetail = with(good, "detail", "gone!");
    Map<String, Object> anotherKey =
        Steward.answerBody(steward.id, TestAuthority.newKeys(), number, "wipe", "done", "gone");
    Map<String, Object> anotherDevice =
        Steward.answerBody(neighbour.id, steward.keys, number, "wipe", "done", "gone");
    for (Map<String, Object> forged :
        List.of(unsigned, anotherOutcome, anotherDetail, anotherKey, anotherDevice)) {
      HttpResponse<String> refused = steward.post("acknowledgements", forged);
      assertThat(refused.statusCode()).as(forged.toString()).isEqualTo(400);
      assertThat(outcome(steward, number)).isEqualTo("waiting");
    }
    // The neighbour brings the true answer of the other one.
    assertThat(neighbour.post("acknowledgements", good).statusCode()).isIn(400, 404);
    assertThat(outcome(steward, number)).isEqualTo("waiting");
    assertThat(
            line.value(
                "select count(*) from audit.entry where act = 'device.answer' and outcome = 'refused' and device = '%s'",
                steward.id))
        .isEqualTo("5");

    // Not even whoever writes to the database as the application does.
    org.assertj.core.api.Assertions.assertThatThrownBy(() ->
            line.execute(
                "update fleet.command set outcome = 'done', answered_at = now() where device = '%s'",
                steward.id))
        .hasMessageContaining("check");

    assertThat(steward.post("acknowledgements", good).statusCode()).isEqualTo(204);
    assertThat(steward.post("acknowledgements", good).statusCode()).as("again").isEqualTo(204);
    assertThat(outcome(steward, number)).isEqualTo("done");
  }

  private static Map<String, Object> with(Map<String, Object> body, String name, Object value) {
    Map<String, Object> changed = new java.util.LinkedHashMap<>(body);
    changed.put(name, value);
    return changed;
  }

  @Test
  void aWipeThatFailedIsToldAgainUntilItIsDone() {
    Steward steward = line.aDevice().enrolled();
    long number = wipe(steward);
    assertThat(steward.answer(number, "wipe", "failed", "disk").statusCode()).isEqualTo(204);
    assertThat(outcome(steward, number)).isEqualTo("failed");

    long second = wipe(steward);
    assertThat(second).isGreaterThan(number);
    try (Events events = steward.stream()) {
      events.hello();
      assertThat(events.command().number()).isEqualTo(second);
    }
    assertThat(steward.answer(second, "wipe", "done", "").statusCode()).isEqualTo(204);
    assertThat(outcome(steward, number)).as("the earlier order, too").isEqualTo("done");
  }

  @Test
  void answersToOtherCommandsCountOnceAndUnderTheirOwnKind() {
    Steward steward = line.aDevice().enrolled();
    long number = line.tell(steward, Map.of("kind", "lock", "reason", "r"));

    assertThat(steward.answer(number, "message", "done", "").statusCode()).isEqualTo(400);
    assertThat(steward.answer(number + 100, "lock", "done", "").statusCode()).isEqualTo(404);
    assertThat(steward.answer(number, "lock", "refused", "busy").statusCode()).isEqualTo(204);
    assertThat(steward.answer(number, "lock", "done", "").statusCode()).isEqualTo(204);
    assertThat(outcome(steward, number)).as("the first answer").isEqualTo("refused");
  }

  /** S10, P5: what a steward must not believe. */
  @Test
  void aCommandThatIsForgedOrMeantForAnotherDeviceFailsTheStewardsCheck() {
    Steward steward = line.aDevice().enrolled();
    Steward neighbour = line.aDevice().enrolled();
    line.tell(steward, Map.of("kind", "diagnostics", "reason", "r"));
    try (Events events = steward.stream()) {
      events.hello();
      tools.jackson.databind.node.ObjectNode command =
          (tools.jackson.databind.node.ObjectNode) events.command().data();

      assertThat(steward.believes(command)).isTrue();
      assertThat(neighbour.believes(command)).isFalse();
      for (String member : List.of("number", "kind", "body", "endsAt")) {
        tools.jackson.databind.node.ObjectNode forged = command.deepCopy();
        if (member.equals("number")) {
          forged.put(member, forged.path(member).longValue() + 1);
        } else {
          forged.put(member, forged.path(member).stringValue() + "0");
        }
        assertThat(steward.believes(forged)).as(member).isFalse();
      }
    }
  }

  @Test
  void aRevokedCertificateEndsTheStreamWithinASecondOnEachNode() {
    for (Platform node : List.of(line.platform, other)) {
      Steward steward = line.aDevice().enrolled().at(node);
      try (Events events = steward.stream()) {
        events.hello();
        line.execute(
            """
            update fleet.certificate set revoked_at = clock_timestamp(), revoked_why = 'test'
            where device = '%s'
            """,
            steward.id);

        assertThat(events.millisUntilOver(3000)).isLessThan(1000);
        assertThat(steward.stream().status()).isEqualTo(403);
      }
    }
  }

  @Test
  void aDeviceThatIsTakenBackLosesItsStream() {
    Steward steward = line.aDevice().enrolled();
    try (Events events = steward.stream()) {
      events.hello();
      line.execute(
          """
          update fleet.device set state = 'in-stock', holder = null, changed_at = clock_timestamp()
          where id = '%s'
          """,
          steward.id);

      assertThat(events.millisUntilOver(3000)).isLessThan(1000);
    }
  }

  @Test
  void aDeviceHoldsOneStreamAndTheNewerOneCounts() {
    Steward steward = line.aDevice().enrolled();
    Events first = steward.stream();
    first.hello();
    Events second = steward.stream();
    second.hello();
    assertThat(first.millisUntilOver(3000)).isLessThan(1000);

    Events third = steward.at(other).stream();
    third.hello();
    assertThat(second.millisUntilOver(3000)).as("from the other node").isLessThan(1000);

    long number = line.tell(steward, Map.of("kind", "lock", "reason", "r"));
    assertThat(third.command().number()).isEqualTo(number);
    third.close();
  }

  /** P30 and suite 10: as an officer comes and goes, the device is told so. */
  @Test
  void aDeviceOpensForAnOfficerWhoIsInAndClosesWhenTheSessionLocksEndsOrIdles() {
    Steward steward = line.aDevice().enrolled();
    SignedIn.account(line.platform, "field", "A", 1, "officer", "own");
    try (Events events = steward.stream()) {
      events.hello();
      assertThat(steward.heartbeat(Map.of()).statusCode()).isEqualTo(200);
      SignedIn officer =
          SignedIn.stranger(line.platform, "field")
              .over(steward.client(), line.platform.securePort())
              .in();

      Events.Event unlock = events.command();
      assertThat(unlock.kind()).isEqualTo("unlock");
      assertThat(steward.believes(unlock.data())).isTrue();
      JsonNode body = body(unlock);
      assertThat(body.path("officer").stringValue()).isEqualTo("field");
      assertThat(body.path("session").stringValue())
          .isEqualTo(line.value("select id from identity.session where device = '%s'", steward.id));
      assertThat(Instant.parse(body.path("until").stringValue())).isAfter(Instant.now());
      assertThat(Instant.parse(unlock.data().path("endsAt").stringValue()))
          .isBefore(Instant.now().plusSeconds(125));
      assertThat(steward.answer(unlock.number(), "unlock", "done", "").statusCode()).isEqualTo(204);

      officer.post("/api/v1/session/lock", Map.of());
      assertThat(events.command().kind()).isEqualTo("lock");

      assertThat(officer.unlock(SignedIn.PASSWORD).statusCode()).isEqualTo(200);
      assertThat(events.command().kind()).isEqualTo("unlock");

      assertThat(steward.heartbeat(Map.of("locked", false)).statusCode()).isEqualTo(200);
      assertThat(officer.get("/api/v1/me").statusCode()).isEqualTo(200);
      steward.heartbeat(Map.of("locked", true));
      assertThat(events.command().kind()).as("the device locked itself").isEqualTo("lock");
      assertThat(officer.get("/api/v1/me").statusCode()).isEqualTo(423);
      assertThat(officer.unlock(SignedIn.PASSWORD).statusCode()).isEqualTo(200);
      assertThat(events.command().kind()).isEqualTo("unlock");

      line.execute(
          "update identity.session set active_at = active_at - interval '1 day' where device = '%s'",
          steward.id);
      assertThat(events.command().kind()).as("idle").isEqualTo("lock");
      assertThat(events.isSilent(1200)).isTrue();
    }
  }

  /**
   * A device that shut because the way to the platform was cut opens again for a session that still
   * stands; one that somebody locked does not, and takes the session with it.
   */
  @Test
  void afterSilenceADeviceIsOpenedAgainAsLongAsTheSessionStands() {
    Steward steward = line.aDevice().enrolled();
    SignedIn.account(line.platform, "silent", "A", 1, "officer", "own");
    steward.heartbeat(Map.of());
    SignedIn officer =
        SignedIn.stranger(line.platform, "silent")
            .over(steward.client(), line.platform.securePort())
            .in();
    try (Events events = steward.stream()) {
      events.hello();
      Events.Event unlock = events.command();
      steward.answer(unlock.number(), "unlock", "done", "");
      steward.heartbeat(Map.of("locked", false, "carriedOut", unlock.number()));

      Map<String, Object> lapsed = Map.of("locked", true, "lapsed", true);
      steward.heartbeat(lapsed);
      Events.Event again = events.command();
      assertThat(again.kind()).isEqualTo("unlock");
      assertThat(body(again)).isEqualTo(body(unlock));
      assertThat(officer.get("/api/v1/me").statusCode()).as("the session stands").isEqualTo(200);
      assertThat(events.isSilent(1200)).as("told once").isTrue();

      steward.answer(again.number(), "unlock", "done", "");
      line.execute(
          "update identity.session set active_at = active_at - interval '1 day' where device = '%s'",
          steward.id);
      assertThat(events.command().kind()).isEqualTo("lock");
      steward.heartbeat(lapsed);
      assertThat(events.isSilent(1200)).as("nobody is in").isTrue();
    }
  }

  /** It was told to open and went off before any report said so: it must not stay shut unseen. */
  @Test
  void aDeviceThatIsShutAfterItWasToldToOpenLocksTheSession() {
    Steward steward = line.aDevice().enrolled();
    SignedIn.account(line.platform, "restarted", "A", 1, "officer", "own");
    steward.heartbeat(Map.of());
    SignedIn officer =
        SignedIn.stranger(line.platform, "restarted")
            .over(steward.client(), line.platform.securePort())
            .in();
    try (Events events = steward.stream()) {
      events.hello();
      Events.Event unlock = events.command();
      steward.answer(unlock.number(), "unlock", "done", "");

      steward.heartbeat(Map.of("locked", true, "carriedOut", unlock.number() - 1));
      assertThat(officer.get("/api/v1/me").statusCode())
          .as("a report from before it was told")
          .isEqualTo(200);
      steward.heartbeat(Map.of("locked", true, "carriedOut", unlock.number()));

      assertThat(officer.get("/api/v1/me").statusCode()).isEqualTo(423);
      assertThat(events.command().kind()).isEqualTo("lock");
      assertThat(officer.unlock(SignedIn.PASSWORD).statusCode()).isEqualTo(200);
      assertThat(events.command().kind()).isEqualTo("unlock");
    }
  }

  private static JsonNode body(Events.Event event) {
    try {
      return tongguan.base.Json.read(
          event
              .data()
              .path("body")
              .stringValue()
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (tongguan.base.Json.Malformed e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void numbersRiseStrictlyHoweverManyOrderAtOnce() throws Exception {
    Steward steward = line.aDevice().enrolled();
    Callable<Long> order =
        () ->
            inTransaction(tx ->
                line.platform
                    .channel()
                    .commands()
                    .queue(tx, steward.id, "message", "{\"text\":\"x\"}", null, "t"));
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var numbers = new java.util.TreeSet<Long>();
      for (var given : executor.invokeAll(java.util.Collections.nCopies(20, order))) {
        numbers.add(given.get());
      }
      assertThat(numbers).hasSize(20);
      assertThat(numbers.last() - numbers.first()).isEqualTo(19);
    }
  }

  /** F24: a command that was accepted is there after the node that took it died. */
  @Test
  void anOrderOutlivesTheStreamAndTheNodeThatItWasSentOver() {
    Platform dying = line.node();
    Steward steward = line.aDevice().enrolled();
    Events events = steward.at(dying).stream();
    events.hello();
    long number = wipe(steward);
    assertThat(events.command().number()).isEqualTo(number);
    dying.close();
    assertThat(events.millisUntilOver(4000)).isLessThan(4000);

    try (Events elsewhere = steward.stream()) {
      elsewhere.hello();
      assertThat(elsewhere.command().number()).isEqualTo(number);
    }
  }

  @Test
  void aNodeThatLeavesEndsItsStreamsAtOnce() {
    Platform leaving = line.node();
    Steward steward = line.aDevice().enrolled().at(leaving);
    Events events = steward.stream();
    events.hello();
    long started = System.nanoTime();

    leaving.close();

    assertThat(events.millisUntilOver(3000)).isLessThan(1000);
    assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(4000);
    assertThat(line.value("select count(*) from fleet.stream where device = '%s'", steward.id))
        .isEqualTo("0");
  }
}
