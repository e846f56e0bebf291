package tongguan.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tongguan.base.database.Sql;
import tongguan.base.database.SqlFailure;

/**
 * What the log promises to whoever writes: together with the effect, in order, for good (suite S8).
 * Where it cannot be written nothing is answered (P28).
 */
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
  void aReadAndItsEntryAreOneTransaction() {
    String found =
        log.audit.recorded(
            log.entry("query"),
            log.database,
            tx ->
                Sql.of(tx, "select pg_current_xact_id()::text")
                    .first(row -> row.getString(1))
                    .orElseThrow(),
            answer -> 3);

    assertThat(
            log.column(
                "select act || ' ' || outcome || ' ' || results || ' ' || xid from audit.entry"))
        .containsExactly("query done 3 " + found);
  }

  @Test
  void readsThatShareAStatementHaveTheirEntriesInItsTransaction() {
    List<Optional<byte[]>> answers =
        log.audit.answers(
            log.database,
            together("one", null, "three"),
            List.of(log.entry("a\\b\tc"), log.entry("nothing"), log.entry("third").found(7)));

    assertThat(answers.stream().map(one -> one.map(bytes -> new String(bytes, UTF_8)).orElse("-")))
        .containsExactly("one", "-", "three");
    assertThat(log.column("select act || ' ' || results from audit.entry"))
        .containsExactlyInAnyOrder("a\\\\b\\u{9}c -1", "third 7");
    assertThat(log.column("select count(distinct xid) from audit.entry")).containsExactly("1");
  }

  private static ReadTogether together(@Nullable String... answers) {
    return new ReadTogether(
        """
        select q.place, convert_to(q.answer, 'UTF8') as answer
        from unnest(?::text[]) with ordinality q(answer, place)
        """,
        (connection, statement) -> {
          statement.setArray(1, connection.createArrayOf("text", answers));
          return 2;
        });
  }

  @Test
  void noReadIsAnsweredBeforeItsEntryIsCommitted() throws Exception {
    try (Connection owner = log.owner();
        var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      owner.setAutoCommit(false);
      owner.createStatement().execute("lock table audit.entry in exclusive mode");
      List<Future<?>> answers =
          List.of(
              readers.submit(() ->
                  log.audit.answers(log.database, together("x"), List.of(log.entry("query")))),
              readers.submit(() ->
                  log.audit.recorded(log.entry("query"), log.database, tx -> 1, found -> found)));
      await()
          .untilAsserted(() ->
              assertThat(
                      log.column(
                          "select count(*) from pg_locks where not granted and relation = 'audit.entry'::regclass"))
                  .containsExactly("2"));
      assertThat(answers).noneMatch(Future::isDone);
      owner.rollback();
      for (Future<?> answer : answers) {
        answer.get();
      }
    }
    assertThat(log.column("select count(*) from audit.entry")).containsExactly("2");
  }

  @Test
  void aReadWhoseEntryIsRefusedHasNoAnswer() {
    log.asSuperuser("alter table audit.entry add check (act <> 'poison') not valid");

    assertThatThrownBy(() ->
            log.audit.answers(
                log.database, together("x", "y"), List.of(log.entry("good"), log.entry("poison"))))
        .isInstanceOf(SqlFailure.class);
    assertThatThrownBy(
            () -> log.audit.recorded(log.entry("poison"), log.database, tx -> 1, found -> found))
        .isInstanceOf(SqlFailure.class);
    assertThat(log.column("select act from audit.entry")).isEmpty();

    assertThat(log.audit.answers(log.database, together("x"), List.of(log.entry("good"))))
        .hasSize(1);
    assertThat(log.column("select act from audit.entry")).containsExactly("good");
  }

  @Test
  void aReadThatFailsIsInTheLogAsOneWithoutAnAnswer() {
    assertThatThrownBy(() ->
            log.audit.recorded(
                log.entry("query"),
                log.database,
                tx -> {
                  throw new IllegalStateException("the read failed");
                },
                answer -> 1))
        .hasMessage("the read failed");

    assertThat(
            log.column(
                "select act || ' ' || outcome || ' ' || code || ' ' || results from audit.entry"))
        .containsExactly("query refused no-answer -1");
  }

  @Test
  void whatANodeOfTheVersionBeforeHadAnnouncedWhenItDiedIsInTheLogWithoutACount() {
    UUID id = UUID.randomUUID();
    log.asSuperuser(
        """
        insert into audit.announced (id, entries, lines)
        select gen_random_uuid(), array['%1$s'::uuid], concat_ws(e'\t', '%1$s', '2026-11-25T10:00:00Z', 'query',
          'done', '', 'a', 'a\\\\b', 'AA', '', '192.0.2.7', 's', 'key:X', '-1', '{}', 'c')
        """
            .formatted(id));

    assertThat(log.audit.recover(Duration.ofHours(1))).isZero();
    assertThat(log.audit.recover(Duration.ZERO)).isEqualTo(1);
    assertThat(log.audit.recover(Duration.ZERO)).isZero();

    assertThat(log.column("select id from audit.announced")).isEmpty();
    assertThat(log.column("select name || ' ' || results from audit.entry where id = '" + id + "'"))
        .containsExactly("a\\b -1");
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
