package tongguan.base.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.base.Problem;

/** What the pool promises: durable settings, no tables for the application, no lies at commit. */
class DatabaseTest {
  private static DatabaseUrl url;
  private static Database database;

  @BeforeAll
  static void open() {
    url = TestDatabase.empty();
    TestDatabase.execute(
        url,
        """
        do $$ begin
          if not exists (select from pg_roles where rolname = 'tongguan_app') then
            create role tongguan_app nologin;
          end if;
        end $$;
        create schema room;
        create table room.thing (name text primary key);
        grant usage on schema room to tongguan_app;
        grant select, insert, update, delete on room.thing to tongguan_app\
        """);
    database = new Database(url, 2);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    TestDatabase.execute(url, "truncate room.thing");
  }

  @ParameterizedTest
  @CsvSource({"statement_timeout, 30s", "lock_timeout, 10s"})
  void everyWaitHasAnEndOnTheServer(String name, String value) {
    assertThat(text("show " + name)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table room.other (name text)",
        "create table public.other (name text)",
        "alter table room.thing add column size int",
        "drop table room.thing",
        "truncate room.thing",
        "create schema mine",
        "create role friend"
      })
  void theApplicationHasRowsAndNoTables(String statement) {
    assertThat(text("select current_user")).isEqualTo("tongguan_app");
    assertThatThrownBy(() -> execute(statement))
        .isInstanceOf(SqlFailure.class)
        .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    assertThat(execute("insert into room.thing values ('row')")).isTrue();
  }

  @Test
  void whatThrowsIsUndone() {
    assertThatThrownBy(() ->
            database.inTransaction(transaction -> {
              insert(transaction, "half");
              throw Problem.badRequest("no", "不", "No.");
            }))
        .isInstanceOf(Problem.class);

    assertThat(things()).isEqualTo("0");
  }

  @Test
  void aConnectionThatBreaksAtCommitIsAnUnknownOutcomeAndNotASuccess() {
    assertThatThrownBy(() ->
            database.inTransaction(transaction -> {
              insert(transaction, "unknown");
              TestDatabase.execute(
                  url, "select pg_terminate_backend(" + backend(transaction) + ")");
              return true;
            }))
        .isInstanceOfSatisfying(Problem.class, DatabaseTest::isOutcomeUnknown);

    assertThat(things()).isEqualTo("0");
  }

  /** The commit is on this disk, and no standby has it: PostgreSQL only warns. */
  @Test
  void aWarningAtCommitIsAnUnknownOutcomeToo() {
    TestDatabase.execute(url, "alter system set synchronous_standby_names = 'nobody'");
    TestDatabase.execute(url, "select pg_reload_conf()");
    awaitThatCommitsWaitForAStandby();
    try (var canceller = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThatThrownBy(() ->
              database.inTransaction(transaction -> {
                int backend = backend(transaction);
                canceller.submit(() -> cancelOnceItWaitsForAStandby(backend));
                insert(transaction, "local");
                return true;
              }))
          .isInstanceOfSatisfying(Problem.class, DatabaseTest::isOutcomeUnknown);
    } finally {
      TestDatabase.execute(url, "alter system reset synchronous_standby_names");
      TestDatabase.execute(url, "select pg_reload_conf()");
    }
  }

  /** The server takes the setting over when its checkpointer wakes, which a busy machine delays. */
  private static void awaitThatCommitsWaitForAStandby() {
    String waiting = "from pg_stat_activity where wait_event = 'SyncRep'";
    try (Database owner = new Database(url, 1);
        var probes = Executors.newVirtualThreadPerTaskExecutor()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            var probe =
                probes.submit(() -> TestDatabase.execute(url, "comment on schema room is 'probe'"));
            await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> probe.isDone() || !count(owner, waiting).equals("0"));
            boolean waits = !probe.isDone();
            TestDatabase.execute(url, "select pg_cancel_backend(pid) " + waiting);
            return waits;
          });
    }
  }

  private static String count(Database owner, String from) {
    return owner.query(connection -> {
      connection.createStatement().execute("reset role");
      return text(connection, "select count(*) " + from);
    });
  }

  private static void cancelOnceItWaitsForAStandby(int backend) {
    String waiting =
        "select count(*) from pg_stat_activity where wait_event = 'SyncRep' and pid = " + backend;
    try (Database owner = new Database(url, 1)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  owner.query(connection -> {
                    connection.createStatement().execute("reset role");
                    return text(connection, waiting);
                  }),
              "1"::equals);
    }
    TestDatabase.execute(url, "select pg_cancel_backend(" + backend + ")");
  }

  private static void isOutcomeUnknown(Problem problem) {
    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.code()).isEqualTo("outcome-unknown");
    assertThat(problem.members()).containsKey(Problem.RETRY_AFTER);
  }

  @Test
  void whoFindsNoPlaceInTimeIsToldToComeBack() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(2);
    try (Database narrow = new Database(url, 2);
        var officers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Boolean>> holders =
          List.of(1, 2).stream()
              .map(officer ->
                  CompletableFuture.supplyAsync(
                      () -> narrow.query(connection -> hold(inside, release)), officers))
              .toList();
      inside.await();

      assertThatThrownBy(() -> narrow.query(connection -> true))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.status()).isEqualTo(503);
                assertThat(problem.code()).isEqualTo("overloaded");
                assertThat(problem.members()).containsKey(Problem.RETRY_AFTER);
              });

      release.countDown();
      assertThat(holders).allSatisfy(holder -> assertThat(holder.get()).isTrue());
      boolean free = narrow.query(connection -> true);
      assertThat(free).isTrue();
    }
  }

  private static boolean hold(CountDownLatch inside, CountDownLatch release) {
    inside.countDown();
    try {
      release.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void aDatabaseThatIsAwayIsNotReadyAndComesBackByItself() {
    assertThat(database.isReady()).isTrue();

    TestDatabase.execute(
        url,
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()");

    await().atMost(Duration.ofSeconds(10)).until(database::isReady);
  }

  private static boolean execute(String statement) {
    return database.query(connection -> {
      connection.createStatement().execute(statement);
      return true;
    });
  }

  private static void insert(Connection connection, String name) throws SQLException {
    connection.createStatement().execute("insert into room.thing values ('" + name + "')");
  }

  private static int backend(Connection connection) throws SQLException {
    return Integer.parseInt(text(connection, "select pg_backend_pid()"));
  }

  private static String things() {
    return text("select count(*) from room.thing");
  }

  private static String text(String query) {
    return database.query(connection -> text(connection, query));
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
