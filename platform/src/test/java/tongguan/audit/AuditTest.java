package tongguan.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tongguan.base.database.SqlFailure;

/** What the log promises to whoever writes: together with the effect, in order, for good. */
class AuditTest {
  private AuditLog log;

  @BeforeEach
  void open() {
    log = AuditLog.open();
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void anEntryStandsOrFallsWithTheTransactionThatItIsWrittenIn() {
    assertThatThrownBy(() ->
            log.database.inTransaction(transaction -> {
              log.audit.write(transaction, log.entry("undone"));
              throw new IllegalStateException("the effect failed");
            }))
        .hasMessage("the effect failed");
    log.database.inTransaction(transaction -> {
      log.audit.write(transaction, log.entry("effect"));
      return true;
    });

    assertThat(log.column("select act from audit.entry")).containsExactly("effect");
  }

  @Test
  void entriesOfManyCallersAreAllThereAndInOneOrderWithoutGaps() throws Exception {
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writes =
          IntStream.range(0, 2_000)
              .<Future<?>>mapToObj(
                  i -> callers.submit(() -> log.audit.write(log.entry("query").found(i))))
              .toList();
      for (Future<?> write : writes) {
        write.get();
      }
    }
    log.audit.sequence();

    assertThat(log.column("select count(distinct results) from audit.entry"))
        .containsExactly("2000");
    assertThat(
            log.column(
                """
                select count(*) || ' ' || min(seq) || ' ' || max(seq)
                from audit.chain c join audit.entry e on e.id = c.entry
                """))
        .containsExactly("2000 0 1999");
    assertThat(log.column("select count(*) from audit.subtree")).containsExactly("7");
  }

  @Test
  void anEntryOfAnOlderTransactionIsWaitedForAndNotPassed() {
    log.database.inTransaction(older -> {
      log.audit.write(older, log.entry("older"));
      log.audit.write(log.entry("younger"));
      log.audit.sequence();
      assertThat(log.column("select seq from audit.chain")).isEmpty();
      return true;
    });
    log.audit.sequence();

    assertThat(
            log.column(
                "select act from audit.chain c join audit.entry e on e.id = c.entry order by seq"))
        .containsExactly("older", "younger");
  }

  @Test
  void twoNodesPutOneLogInOneOrderWhileBothWrite() throws Exception {
    log.openFolder();
    try (Audit other = log.anotherNode();
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      log.audit.start();
      other.start();
      List<Future<?>> writes =
          IntStream.range(0, 6_000)
              .<Future<?>>mapToObj(i ->
                  callers.submit(() -> (i % 2 == 0 ? log.audit : other).write(log.entry("n" + i))))
              .toList();
      for (Future<?> write : writes) {
        write.get();
      }
      await()
          .untilAsserted(() ->
              assertThat(log.column("select count(*) from audit.chain")).containsExactly("6000"));
    }

    Verification.Report report = log.verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.entries()).isEqualTo(6_000);
    assertThat(report.checkpoints()).isPositive();
  }

  @Test
  void aTornExportIsMadeAgainAndAChangedOneIsAnAlarm() throws Exception {
    log.openFolder();
    log.audit.write(log.entry("first"));
    log.seal();
    Path exported;
    try (Stream<Path> files = Files.walk(log.folder().checkpoints())) {
      exported = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    Files.move(exported, exported.resolveSibling(exported.getFileName() + ".unfinished"));

    log.audit.checkpoint();
    assertThat(Files.readString(exported))
        .isEqualTo(log.column("select note from audit.checkpoint").getFirst());
    assertThat(log.audit.alarm()).isEmpty();

    Files.writeString(exported, Files.readString(exported).replaceFirst("\n1\n", "\n2\n"));
    log.audit.checkpoint();
    assertThat(log.audit.alarm()).isPresent();
  }

  @Test
  void anEntryThatCannotBeWrittenIsHeardOf() {
    log.asSuperuser("alter table audit.entry add check (act <> 'poison') not valid");

    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writes =
          IntStream.range(0, 200)
              .<Future<?>>mapToObj(i ->
                  callers.submit(() -> log.audit.write(log.entry(i % 50 == 7 ? "poison" : "good"))))
              .toList();
      long failed =
          writes.stream()
              .filter(write -> {
                try {
                  write.get();
                  return false;
                } catch (Exception refused) {
                  assertThat(refused.getCause()).isInstanceOf(tongguan.base.Problem.class);
                  return true;
                }
              })
              .count();

      assertThat(failed).isEqualTo(4);
    }
    assertThat(log.column("select count(*) from audit.entry where act = 'good'"))
        .containsExactly("196");
  }

  @Test
  void aReadIsAnnouncedWhileItRunsAndItsCountFollowsTheAnswer() {
    String found =
        log.audit.during(
            log.entry("query"),
            () -> {
              awaitColumn("select cardinality(entries) from audit.announced", "1");
              assertThat(log.column("select act from audit.entry")).isEmpty();
              return "three";
            },
            String::length);

    assertThat(found).isEqualTo("three");
    awaitColumn("select act || ' ' || outcome || ' ' || results from audit.entry", "query done 5");
    awaitColumn("select id from audit.announced");
  }

  private void awaitColumn(String sql, String... rows) {
    await().untilAsserted(() -> assertThat(log.column(sql)).containsExactly(rows));
  }

  @Test
  void noReadIsAnsweredBeforeItsAnnouncementIsOnTheDisk() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (Connection owner = log.owner();
        var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      owner.setAutoCommit(false);
      owner.createStatement().execute("lock table audit.announced in exclusive mode");
      Future<String> answer =
          readers.submit(() -> {
            String found = log.audit.during(log.entry("query"), () -> "done", String::length);
            done.set(true);
            return found;
          });
      awaitColumn(
          "select count(*) from pg_locks where not granted and relation = 'audit.announced'::regclass",
          "1");
      assertThat(done).isFalse();
      owner.rollback();
      assertThat(answer.get()).isEqualTo("done");
    }
  }

  @Test
  void aReadWhoseAnnouncementIsRefusedHasNoAnswer() {
    log.asSuperuser("alter table audit.announced add check (lines not like '%poison%') not valid");

    assertThatThrownBy(() -> log.audit.during(log.entry("poison"), () -> "found", String::length))
        .isInstanceOf(tongguan.base.Problem.class);
    assertThat(log.audit.during(log.entry("good"), () -> "found", String::length))
        .isEqualTo("found");
    awaitColumn("select act from audit.entry", "good");
  }

  @Test
  void aReadThatFailsIsInTheLogAsOneWithoutAnAnswer() {
    assertThatThrownBy(() ->
            log.audit.during(
                log.entry("query"),
                () -> {
                  throw new IllegalStateException("the read failed");
                },
                answer -> 1))
        .hasMessage("the read failed");

    awaitColumn(
        "select act || ' ' || outcome || ' ' || code || ' ' || results from audit.entry",
        "query refused no-answer -1");
  }

  @Test
  void readsOfManyCallersAreEachInTheLogOnceWithTheirCounts() throws Exception {
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> reads =
          IntStream.range(0, 2_000)
              .<Future<?>>mapToObj(i ->
                  callers.submit(
                      () -> log.audit.during(log.entry("query"), () -> i, found -> found)))
              .toList();
      for (Future<?> read : reads) {
        read.get();
      }
    }

    awaitColumn(
        "select count(*) || ' ' || count(distinct results) || ' ' || min(results) from audit.entry",
        "2000 2000 0");
    awaitColumn("select id from audit.announced");
  }

  @Test
  void whatANodeHadAnnouncedWhenItDiedIsInTheLogWithoutACount() {
    Actor typed = new Actor("", "a\\b\tc", "", "", "192.0.2.7", "");
    List<Line> lines =
        Stream.of(
                log.entry("query"), Entry.refused("lost", "", typed, "c").with(Map.of("k", "x\\y")))
            .map(entry -> Line.of(UUID.randomUUID(), log.clock.instant(), entry))
            .toList();
    Instant announced =
        log.database.inTransaction(tx -> AnnouncementStore.add(tx, UUID.randomUUID(), lines));
    log.audit.write(Entry.refused("lost", "", typed, "c").with(Map.of("k", "x\\y")));

    assertThat(log.audit.recover(Duration.ofHours(1))).isZero();
    assertThat(log.audit.recover(Duration.ZERO)).isEqualTo(2);
    assertThat(log.audit.recover(Duration.ZERO)).isZero();

    awaitColumn("select id from audit.announced");
    assertThat(log.column("select results from audit.entry where act = 'query'"))
        .containsExactly("-1");
    assertThat(log.column("select distinct name || details from audit.entry where act = 'lost'"))
        .hasSize(1);
    assertThat(log.column("select count(*) from audit.entry where at = '" + announced + "'"))
        .containsExactly("2");
  }

  @Test
  void anAnnouncementWhoseEntryIsNotInTheLogCannotBeLetGo() {
    UUID id = UUID.randomUUID();
    List<Line> lines = List.of(Line.of(UUID.randomUUID(), log.clock.instant(), log.entry("query")));
    log.database.inTransaction(tx -> {
      AnnouncementStore.add(tx, id, lines);
      AnnouncementStore.settle(tx, List.of(id));
      return true;
    });

    assertThat(log.column("select id from audit.announced")).containsExactly(id.toString());
  }

  @Test
  void theApplicationAddsAndReadsAndNothingElse() {
    log.audit.write(log.entry("query"));
    log.audit.sequence();
    List<String> tables =
        log.column(
            """
            select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'audit' and c.relkind in ('r', 'p')
            """);

    assertThat(tables)
        .contains(
            "audit.entry", "audit.announced", "audit.chain", "audit.checkpoint", "audit.subtree");
    for (String table : tables) {
      String column =
          log.column(
                  "select attname from pg_attribute where attnum = 1 and attrelid = '"
                      + table
                      + "'::regclass")
              .getFirst();
      for (String statement :
          List.of(
              "update " + table + " set " + column + " = " + column,
              "delete from " + table,
              "truncate " + table,
              "drop table " + table,
              "alter table " + table + " add column more text",
              "create trigger t before insert on " + table + " execute function f()")) {
        assertThatThrownBy(() -> run(statement))
            .as(statement)
            .isInstanceOf(SqlFailure.class)
            .cause()
            .isInstanceOfSatisfying(
                SQLException.class,
                refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
      }
    }
  }

  private void run(String statement) {
    boolean _ =
        log.database.inTransaction(transaction -> transaction.createStatement().execute(statement));
  }

  @Test
  void whatWouldBreakALineIsShownAndDoesNot() {
    String typed = "admin\n2026-11-23 login done\r\t\u0000\u001b[31m\u2028\u202e\\u{a}\ud800";
    Actor actor = new Actor("", typed, "", "", "", "");
    log.audit.write(
        Entry.refused("login", "unknown", actor, "c").with(Map.of("agent", typed + "\u0085")));
    log.audit.write(Entry.refused("login", "unknown", actor, "c"));

    assertThat(log.column("select name || details from audit.entry"))
        .hasSize(2)
        .allSatisfy(line ->
            assertThat(line)
                .contains("admin\\u{a}2026", "\\u{202e}\\\\u{a}\\u{d800}")
                .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]"));
  }

  @Test
  void whatIsTooLongIsCutAndSaid() {
    Actor actor = new Actor("", "名".repeat(10_000_000), "", "", "", "");
    log.audit.write(
        Entry.refused("login", "unknown", actor, "c").with(Map.of("agent", "x".repeat(100_000))));

    assertThat(log.column("select length(name) || right(name, 1) || details from audit.entry"))
        .containsExactly("200…{\"leftOutBytes\":100012}");
  }
}
